package org.cloister.isolation.allocation.optical;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Compares the planner's circuits with what looking at all choices finds, and counts. */
public final class OpticalComparison {

    private static final int MOST_CIRCUITS = 8;

    private final OpticalPlanner planner = new OpticalPlanner();
    private final List<String> disagreements = new ArrayList<>();
    private int cases;
    private int feasible;
    private int fewest;
    private int claimed;

    /**
     * Compares on so many small instances, of the seeds from one on.
     *
     * @param failing whether some circuits carry no light
     */
    public void compare(long firstSeed, int count, boolean failing) {
        int last = cases + count;
        for (long seed = firstSeed; cases < last; seed++) {
            SmallOptics small = failing ? SmallOptics.withFailures(seed, 3) : SmallOptics.of(seed, 3);
            if (small.need.circuits() <= MOST_CIRCUITS) {
                compare(seed, small);
            }
        }
    }

    private void compare(long seed, SmallOptics small) {
        cases++;
        OptionalInt exact = ExactOptics.fewestMoves(small.occupancy, small.need);
        OpticalPlanned planned = planner.plan(small.occupancy, small.need);
        planned.plan().ifPresent(plan -> OpticalJudge.check(small.occupancy, small.need, plan));
        OptionalInt found = planned.plan().map(plan -> OptionalInt.of(plan.moves())).orElse(OptionalInt.empty());
        feasible += exact.isPresent() ? 1 : 0;
        fewest += exact.isPresent() && exact.equals(found) ? 1 : 0;
        claimed += planned.proven() ? 1 : 0;
        if (planned.proven() && !exact.equals(found)) {
            disagreements.add("seed " + seed + ": exact " + exact + ", planner " + found + " claimed proven");
        }
    }

    /** Returns how many instances were compared. */
    public int cases() {
        return cases;
    }

    /** Returns how many of them have circuits that serve the need. */
    public int feasible() {
        return feasible;
    }

    /** Returns for how many of these the planner found the fewest moves, proven or not. */
    public int fewest() {
        return fewest;
    }

    /** Returns how many answers, refusals among them, claim to be proven. */
    public int claimed() {
        return claimed;
    }

    /** Returns the claims that are wrong. */
    public List<String> disagreements() {
        return disagreements;
    }
}
