package org.cloister.driver.ocs.session;

import org.immutables.value.Value;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** A configured optical switch as this node knows it. */
@Value.Immutable
public interface OcsSwitch {

    /** Its name. */
    String name();

    /** What it speaks, for instance {@code ocp-gnmi}. */
    String dialect();

    /** Whether there is a session with it. */
    boolean connected();

    /** Whether this node may write. */
    boolean master();

    /** Why there is no session, in words for an administrator; empty while the first attempt lasts. */
    Optional<String> trouble();

    /** What it can do; empty before the first connection. */
    Set<Capability> capabilities();

    /** What it showed last, possibly before the connection broke; empty before the first time. */
    Optional<Snapshot> snapshot();

    /** Below which power of the light that comes in, dBm, a circuit is in trouble; as configured. */
    OptionalDouble minimumInputPowerDbm();

    /** Returns a builder. */
    static ImmutableOcsSwitch.Builder builder() {
        return ImmutableOcsSwitch.builder();
    }
}
