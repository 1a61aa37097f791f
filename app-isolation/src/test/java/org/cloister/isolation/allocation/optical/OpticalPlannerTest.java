package org.cloister.isolation.allocation.optical;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class OpticalPlannerTest {

    /** No budget for searching through small needs: what the heuristics find alone. */
    private final OpticalPlanner heuristics = new OpticalPlanner(OpticalPlanner.STEPS, 0);

    @Test
    void fewestMovesAgreeWithLookingAtAllChoices() {
        OpticalComparison comparison = new OpticalComparison();
        comparison.compare(0, 4_000, false);

        assertThat(comparison.disagreements()).isEmpty();
        assertThat(comparison.feasible()).isGreaterThan(800);
        assertThat(comparison.fewest()).isEqualTo(comparison.feasible());
        assertThat(comparison.claimed()).isGreaterThan(3_900);
    }

    @Test
    void fewestMovesAgreeWhereSomeCircuitsCarryNoLight() {
        OpticalComparison comparison = new OpticalComparison();
        comparison.compare(0, 4_000, true);

        assertThat(comparison.disagreements()).isEmpty();
        assertThat(comparison.feasible()).isGreaterThan(800);
        assertThat(comparison.fewest()).isEqualTo(comparison.feasible());
        assertThat(comparison.claimed()).isGreaterThan(3_900);
    }

    /**
     * Where hardly more light is free than is needed, one colour after the other takes ports that later ones need: the
     * theory's sample failed on a quarter of the feasible instances. The planner serves nearly all without an exact
     * search, and never claims that there is nothing where there is something.
     */
    @Test
    void tightNeedsAreServedWhereColourByColourFails() {
        int feasible = 0;
        int byColour = 0;
        int planned = 0;
        for (long seed = 0; seed < 3_000; seed++) {
            SmallOptics small = SmallOptics.tight(seed);
            boolean exact = ExactOptics.isFeasible(small.occupancy, small.need);
            OpticalPlanned found = heuristics.plan(small.occupancy, small.need);
            found.plan().ifPresent(plan -> OpticalJudge.check(small.occupancy, small.need, plan));
            assertThat(found.plan().isPresent() && !exact).as("seed %d", seed).isFalse();
            assertThat(found.plan().isEmpty() && found.proven() && exact).as("seed %d", seed).isFalse();
            feasible += exact ? 1 : 0;
            byColour += exact && servesByColour(small) ? 1 : 0;
            planned += exact && found.plan().isPresent() ? 1 : 0;
        }
        assertThat(feasible).isGreaterThan(1_500);
        assertThat(byColour).isLessThan(feasible * 95 / 100);
        assertThat(planned).isGreaterThanOrEqualTo(feasible * 999 / 1_000);
    }

    /** Spines with most free ports first, each colour by itself, no second thoughts. */
    private static boolean servesByColour(SmallOptics small) {
        Assignment assignment = new Assignment(small.occupancy, small.need);
        ColourMatching matching = new ColourMatching(assignment, new StepBudget(Long.MAX_VALUE));
        for (int colour = 0; colour < small.need.colours(); colour++) {
            int current = colour;
            int spine = IntStream.range(0, small.occupancy.fabric().spines()).boxed()
                    .sorted(Comparator.comparingInt(each -> -assignment.freeOf[each]))
                    .filter(assignment::isAllowed)
                    .filter(each -> matching.match(current, each) == assignment.size(current))
                    .findFirst().orElse(Assignment.NONE);
            if (spine == Assignment.NONE) {
                return false;
            }
            matching.match(colour, spine);
            matching.commit(colour, spine);
        }
        return true;
    }

    @Test
    void anIdleCircuitIsKeptAndOneInTheWayGivesWay() {
        OpticalFabric fabric = OpticalFabric.regular(3, 1, 2, 1, 1);
        OpticalOccupancy occupancy = OpticalOccupancy.dark(fabric);
        // leaf 0 at spine 0 is what is needed; leaf 2 at spine 1 is nobody's
        occupancy.join(PortPair.of(fabric.leafPorts(0, 0)[0], fabric.spinePorts(0, 0)[0]));
        occupancy.join(PortPair.of(fabric.leafPorts(2, 0)[0], fabric.spinePorts(1, 0)[0]));

        OpticalPlan kept = plan(occupancy, OpticalNeed.of(new int[] {0}, new int[][] {{0}}));
        assertThat(kept.moves()).isZero();
        assertThat(kept.proven()).isTrue();
        occupancy.take(kept);

        OpticalPlan moved = plan(occupancy, OpticalNeed.of(new int[] {1}, new int[][] {{0}}));
        assertThat(moved.added()).containsExactly(
                PortPair.of(fabric.leafPorts(1, 0)[0], fabric.spinePorts(1, 0)[0]));
        assertThat(moved.removed()).containsExactly(
                PortPair.of(fabric.leafPorts(2, 0)[0], fabric.spinePorts(1, 0)[0]));
        occupancy.take(moved);
        assertThat(new OpticalPlanner().plan(occupancy, OpticalNeed.of(new int[] {2}, new int[][] {{0}})).proven())
                .as("both spines' ports are taken").isTrue();
    }

    @Test
    void wholeLeavesTakeAllTheirUplinks() {
        OpticalOccupancy occupancy = OpticalOccupancy.dark(OpticalFabric.regular(64, 16, 32, 16, 2));
        int[] leaves = IntStream.range(0, 32).toArray();
        int[] links = new int[leaves.length];
        Arrays.fill(links, 16);
        OpticalNeed need = OpticalNeed.nested(leaves, links);

        OpticalPlan plan = plan(occupancy, need);

        OpticalJudge.check(occupancy, need, plan);
        assertThat(plan.moves()).isEqualTo(512);
        assertThat(plan.proven()).isTrue();
    }

    @Test
    void theSameNeedHasTheSameAnswer() {
        for (long seed = 0; seed < 200; seed++) {
            SmallOptics one = SmallOptics.of(seed, 5);
            SmallOptics other = SmallOptics.of(seed, 5);
            assertThat(heuristics.plan(one.occupancy, one.need).plan().map(OpticalPlan::toString))
                    .isEqualTo(heuristics.plan(other.occupancy, other.need).plan().map(OpticalPlan::toString));
        }
    }

    private static OpticalPlan plan(OpticalOccupancy occupancy, OpticalNeed need) {
        return new OpticalPlanner().plan(occupancy, need).plan().orElseThrow();
    }
}
