package org.cloister.ocs.planning;

import org.cloister.ocs.api.CircuitPlan;
import org.cloister.ocs.api.OpticalCircuit;
import org.immutables.value.Value;

import java.util.SortedMap;

/** What planning came to. */
@Value.Immutable
public interface Planned {

    /** What has to be changed for all wanted circuits that have no conflict. */
    CircuitPlan plan();

    /** The wanted circuits that cannot be made, with the reason. */
    @Value.NaturalOrder
    SortedMap<OpticalCircuit, Conflict> conflicts();

    /** Returns a builder. */
    static ImmutablePlanned.Builder builder() {
        return ImmutablePlanned.builder();
    }
}
