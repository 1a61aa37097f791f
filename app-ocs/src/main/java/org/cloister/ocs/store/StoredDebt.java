package org.cloister.ocs.store;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.cloister.ocs.api.OpticalCircuit;
import org.immutables.value.Value;

import java.time.Instant;
import java.util.SortedSet;

/** What of a move that was given up could not be undone, because the switch could not be told: done when it can. */
@Value.Immutable
@JsonSerialize(as = ImmutableStoredDebt.class)
@JsonDeserialize(as = ImmutableStoredDebt.class)
public interface StoredDebt {

    /** Whose move it was. */
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
