package org.cloister.isolation.control;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedCircuit;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Keeps rules from links that are not there: circuits are planned, but only people make them. Such a plan can be looked
 * at among others and be carried out by hand; nothing is granted before.
 */
final class UnlitCircuits {

    private static final int NAMED_MAX = 32;

    private UnlitCircuits() {
    }

    /** Returns why an allocation cannot be had now: circuits under its links have to be made first. */
    static Optional<Problem> refusal(Allocation allocation) {
        int moves = allocation.circuitsToMove();
        if (moves == 0) {
            return Optional.empty();
        }
        List<String> planned = allocation.circuits().stream()
                .filter(circuit -> circuit.state().equals(AllocatedCircuit.PLANNED))
                .map(UnlitCircuits::name).collect(Collectors.toList());
        List<String> displaced = allocation.displacedCircuits().stream().map(UnlitCircuits::name)
                .collect(Collectors.toList());
        return Optional.of(Problem.builder().type(ProblemType.NO_CIRCUIT)
                .detail(moves + " circuits would have to be moved, which Cloister does not do: " + (displaced.isEmpty()
                        ? "" : "remove " + list(displaced) + " and ") + "make " + list(planned)
                        + " and ask again, or ask with \"circuits\":\"forbid\" for what the links that are there allow")
                .shortage(Problem.Shortage.of("fabric", "circuits", allocation.circuits().size(),
                        (long) allocation.circuits().size() - planned.size())).build());
    }

    private static String name(AllocatedCircuit circuit) {
        return circuit.opticalSwitch() + " " + String.join(" to ", circuit.ports());
    }

    private static String list(List<String> names) {
        return names.size() <= NAMED_MAX ? String.join(", ", names)
                : String.join(", ", names.subList(0, NAMED_MAX)) + " and " + (names.size() - NAMED_MAX) + " more";
    }
}
