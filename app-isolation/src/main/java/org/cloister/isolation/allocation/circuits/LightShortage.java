package org.cloister.isolation.allocation.circuits;

import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.optical.OpticalNeed;
import org.cloister.isolation.allocation.optical.OpticalOccupancy;
import org.cloister.isolation.allocation.optical.OpticalPlanner;
import org.cloister.isolation.api.ImmutableProblem;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Link;

import java.util.Arrays;
import java.util.List;

/** Says what light is missing: at a leaf, at the spines, or, where each by itself has enough, between them. */
final class LightShortage {

    private final List<String> leaves;
    private final Fabric fabric;
    private final Ledger ledger;
    private final OpticalOccupancy occupancy;

    LightShortage(List<String> leaves, Fabric fabric, Ledger ledger, OpticalOccupancy occupancy) {
        this.leaves = leaves;
        this.fabric = fabric;
        this.ledger = ledger;
        this.occupancy = occupancy;
    }

    /** Returns the refusal of a slice that needs so many circuits at each leaf; only what a leaf lacks is certain. */
    Problem of(int[] links) {
        int worst = -1;
        int most = 0;
        for (int place = 0; place < links.length; place++) {
            int missing = links[place] - free(place);
            if (missing > most) {
                most = missing;
                worst = place;
            }
        }
        if (worst >= 0) {
            String leaf = leaves.get(worst);
            return problem(leaf + " has " + free(worst) + " of " + links[worst]
                    + " uplinks free that light can be moved for", leaf, "uplinks", links[worst], free(worst),
                    isHalfHeld(leaf));
        }
        int spines = Arrays.stream(links).max().orElse(0);
        int wide = 0;
        for (int spine = 0; spine < fabric.index().spines(); spine++) {
            wide += occupancy.freeSpinePorts(spine) >= leaves.size() ? 1 : 0;
        }
        if (wide < spines) {
            return problem(wide + " of " + spines + " spines have ports free for " + leaves.size() + " leaves ("
                    + String.join(", ", leaves) + ")", "fabric", "spines", spines, wide, true);
        }
        return problem("the free ports of leaves and spines do not meet in the same optical switches", "fabric",
                "circuits", (long) spines * leaves.size(), (long) possible(spines - 1) * leaves.size(), true);
    }

    /** The most spines, up to a number, for which there is light. */
    private int possible(int spines) {
        int[] numbers = leaves.stream().mapToInt(fabric.index()::leafNumber).toArray();
        return Light.most(0, spines, count -> {
            int[] each = new int[numbers.length];
            Arrays.fill(each, count);
            OpticalNeed need = OpticalNeed.nested(numbers, each).withDistinctSpines();
            return new OpticalPlanner().plan(occupancy, need).plan().isPresent();
        });
    }

    private int free(int place) {
        return occupancy.freeUplinks(fabric.index().leafNumber(leaves.get(place)));
    }

    /** Whether a slice holds one direction only of one of a leaf's links, so that the other may do. */
    private boolean isHalfHeld(String leaf) {
        return ledger.reserved().keySet().stream()
                .filter(link -> link.from().switchName().equals(leaf) || link.to().switchName().equals(leaf))
                .anyMatch(link -> !ledger.reserved().containsKey(Link.of(link.to(), link.from())));
    }

    private Problem problem(String detail, String at, String kind, long needed, long free, boolean unproven) {
        return ImmutableProblem.builder().type(ProblemType.NO_CIRCUIT).detail(detail).unproven(unproven)
                .shortage(Problem.Shortage.of(at, kind, needed, free)).build();
    }
}
