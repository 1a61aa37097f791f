package org.cloister.isolation.allocation.optical;

import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.OptionalInt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What circuits cost that are there and carry no light: to make one again is a move, to have it give way another. */
class WithoutLightTest {

    /** Two leaves and two spines around one optical switch, to which each has one fibre. */
    private final OpticalFabric fabric = OpticalFabric.regular(2, 1, 2, 1, 1);
    private final OpticalOccupancy occupancy = OpticalOccupancy.dark(fabric);
    private final int leaf = fabric.leafPorts(0)[0];
    private final int other = fabric.leafPorts(1)[0];
    private final int spine = fabric.spinePorts(0)[0];
    private final int another = fabric.spinePorts(1)[0];

    @Test
    void oneIsMadeAgainAndNothingGivesWay() {
        occupancy.joinWithoutLight(leaf, another);

        OpticalPlan plan = plan();

        assertThat(plan.added()).containsExactly(PortPair.of(leaf, another));
        assertThat(plan.kept()).as("there is no light").isEmpty();
        assertThat(plan.removed()).isEmpty();
        assertThat(plan.moves()).isEqualTo(1);
        assertThat(plan.proven()).isTrue();
        occupancy.take(plan);
        assertThat(occupancy.peer(leaf)).isEqualTo(another);
        occupancy.release(plan);
        assertThat(occupancy.idle()).containsExactly(PortPair.of(leaf, another));
    }

    @Test
    void oneInTheWayGivesWay() {
        occupancy.joinWithoutLight(leaf, other);
        occupancy.withhold(another);

        OpticalPlan plan = plan();

        assertThat(plan.added()).containsExactly(PortPair.of(leaf, spine));
        assertThat(plan.removed()).containsExactly(PortPair.of(leaf, other));
        assertThat(plan.proven()).isTrue();
        occupancy.take(plan);
        assertThat(occupancy.joined(other)).as("the other port is free of it").isEqualTo(-1);
        assertThat(occupancy.peer(leaf)).isEqualTo(spine);
    }

    @Test
    void onePortThatIsBrokenDoesNotHoldTheOtherWhichCostsARemoval() {
        occupancy.joinWithoutLight(leaf, another);
        occupancy.withhold(another);

        OpticalPlan plan = plan();

        assertThat(occupancy.isFree(leaf)).isTrue();
        assertThat(plan.removed()).containsExactly(PortPair.of(leaf, another));
        assertThat(plan.moves()).isEqualTo(2);
        occupancy.take(plan);
        assertThat(occupancy.isFree(another)).isFalse();
    }

    @Test
    void oneThatLeadsToNoPortOfTheFabricGivesWayOnce() {
        occupancy.joinWithoutLight(spine, spine);
        occupancy.withhold(another);

        assertThat(plan().moves()).isEqualTo(2);
        occupancy.take(plan());
        assertThat(occupancy.joined(spine)).isEqualTo(leaf);
    }

    @Test
    void aPortWithoutACircuitIsCheaper() {
        occupancy.joinWithoutLight(spine, spine);

        assertThat(plan().added()).containsExactly(PortPair.of(leaf, another));
    }

    @Test
    void whatIsBarredIsNotTaken() {
        occupancy.joinWithoutLight(leaf, spine);
        OpticalPlan again = plan();
        occupancy.take(again);

        assertThatThrownBy(() -> occupancy.take(again)).hasMessageContaining("a port is in use");
        assertThatThrownBy(() -> occupancy.joinWithoutLight(leaf, leaf)).hasMessageContaining("a port has a circuit");
        assertThat(occupancy.peer(leaf)).isEqualTo(spine);
    }

    @Test
    void leavesAreJoinedDirectlyByFewestMoves() {
        int feasible = 0;
        for (long seed = 0; seed < 4_000; seed++) {
            OpticalOccupancy small = SmallOptics.withFailures(seed, 3).occupancy;
            for (int count = 1; count <= 2; count++) {
                OptionalInt exact = ExactOptics.fewestDirectMoves(small, 0, 1, count);
                Optional<OpticalPlan> plan = DirectCircuits.plan(small, 0, 1, count);
                assertThat(plan.isPresent()).as("seed %d, %d", seed, count).isEqualTo(exact.isPresent());
                plan.ifPresent(found -> OpticalJudge.checkMoves(small, found));
                if (plan.filter(OpticalPlan::proven).isPresent()) {
                    assertThat(plan.get().moves()).as("seed %d, %d", seed, count).isEqualTo(exact.getAsInt());
                    feasible++;
                }
            }
        }
        assertThat(feasible).isGreaterThan(2_000);
    }

    @Test
    void whatJoinsALeafWithItselfGivesWayOnceAndNothingIsClaimed() {
        OpticalFabric wide = new OpticalFabric(new int[2], 1, new int[][] {{2}, {2}}, new int[0][1]);
        OpticalOccupancy light = OpticalOccupancy.dark(wide);
        light.joinWithoutLight(wide.leafPorts(0)[0], wide.leafPorts(0)[1]);

        OpticalPlan plan = DirectCircuits.plan(light, 0, 1, 2).orElseThrow();

        assertThat(plan.removed()).hasSize(1);
        assertThat(plan.moves()).isEqualTo(3);
        assertThat(plan.proven()).isFalse();
    }

    private OpticalPlan plan() {
        return new OpticalPlanner().plan(occupancy, OpticalNeed.of(new int[] {0}, new int[][] {{0}})).plan()
                .orElseThrow();
    }
}
