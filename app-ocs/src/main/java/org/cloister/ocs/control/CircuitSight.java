package org.cloister.ocs.control;

import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.ocs.api.OpticalCircuit;
import org.cloister.ocs.planning.SwitchFacts;
import org.immutables.value.Value;

import java.util.Optional;

/** All that can be seen of a circuit. */
@Value.Immutable
interface CircuitSight {

    /** Which. */
    OpticalCircuit circuit();

    /** Its switch; empty if that is configured no longer. */
    Optional<SwitchFacts> facts();

    /** What the fibre of its first port leads to, if that is known. */
    Optional<FibreSight> one();

    /** What the fibre of its other port leads to. */
    Optional<FibreSight> other();

    /** Returns its ports. */
    default CircuitPorts ports() {
        return CircuitPorts.of(circuit().one(), circuit().other());
    }

    /** Returns whether packet switches tell whether it carries light. */
    default boolean hasEnds() {
        return one().isPresent() && other().isPresent();
    }
}
