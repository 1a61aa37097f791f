package org.cloister.ocs.store;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.cloister.ocs.api.OpticalCircuit;
import org.immutables.value.Value;

import java.time.Instant;
import java.util.SortedSet;

/**
 * What is to be removed as soon as the switch can be told: of a move that was given up what could not be undone, or an
 * entry that is impossible and that nobody wants any more.
 */
@Value.Immutable
@JsonSerialize(as = ImmutableStoredDebt.class)
@JsonDeserialize(as = ImmutableStoredDebt.class)
public interface StoredDebt {

    /** Whose move it was; {@code invalid} if it was nobody's any more. */
    String owner();

    /** The optical switch's name. */
    String opticalSwitch();

    /** Circuits that may have been made. */
    @Value.NaturalOrder
    SortedSet<OpticalCircuit> made();

    /** Circuits that may have been removed. */
    @Value.NaturalOrder
    SortedSet<OpticalCircuit> displaced();

    /** Since when. */
    Instant since();

    /** Returns a builder. */
    static ImmutableStoredDebt.Builder builder() {
        return ImmutableStoredDebt.builder();
    }
}
