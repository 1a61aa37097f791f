package org.cloister.ocs.store;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.cloister.ocs.api.OpticalCircuit;
import org.immutables.value.Value;

/** A circuit that is not as it should be. */
@Value.Immutable
@JsonSerialize(as = ImmutableStoredTrouble.class)
@JsonDeserialize(as = ImmutableStoredTrouble.class)
public interface StoredTrouble {

    /** Which. */
    @Value.Parameter
    OpticalCircuit circuit();

    /** Why, in words that name switch and port. */
    @Value.Parameter
    String reason();

    /** Returns a trouble. */
    static StoredTrouble of(OpticalCircuit circuit, String reason) {
        return ImmutableStoredTrouble.builder().circuit(circuit).reason(reason).build();
    }
}
