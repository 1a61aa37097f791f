package org.cloister.isolation.allocation.circuits;

import org.cloister.isolation.allocation.Allocator;
import org.cloister.isolation.allocation.Decision;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedCircuit;
import org.cloister.isolation.api.Allocation.ReservedLink;
import org.cloister.isolation.api.CircuitPolicy;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.api.ImmutableAllocation;
import org.cloister.isolation.api.ImmutableProblem;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.fabric.Circuit;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Link;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Grants over links that are there, by another allocator; where that refuses for want of links, or can only promise
 * isolation, and light may be moved, over links that it is moved for: two leaves directly, spines of the slice's own, or
 * both ({@link LightPlanner}). Of several ways the one that guarantees most, of these the one with fewest moves.
 */
public final class CircuitAllocator implements Allocator {

    private static final Set<ProblemType> WANT_OF_LINKS = EnumSet.of(ProblemType.INSUFFICIENT_UPLINKS,
            ProblemType.NO_COMMON_SPINES, ProblemType.INSUFFICIENT_BANDWIDTH);

    private final Allocator links;

    /**
     * Creates an allocator.
     *
     * @param links grants over links that are there
     */
    public CircuitAllocator(Allocator links) {
        this.links = Objects.requireNonNull(links, "links is null");
    }

    @Override
    public Decision allocate(Fabric fabric, Ledger ledger, Request request) {
        Decision now = links.allocate(fabric, ledger, request);
        if (request.circuits() == CircuitPolicy.FORBID || fabric.opticalSwitches().isEmpty()) {
            return now.fold(allocation -> Decision.allocated(overLight(fabric, allocation)),
                    problem -> Decision.refused(request.circuits() == CircuitPolicy.FORBID
                            ? forbidden(fabric, ledger, problem) : nobodyMovesLight(fabric, problem)));
        }
        return now.fold(
                allocation -> Decision.allocated(better(fabric, ledger, request, overLight(fabric, allocation))),
                problem -> WANT_OF_LINKS.contains(problem.type())
                        ? planner(fabric, ledger, request).plan() : Decision.refused(problem));
    }

    /** A leaf with enough uplinks, to some of which no light is led, lacks circuits rather than uplinks. */
    private static Problem forbidden(Fabric fabric, Ledger ledger, Problem problem) {
        Optional<Problem.Shortage> shortage = problem.shortage();
        if (problem.type() != ProblemType.INSUFFICIENT_UPLINKS || shortage.isEmpty()) {
            return problem;
        }
        Set<FabricPort> held = new HashSet<>();
        ledger.reserved().keySet().forEach(link -> held.addAll(List.of(link.from(), link.to())));
        long dark = fabric.opticalSwitches().stream().flatMap(name -> fabric.fibres().get(name).entrySet().stream()
                .filter(fibre -> fibre.getValue().switchName().equals(shortage.get().at())
                        && !held.contains(fibre.getValue()) && isDark(fabric, name, fibre.getKey()))).count();
        return shortage.get().free() + dark < shortage.get().needed() ? problem
                : ImmutableProblem.copyOf(problem).withType(ProblemType.NO_CIRCUIT).withDetail(problem.detail()
                        + " that light is led to; " + dark + " more are dark, and \"circuits\":\"forbid\" has none moved");
    }

    private static boolean isDark(Fabric fabric, String opticalSwitch, String port) {
        return !fabric.unusableOpticalPorts().getOrDefault(opticalSwitch, new TreeMap<>()).containsKey(port)
                && fabric.circuits().stream().noneMatch(circuit -> circuit.opticalSwitch().equals(opticalSwitch)
                && (circuit.one().equals(port) || circuit.other().equals(port)));
    }

    private static Problem nobodyMovesLight(Fabric fabric, Problem problem) {
        if (!WANT_OF_LINKS.contains(problem.type())) {
            return problem;
        }
        return ImmutableProblem.copyOf(problem).withType(ProblemType.NO_CIRCUIT).withUnproven(true)
                .withDetail(problem.detail() + "; and no light can be moved, for none of the optical switches "
                        + fabric.fibres().keySet() + " is connected");
    }

    private LightPlanner planner(Fabric fabric, Ledger ledger, Request request) {
        return new LightPlanner(links, fabric, ledger, request);
    }

    private Allocation better(Fabric fabric, Ledger ledger, Request request, Allocation granted) {
        if (granted.guarantee() != Guarantee.ISOLATED) {
            return ImmutableAllocation.copyOf(granted).withOptimal(granted.optimal() && isFewest(granted));
        }
        return planner(fabric, ledger, request).plan().fold(
                moved -> moved.guarantee().compareTo(granted.guarantee()) < 0
                        || moved.guarantee() == granted.guarantee()
                        && moved.maxFlowsPerLink() < granted.maxFlowsPerLink() ? moved
                        : ImmutableAllocation.copyOf(granted).withOptimal(false),
                problem -> ImmutableAllocation.copyOf(granted).withOptimal(false));
    }

    /** With light to move, one spine is known to be fewest where more than two leaves are joined; no move is. */
    private static boolean isFewest(Allocation granted) {
        long leaves = granted.members().stream().map(Allocation.AllocatedMember::leaf).distinct().count();
        long switches = granted.links().stream().map(link -> link.from().switchName()).distinct().count();
        return leaves == 1 || leaves > 2 && switches <= leaves + 1;
    }

    /** Returns an allocation with the circuits under its links, as far as these are there. */
    public static Allocation overLight(Fabric fabric, Allocation allocation) {
        if (fabric.lit().isEmpty()) {
            return allocation;
        }
        SortedSet<Circuit> under = new TreeSet<>();
        for (ReservedLink link : allocation.links()) {
            fabric.fibreIndex().under(Link.of(link.from(), link.to())).filter(fabric.lit()::contains)
                    .ifPresent(under::add);
        }
        return ImmutableAllocation.copyOf(allocation).withCircuits(connected(under));
    }

    static List<AllocatedCircuit> connected(SortedSet<Circuit> circuits) {
        return circuits.stream().map(circuit -> AllocatedCircuit.connected(circuit.opticalSwitch(), circuit.one(),
                circuit.other())).collect(Collectors.toList());
    }
}
