package org.cloister.rest;

import org.cloister.isolation.api.ImmutableProblem;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.ocs.api.CircuitRefusedException;
import org.cloister.ocs.api.OpticalCircuit;
import org.cloister.ocs.api.OpticalView;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The circuit that a path names, and how refusals of it point at the path's parts. */
final class CircuitPath {

    private final String opticalSwitch;
    private final String port;
    private final String peer;

    /** Takes the parts of a path; the ports may stand in either order. */
    CircuitPath(String opticalSwitch, String port, String peer) {
        if (port.equals(peer)) {
            throw new RefusedException(Problem.of(ProblemType.INVALID_REQUEST, "peer", peer,
                    "a circuit joins two ports; both are '" + port + "'"));
        }
        this.opticalSwitch = opticalSwitch;
        this.port = port;
        this.peer = peer;
    }

    /** Returns the circuit. */
    OpticalCircuit circuit() {
        return OpticalCircuit.of(opticalSwitch, port, peer);
    }

    /** Returns that there is no such circuit. */
    RefusedException notFound() {
        return new RefusedException(Problem.of(ProblemType.NOT_FOUND, "there is no circuit " + circuit()));
    }

    /** Returns the refusal of a service as HTTP tells it. */
    RefusedException refused(CircuitRefusedException refusal, OpticalView view) {
        switch (refusal.reason()) {
            case UNKNOWN_SWITCH:
                return new RefusedException(Problem.of(ProblemType.UNKNOWN_SWITCH, "switch", opticalSwitch,
                        refusal.getMessage()));
            case UNKNOWN_PORT:
                return new RefusedException(unknownPorts(refusal.getMessage(), view));
            default:
                return new RefusedException(Problem.of(type(refusal.reason()), refusal.getMessage()));
        }
    }

    private static ProblemType type(CircuitRefusedException.Reason reason) {
        switch (reason) {
            case HELD:
                return ProblemType.CIRCUIT_IN_USE;
            case FOREIGN:
                return ProblemType.FOREIGN_CIRCUIT;
            case UNUSABLE:
                return ProblemType.NO_CIRCUIT;
            case UNAVAILABLE:
                return ProblemType.NOT_READY;
            case STORE:
                return ProblemType.STORE_UNAVAILABLE;
            default:
                throw new IllegalArgumentException(reason + " is about a part of the path");
        }
    }

    /** Points at the ports that the switch does not have. */
    private Problem unknownPorts(String message, OpticalView view) {
        Set<String> known = view.switches().stream().filter(each -> each.name().equals(opticalSwitch))
                .flatMap(each -> each.ports().stream()).map(OpticalView.PortView::name).collect(Collectors.toSet());
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("port", port);
        parts.put("peer", peer);
        parts.values().removeIf(known::contains);
        ImmutableProblem.Builder problem = Problem.builder().type(ProblemType.UNKNOWN_PORT).detail(message);
        parts.forEach((name, value) -> problem.addErrors(Problem.FieldError.of(name, value,
                opticalSwitch + " has no port '" + value + "'")));
        return problem.build();
    }
}
