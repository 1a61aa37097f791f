package org.cloister.lab.ocs.device;

import org.cloister.lab.ocs.fault.Fault;
import org.cloister.lab.ocs.fault.FaultKind;
import org.cloister.lab.ocs.fault.Faults;

import java.util.Optional;

/** What is wrong now with ports and connections. */
final class Troubles {

    private final Faults faults;

    Troubles(Faults faults) {
        this.faults = faults;
    }

    /** Whether a port's fibre is cut. */
    boolean lost(String port) {
        return faults.at(FaultKind.LOSS_OF_LIGHT, port).isPresent();
    }

    /** Returns by how many dB light through a port is too weak. */
    double degraded(String port) {
        return faults.at(FaultKind.DEGRADED_POWER, port).map(fault -> fault.number("db", 0, 60)).orElse(0.0);
    }

    /** Returns the share of packets that a port loses. */
    double errors(String port) {
        return faults.at(FaultKind.BIT_ERRORS, port).map(fault -> fault.number("probability", 0, 1)).orElse(0.0);
    }

    /** Returns how a port's mirror is stuck; empty if it moves. */
    Optional<String> stuck(String port) {
        return faults.at(FaultKind.STUCK_MIRROR, port).map(fault -> fault.text("mode").orElse("pending"));
    }

    /** Returns what makes a port's mirror miss. */
    Optional<Fault> missed(String port) {
        return faults.at(FaultKind.MIS_STEER, port);
    }

    /** Whether a connection is to be found invalid. */
    boolean invalid(Connection connection) {
        return faults.all().stream().anyMatch(fault -> fault.kind() == FaultKind.SET_THEN_INVALID
                && (concerns(fault, connection) || fault.text("port").isEmpty() && fault.text("name").isEmpty()));
    }

    /** Whether a fault names a connection or one of its ports. */
    static boolean concerns(Fault fault, Connection connection) {
        return fault.text("name").map(connection.name()::equals).orElse(false)
                || fault.text("port").map(connection.circuit()::uses).orElse(false);
    }
}
