package org.cloister.isolation.allocation.optical;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Joins two leaves some ways directly and each other way over a spine of its own. Sets of direct circuits are tried,
 * the cheapest ones first; around each the ways over spines are planned, with what gave way already gone, so that the
 * moves of both add up. Of all sets that are tried the one with fewest moves.
 */
final class MixedCircuits {

    /** How many sets of direct circuits ways over spines are planned around: all there are, unless leaves have many. */
    private static final int TRIES = 64;

    private final OpticalOccupancy occupancy;
    private final int[] leaves;
    private final int count;
    private final List<int[]> pairs;
    private int tries;
    private int limit;
    private OpticalPlan best;

    private MixedCircuits(OpticalOccupancy occupancy, int[] leaves, int count, int limit) {
        this.limit = limit;
        this.occupancy = occupancy;
        this.leaves = leaves;
        this.count = count;
        this.pairs = DirectCircuits.pairs(occupancy, leaves[0], leaves[1]);
    }

    /**
     * Returns so many ways, at least one of each kind, the direct ones first.
     *
     * @param limit fewer moves than these are looked for
     * @return empty if none were found
     */
    static Optional<OpticalPlan> fewerThan(int limit, OpticalOccupancy occupancy, int one, int other, int count) {
        MixedCircuits mixed = new MixedCircuits(occupancy, new int[] {one, other}, count, limit);
        mixed.choose(0, new ArrayList<>());
        return Optional.ofNullable(mixed.best);
    }

    private void choose(int from, List<int[]> chosen) {
        for (int at = from; at < pairs.size() && chosen.size() < count - 1 && tries < TRIES; at++) {
            chosen.add(pairs.get(at));
            around(chosen);
            choose(at + 1, chosen);
            chosen.remove(chosen.size() - 1);
        }
    }

    private void around(List<int[]> chosen) {
        OpticalPlan direct = DirectCircuits.over(occupancy, chosen);
        if (direct.moves() >= limit) {
            return;
        }
        tries++;
        OpticalOccupancy rest = occupancy.copy();
        rest.take(direct);
        int spines = count - chosen.size();
        OpticalNeed need = OpticalNeed.nested(leaves, new int[] {spines, spines}).withDistinctSpines();
        if (direct.moves() + (long) MoveBound.of(rest, need) < limit) {
            new OpticalPlanner().plan(rest, need).plan().filter(plan -> direct.moves() + plan.moves() < limit)
                    .ifPresent(plan -> {
                        best = OpticalPlan.together(occupancy, direct, plan);
                        limit = best.moves();
                    });
        }
    }
}
