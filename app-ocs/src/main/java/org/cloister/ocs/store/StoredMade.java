package org.cloister.ocs.store;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.cloister.ocs.api.OpticalCircuit;
import org.immutables.value.Value;

import java.util.SortedSet;

/** The circuits that we made, or are about to make, on a switch whose circuits have no names. */
@Value.Immutable
@JsonSerialize(as = ImmutableStoredMade.class)
@JsonDeserialize(as = ImmutableStoredMade.class)
public interface StoredMade {

    /** Which. */
    @Value.NaturalOrder
    SortedSet<OpticalCircuit> circuits();

    /** Returns circuits that are ours. */
    static StoredMade of(SortedSet<OpticalCircuit> circuits) {
        return ImmutableStoredMade.builder().circuits(circuits).build();
    }
}
