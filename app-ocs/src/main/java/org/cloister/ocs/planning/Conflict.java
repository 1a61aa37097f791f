package org.cloister.ocs.planning;

import org.cloister.ocs.api.CircuitRefusedException;
import org.cloister.ocs.api.OpticalCircuit;
import org.immutables.value.Value;

/** Why a circuit cannot be made. */
@Value.Immutable
public interface Conflict {

    /** The wanted circuit. */
    OpticalCircuit circuit();

    /** What kind of conflict it is. */
    CircuitRefusedException.Reason reason();

    /** Names switch, port and holder. */
    String message();

    /** Returns a conflict. */
    static Conflict of(OpticalCircuit circuit, CircuitRefusedException.Reason reason, String message) {
        return ImmutableConflict.builder().circuit(circuit).reason(reason).message(message).build();
    }

    /** Returns the exception that refuses a demand for this. */
    default CircuitRefusedException refusal() {
        return new CircuitRefusedException(reason(), message());
    }
}
