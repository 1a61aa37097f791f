package org.cloister.isolation.store;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;

/**
 * A meter of a slice: it limits what one host sends, whichever of the slice's tags the packets get. ONOS chooses its
 * id, and a meter carries no name, so that this is the only place that says whose it is.
 */
@Value.Immutable
@JsonSerialize(as = ImmutableStoredMeter.class)
@JsonDeserialize(as = ImmutableStoredMeter.class)
public interface StoredMeter {

    /** The id of the device: the host's leaf. */
    String device();

    /** The host's name. */
    String host();

    /** What passes, bit/s. */
    long bitsPerSecond();

    /** What may pass at once beyond that, bits. */
    long burstBits();

    /** ONOS's id of the meter on the device. */
    long id();

    /** Returns a builder. */
    static ImmutableStoredMeter.Builder builder() {
        return ImmutableStoredMeter.builder();
    }
}
