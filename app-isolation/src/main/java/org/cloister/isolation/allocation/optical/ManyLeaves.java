package org.cloister.isolation.allocation.optical;

import org.cloister.isolation.allocation.placement.LinkNeed;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Leaves joined through spines: as few as can be, with equally many hosts on each and a remainder on one; then as few
 * as can be with as equal shares as their free hosts allow.
 */
final class ManyLeaves {

    /** How many leaves are looked at beyond the first that would do if there were circuits. */
    private static final int TRIES = 6;
    private static final OpticalPlanner PLANNER = new OpticalPlanner();

    private final OpticalOccupancy occupancy;
    private final int hosts;
    private final LinkNeed need;
    private final StepBudget steps;
    private final long most;
    private final Integer[] fullFirst;
    private final int[] free;
    private int tries;
    private boolean proven = true;

    ManyLeaves(OpticalOccupancy occupancy, int hosts, LinkNeed need, long budget) {
        this.occupancy = occupancy;
        this.hosts = hosts;
        this.need = need;
        this.steps = new StepBudget(budget);
        this.most = budget / 2;
        this.free = IntStream.range(0, occupancy.fabric().leaves()).map(occupancy::freeHosts).toArray();
        this.fullFirst = IntStream.range(0, free.length).filter(leaf -> free[leaf] > 0
                        && occupancy.freeUplinks(leaf) > 0).boxed()
                .sorted(Comparator.<Integer>comparingInt(leaf -> free[leaf])
                        .thenComparingInt(occupancy::freeUplinks).thenComparingInt(leaf -> leaf))
                .toArray(Integer[]::new);
    }

    OpticalPlaced place() {
        int widest = IntStream.range(0, occupancy.fabric().spines()).map(occupancy::freeSpinePorts).max().orElse(0);
        int fewest = fewest();
        int end = Math.min(Math.min(widest, fullFirst.length), hosts);
        for (int leaves = Math.max(2, fewest); leaves <= end && tries < TRIES && steps.isLeft(); leaves++) {
            Optional<OpticalFootprint> placed = equal(leaves);
            if (placed.isEmpty()) {
                placed = level(leaves);
            }
            if (placed.isPresent()) {
                return OpticalPlaced.found(placed.get(),
                        leaves == fewest && proven && placed.get().circuits().proven());
            }
        }
        return OpticalPlaced.nothing(false);
    }

    /** The number of leaves that hold so many hosts, whatever links they need. */
    private int fewest() {
        int held = 0;
        int leaves = 0;
        for (int place = fullFirst.length - 1; place >= 0 && held < hosts; place--) {
            held += free[fullFirst[place]];
            leaves++;
        }
        return held < hosts ? Integer.MAX_VALUE : leaves;
    }

    private Optional<OpticalFootprint> equal(int leaves) {
        if (hosts % leaves == 0) {
            Optional<OpticalFootprint> placed = shape(leaves, hosts / leaves, 0);
            if (placed.isPresent()) {
                return placed;
            }
        }
        for (int share = hosts / leaves + 1; share <= (hosts - 1) / (leaves - 1); share++) {
            Optional<OpticalFootprint> placed = shape(leaves - 1, share, hosts - (leaves - 1) * share);
            if (placed.isPresent()) {
                return placed;
            }
        }
        return Optional.empty();
    }

    private Optional<OpticalFootprint> shape(int equal, int share, int rest) {
        int leaves = equal + (rest > 0 ? 1 : 0);
        int[] chosen = new int[leaves];
        int count = 0;
        int remainder = -1;
        for (int leaf : fullFirst) {
            if (rest > 0 && remainder < 0 && fits(leaf, rest) && !(fits(leaf, share) && free[leaf] == share)) {
                remainder = leaf;
            } else if (count < equal && fits(leaf, share)) {
                chosen[count++] = leaf;
            }
        }
        if (count < equal || rest > 0 && remainder < 0) {
            return Optional.empty();
        }
        int[] counts = new int[leaves];
        Arrays.fill(counts, share);
        if (rest > 0) {
            chosen[equal] = remainder;
            counts[equal] = rest;
        }
        return plan(chosen, counts, true);
    }

    private boolean fits(int leaf, int share) {
        return free[leaf] >= share && occupancy.freeUplinks(leaf) >= need.links(share, hosts);
    }

    /** The leaves with fewest free hosts that together have enough, each with as few as the others allow. */
    private Optional<OpticalFootprint> level(int leaves) {
        int held = 0;
        for (int last = 0; last < fullFirst.length; last++) {
            held += free[fullFirst[last]] - (last >= leaves ? free[fullFirst[last - leaves]] : 0);
            if (last >= leaves - 1 && held >= hosts) {
                int[] chosen = new int[leaves];
                int first = last - leaves + 1;
                Arrays.setAll(chosen, place -> fullFirst[first + place]);
                return plan(chosen, shares(chosen), false);
            }
        }
        return Optional.empty();
    }

    private int[] shares(int[] chosen) {
        int[] counts = new int[chosen.length];
        int left = hosts;
        // those with fewest free hosts come first, so what they lack the later ones share
        for (int place = 0; place < chosen.length; place++) {
            counts[place] = Math.min(free[chosen[place]], (left + chosen.length - place - 1) / (chosen.length - place));
            left -= counts[place];
        }
        return counts;
    }

    private Optional<OpticalFootprint> plan(int[] chosen, int[] counts, boolean nested) {
        int[] links = Arrays.stream(counts).map(count -> need.links(count, hosts)).toArray();
        if (!nested) {
            Arrays.fill(links, Arrays.stream(links).max().orElse(0));
        }
        for (int place = 0; place < chosen.length; place++) {
            if (occupancy.freeUplinks(chosen[place]) < links[place]) {
                return Optional.empty();
            }
        }
        tries++;
        StepBudget share = steps.share(most);
        OpticalPlanned planned = PLANNER.plan(occupancy, OpticalNeed.nested(chosen, links), share);
        steps.giveBack(share);
        proven = proven && planned.proven();
        return planned.plan().map(plan -> new OpticalFootprint(chosen, counts, plan));
    }
}
