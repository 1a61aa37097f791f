package org.cloister.isolation.allocation.circuits;

import org.cloister.isolation.allocation.Allocator;
import org.cloister.isolation.allocation.ImmutableLedger;
import org.cloister.isolation.allocation.ImmutableRequest;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.OpticalTestFabric;
import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.planning.CommonSpineAllocator;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.CircuitPolicy;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.api.ImmutablePattern;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.PatternType;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.routing.Routes;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class CircuitAllocatorTest {

    private final Allocator allocator = new CircuitAllocator(new CommonSpineAllocator());

    @Test
    void withoutLeaveToMoveLightARequestIsRefusedForTheLinksThatAreMissing() {
        Fabric fabric = new OpticalTestFabric(3, 2, 2, 2).build();

        Problem problem = refused(fabric, Ledger.empty(),
                request(fabric, PatternType.RING, CircuitPolicy.FORBID, 1, 1, 1));

        assertThat(problem.type()).isEqualTo(ProblemType.NO_CIRCUIT);
        assertThat(problem.detail()).contains("leaf-0 has 0 of 1 uplinks free that light is led to");
    }

    @Test
    void threeLeavesAreJoinedWithASpine() {
        Fabric fabric = new OpticalTestFabric(3, 2, 3, 3).build();

        Allocation allocation = granted(fabric, Ledger.empty(),
                request(fabric, PatternType.RING, CircuitPolicy.ALLOW, 1, 1, 1));

        assertThat(allocation.circuits()).hasSize(3).allMatch(circuit -> circuit.state().equals("PLANNED"));
        assertThat(allocation.circuitsToMove()).isEqualTo(3);
        assertThat(allocation.displacedCircuits()).isEmpty();
        assertThat(allocation.links()).hasSize(6);
        assertThat(allocation.guarantee()).isEqualTo(Guarantee.ANY_TIMING);
        assertThat(allocation.optimal()).isTrue();
        assertEveryMemberReachesEveryLeaf(allocation);
    }

    @Test
    void idleLightIsUsedAndWhatIsInTheWayGives() {
        Fabric fabric = new OpticalTestFabric(4, 1, 2, 2)
                .joined(0, "l-0", "s-1").joined(1, "l-1", "s-1").joined(0, "l-3", "s-0").joined(1, "l-2", "s-0").build();

        Allocation allocation = granted(fabric, Ledger.empty(),
                request(fabric, PatternType.RING, CircuitPolicy.ALLOW, 1, 1));

        // both have a circuit to spine-1 already: nothing moves
        assertThat(allocation.circuitsToMove()).isZero();
        assertThat(allocation.circuits()).extracting(circuit -> circuit.opticalSwitch() + circuit.ports()
                + circuit.state()).containsExactly("ocs-0[l-0, s-1]CONNECTED", "ocs-1[l-1, s-1]CONNECTED");
    }

    @Test
    void lightOfOtherSlicesAndForeignLightStays() {
        Fabric fabric = new OpticalTestFabric(3, 1, 2, 2)
                .joined(0, "l-0", "s-0").foreign(1, "l-0", "x-1").joined(0, "l-2", "s-1").build();
        Link held = fabric.links().first();
        assertThat(held.from().toString()).isEqualTo("leaf-0/100");
        Ledger ledger = ImmutableLedger.builder().putReserved(held, 1L)
                .putReserved(Link.of(held.to(), held.from()), 1L).build();

        Problem problem = refused(fabric, ledger, request(fabric, PatternType.RING, CircuitPolicy.ALLOW, 1, 1));

        assertThat(problem.type()).isEqualTo(ProblemType.NO_CIRCUIT);
        assertThat(problem.shortage().orElseThrow().at()).isEqualTo("leaf-0");
        assertThat(problem.shortage().orElseThrow().kind()).isEqualTo("uplinks");
        assertThat(problem.shortage().orElseThrow().free()).isZero();
        assertThat(problem.unproven()).isFalse();
    }

    @Test
    void aLinkOverForeignLightIsUsedAsItIs() {
        Fabric fabric = new OpticalTestFabric(2, 1, 2, 2).foreign(1, "l-0", "s-1").foreign(0, "s-0", "x-1").build();

        Allocation allocation = granted(fabric, Ledger.empty(),
                request(fabric, PatternType.RING, CircuitPolicy.ALLOW, 1, 1));

        assertThat(allocation.circuitsToMove()).isEqualTo(1);
        assertThat(allocation.displacedCircuits()).isEmpty();
    }

    @Test
    void twoLeavesAreJoinedDirectly() {
        Fabric fabric = new OpticalTestFabric(2, 2, 0, 2).build();

        Allocation allocation = granted(fabric, Ledger.empty(),
                request(fabric, PatternType.ALL_TO_ALL, CircuitPolicy.ALLOW, 2, 2));

        assertThat(allocation.circuits()).extracting(circuit -> circuit.opticalSwitch() + circuit.ports())
                .containsExactly("ocs-0[l-0, l-1]", "ocs-1[l-0, l-1]");
        assertThat(allocation.links()).hasSize(4);
        assertThat(allocation.guarantee()).isNotEqualTo(Guarantee.ISOLATED);
        assertEveryMemberReachesEveryLeaf(allocation);
    }

    @Test
    void fewerMovesOverASpineWinAgainstLeavesJoinedDirectly() {
        Fabric fabric = new OpticalTestFabric(2, 1, 1, 1).joined(0, "l-0", "s-0").build();
        Fabric joined = new OpticalTestFabric(2, 1, 1, 2).joined(0, "l-0", "s-0").joined(1, "l-1", "s-0").build();

        assertThat(granted(fabric, Ledger.empty(), request(fabric, PatternType.RING, CircuitPolicy.ALLOW, 1, 1))
                .circuitsToMove()).as("one made, one removed").isEqualTo(2);
        assertThat(granted(joined, Ledger.empty(), request(joined, PatternType.RING, CircuitPolicy.ALLOW, 1, 1))
                .circuitsToMove()).isZero();
    }

    @Test
    void linksOfOpticalSwitchesThatAreNotManagedAreUsedAsTheyAre() {
        Fabric fabric = new OpticalTestFabric(2, 1, 1, 2).joined(0, "l-0", "s-0").unmanaged("ocs-0").build();

        Allocation allocation = granted(fabric, Ledger.empty(),
                request(fabric, PatternType.RING, CircuitPolicy.ALLOW, 1, 1));

        assertThat(allocation.circuitsToMove()).isEqualTo(1);
        assertThat(allocation.displacedCircuits()).isEmpty();
    }

    @Test
    void whatTheSlicesOwnTrafficCrossesIsNotMoved() {
        Fabric fabric = new OpticalTestFabric(3, 1, 2, 1).joined(0, "l-0", "s-0").joined(0, "l-1", "s-1").build();
        Allocation previous = granted(new OpticalTestFabric(3, 1, 1, 3).joined(0, "l-0", "s-0")
                .joined(1, "l-1", "s-0").build(), Ledger.empty(), request(fabric, PatternType.RING,
                CircuitPolicy.FORBID, 1, 1));
        Request request = ImmutableRequest.copyOf(request(fabric, PatternType.RING, CircuitPolicy.ALLOW, 1, 1))
                .withPrevious(previous);

        assertThat(refused(fabric, Ledger.empty(), request).type()).isEqualTo(ProblemType.NO_CIRCUIT);
    }

    @Test
    void aStrongerGuaranteeIsWorthMovingLight() {
        Fabric fabric = new OpticalTestFabric(3, 2, 2, 4)
                .joined(0, "l-0", "s-0").joined(1, "l-1", "s-0").joined(2, "l-2", "s-0").build();

        Allocation stays = granted(fabric, Ledger.empty(),
                request(fabric, PatternType.ALL_TO_ALL, CircuitPolicy.FORBID, 2, 2, 2));
        Allocation moves = granted(fabric, Ledger.empty(),
                request(fabric, PatternType.ALL_TO_ALL, CircuitPolicy.ALLOW, 2, 2, 2));

        assertThat(stays.guarantee()).isEqualTo(Guarantee.ISOLATED);
        assertThat(moves.guarantee()).isEqualTo(Guarantee.LOCK_STEP);
        assertThat(moves.circuitsToMove()).isEqualTo(3);
        assertThat(stays.circuits()).hasSize(3);
    }

    @Test
    void aSliceGetsWhatThereIsWhereThereIsNeverEnough() {
        Fabric fabric = new OpticalTestFabric(3, 3, 1, 1).joined(0, "l-0", "s-0").build();
        Fabric wide = new OpticalTestFabric(2, 3, 0, 1).build();

        assertThat(refused(fabric, Ledger.empty(), request(fabric, PatternType.RING, CircuitPolicy.ALLOW, 1, 1, 1))
                .type()).as("the spine has one port").isEqualTo(ProblemType.NO_CIRCUIT);
        assertThat(granted(wide, Ledger.empty(), request(wide, PatternType.ANY, CircuitPolicy.ALLOW, 3, 3))
                .guarantee()).as("one circuit for three hosts each").isEqualTo(Guarantee.ISOLATED);
    }

    /** Two hops of the ring have a spine already; a spine for all leaves would take two circuits. */
    @Test
    void leavesNeedNoSpineThatAllOfThemHaveWhereThatSavesMoves() {
        Fabric fabric = new OpticalTestFabric(3, 1, 3, 3).joined(0, "l-1", "s-2").joined(1, "l-0", "s-1")
                .joined(1, "l-2", "s-2").joined(2, "l-0", "s-0").joined(2, "l-2", "s-1").build();

        Allocation allocation = granted(fabric, Ledger.empty(),
                request(fabric, PatternType.RING, CircuitPolicy.ALLOW, 1, 1, 1));

        assertThat(allocation.circuitsToMove()).isEqualTo(1);
        assertThat(allocation.reach()).isEqualTo(Allocation.Reach.ALL);
        assertThat(allocation.guarantee()).isNotEqualTo(Guarantee.ISOLATED);
        assertEveryMemberReachesEveryLeaf(allocation);
    }

    /** All circuits are there and failed: made again they are 3 moves, joined otherwise up to 6. */
    @Test
    void circuitsWithoutLightAreMadeAgainRatherThanRemoved() {
        for (int turn = 0; turn < 3; turn++) {
            OpticalTestFabric light = new OpticalTestFabric(3, 1, 1, 3);
            for (int at = 0; at < 3; at++) {
                light.failed(at, "l-" + (at + turn) % 3, "s-0");
            }
            Fabric fabric = light.build();

            Allocation allocation = granted(fabric, Ledger.empty(),
                    request(fabric, PatternType.RING, CircuitPolicy.ALLOW, 1, 1, 1));

            assertThat(allocation.circuitsToMove()).as("turn %d", turn).isEqualTo(3);
            assertThat(allocation.displacedCircuits()).isEmpty();
            assertThat(allocation.optimal()).isTrue();
        }
    }

    @Test
    void aCircuitWithoutLightGivesWayOnlyWhereItMust() {
        Fabric outside = new OpticalTestFabric(2, 1, 0, 2).failed(0, "l-0", "x-1").build();
        Fabric broken = new OpticalTestFabric(2, 1, 1, 2).failed(0, "l-0", "s-0").unusable(0, "s-0").build();
        Fabric only = new OpticalTestFabric(2, 1, 0, 1).failed(0, "l-0", "x-1").build();

        for (Fabric fabric : List.of(outside, broken)) {
            Allocation around = granted(fabric, Ledger.empty(),
                    request(fabric, PatternType.RING, CircuitPolicy.ALLOW, 1, 1));
            assertThat(around.circuits()).extracting(circuit -> circuit.opticalSwitch() + circuit.ports())
                    .containsExactly("ocs-1[l-0, l-1]");
            assertThat(around.circuitsToMove()).isEqualTo(1);
        }
        Allocation through = granted(only, Ledger.empty(),
                request(only, PatternType.RING, CircuitPolicy.ALLOW, 1, 1));
        assertThat(through.displacedCircuits()).extracting(circuit -> circuit.ports().toString())
                .containsExactly("[l-0, x-1]");
        assertThat(through.circuitsToMove()).isEqualTo(2);
        assertThat(through.optimal()).as("known to be fewest").isTrue();
    }

    private void assertEveryMemberReachesEveryLeaf(Allocation allocation) {
        long leaves = allocation.members().stream().map(Allocation.AllocatedMember::leaf).distinct().count();
        assertThat(Routes.of(allocation).stream().filter(route -> !route.hops().isEmpty()).map(route ->
                route.fromRank() + route.toLeaf()).distinct()).hasSize(
                        (int) (allocation.members().size() * (leaves - 1)));
    }

    private Allocation granted(Fabric fabric, Ledger ledger, Request request) {
        return allocator.allocate(fabric, ledger, request).fold(allocation -> allocation, problem -> {
            throw new AssertionError(problem);
        });
    }

    private Problem refused(Fabric fabric, Ledger ledger, Request request) {
        return allocator.allocate(fabric, ledger, request).fold(allocation -> {
            throw new AssertionError(allocation);
        }, problem -> problem);
    }

    private static Request request(Fabric fabric, PatternType type, CircuitPolicy circuits, int... shape) {
        List<Host> hosts = new ArrayList<>();
        for (int leaf = 0; leaf < shape.length; leaf++) {
            hosts.addAll(OpticalTestFabric.hosts(fabric, leaf, shape[leaf]));
        }
        Pattern pattern = ImmutablePattern.copyOf(Pattern.of(type)).withGroups(List.of(
                IntStream.range(0, hosts.size()).boxed().collect(Collectors.toList())));
        return ImmutableRequest.builder().members(hosts).addPatterns(pattern).circuits(circuits).build();
    }
}
