package org.cloister.ocs.api;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;

import java.util.SortedSet;

/** What would have to be changed for a demand. */
@Value.Immutable
@JsonSerialize(as = ImmutableCircuitPlan.class)
@JsonDeserialize(as = ImmutableCircuitPlan.class)
public interface CircuitPlan {

    /** Idle circuits of ours that give way. */
    @Value.NaturalOrder
    SortedSet<OpticalCircuit> removes();

    /** Circuits to make. */
    @Value.NaturalOrder
    SortedSet<OpticalCircuit> makes();

    /** Wanted circuits that are there. */
    @Value.NaturalOrder
    SortedSet<OpticalCircuit> keeps();

    /** Returns a builder. */
    static ImmutableCircuitPlan.Builder builder() {
        return ImmutableCircuitPlan.builder();
    }
}
