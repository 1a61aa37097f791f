package org.cloister.isolation.allocation;

import org.cloister.isolation.allocation.optical.OpticalNeed;
import org.cloister.isolation.allocation.optical.OpticalOccupancy;
import org.cloister.isolation.allocation.optical.OpticalPlanner;
import org.cloister.isolation.api.ImmutableProblem;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.fabric.Fabric;

import java.util.Arrays;
import java.util.List;

/** Says what light is missing: at a leaf, at the spines, or, where each by itself has enough, between them. */
final class LightShortage {

    private final List<String> leaves;
    private final Fabric fabric;
    private final OpticalOccupancy occupancy;
    private final boolean unproven;

    LightShortage(List<String> leaves, Fabric fabric, OpticalOccupancy occupancy, boolean unproven) {
        this.leaves = leaves;
        this.fabric = fabric;
        this.occupancy = occupancy;
        this.unproven = unproven;
    }

    /** Returns the refusal of a slice that needs so many spines. */
    Problem of(int spines) {
        String worst = null;
        int fewest = spines;
        for (String leaf : leaves) {
            int free = occupancy.freeUplinks(fabric.index().leafNumber(leaf));
            if (free < fewest) {
                fewest = free;
                worst = leaf;
            }
        }
        if (worst != null) {
            return problem(worst + " has " + fewest + " of " + spines + " uplinks free that light can be moved for",
                    worst, "uplinks", spines, fewest);
        }
        int wide = 0;
        for (int spine = 0; spine < fabric.index().spines(); spine++) {
            wide += occupancy.freeSpinePorts(spine) >= leaves.size() ? 1 : 0;
        }
        if (wide < spines) {
            return problem(wide + " of " + spines + " spines have ports free for " + leaves.size() + " leaves ("
                    + String.join(", ", leaves) + ")", "fabric", "spines", spines, wide);
        }
        return problem("the free ports of leaves and spines do not meet in the same optical switches", "fabric",
                "circuits", (long) spines * leaves.size(), (long) possible(spines - 1) * leaves.size());
    }

    /** The most spines, up to a number, for which there is light. */
    private int possible(int spines) {
        int[] numbers = leaves.stream().mapToInt(fabric.index()::leafNumber).toArray();
        for (int count = spines; count > 0; count--) {
            int[] each = new int[numbers.length];
            Arrays.fill(each, count);
            OpticalNeed need = OpticalNeed.nested(numbers, each).withDistinctSpines();
            if (new OpticalPlanner().plan(occupancy, need).plan().isPresent()) {
                return count;
            }
        }
        return 0;
    }

    private Problem problem(String detail, String at, String kind, long needed, long free) {
        return ImmutableProblem.builder().type(ProblemType.NO_CIRCUIT).detail(detail).unproven(unproven)
                .shortage(Problem.Shortage.of(at, kind, needed, free)).build();
    }
}
