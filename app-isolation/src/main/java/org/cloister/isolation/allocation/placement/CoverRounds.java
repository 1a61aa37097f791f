package org.cloister.isolation.allocation.placement;

import org.cloister.isolation.allocation.occupancy.Masks;
import org.cloister.isolation.allocation.occupancy.Occupancy;

import java.util.Arrays;

/**
 * Improves links until there is a spine between any two leaves, each way: in turn all leaves choose their links up,
 * given the links down of the others, then all their links down, given those up. A leaf takes the spine by which it
 * reaches most of those not reached yet, where pairs count the more the longer they have been without one. Finds what
 * {@link PairCover} would need too long for, but proves nothing.
 */
final class CoverRounds {

    private static final int ROUNDS = 24;
    /** Looking at a spine once more takes a fraction of a step. */
    private static final int SPINES_PER_STEP = 4;

    private final Occupancy occupancy;
    private final int[] leaves;
    private final int[] links;
    private final int[] order;
    private final Budget budget;
    private final int[][] weights;
    private final int[] gains;
    private final boolean[] reached;

    CoverRounds(Occupancy occupancy, int[] leaves, int[] links, int[] order, Budget budget) {
        this.occupancy = occupancy;
        this.leaves = leaves;
        this.links = links;
        this.order = order;
        this.budget = budget;
        this.weights = new int[leaves.length][leaves.length];
        this.gains = new int[occupancy.spines()];
        this.reached = new boolean[leaves.length];
        for (int[] row : weights) {
            Arrays.fill(row, 1);
        }
    }

    /**
     * Chooses anew; the sets keep their sizes.
     *
     * @param up by place in the leaves, what to begin with; changed
     * @param down likewise
     * @return whether any two leaves are joined now
     */
    boolean improve(long[][] up, long[][] down) {
        int looks = 0;
        for (int each : links) {
            looks += each * order.length;
        }
        int steps = 4 * links.length * links.length + looks / SPINES_PER_STEP;
        for (int round = 0; round < ROUNDS && budget.take(steps); round++) {
            for (int place = 0; place < links.length; place++) {
                up[place] = choose(place, occupancy.up(leaves[place]), down, true);
            }
            for (int place = 0; place < links.length; place++) {
                down[place] = choose(place, occupancy.down(leaves[place]), up, false);
            }
            if (weigh(up, down)) {
                return true;
            }
        }
        return false;
    }

    private long[] choose(int place, long[] free, long[][] others, boolean upwards) {
        Arrays.fill(gains, 0);
        Arrays.fill(reached, false);
        reached[place] = true;
        for (int other = 0; other < others.length; other++) {
            if (other != place) {
                add(others[other], free, upwards ? weights[place][other] : weights[other][place]);
            }
        }
        long[] chosen = new long[free.length];
        for (int left = links[place]; left > 0; left--) {
            int best = -1;
            for (int spine : order) {
                if (Masks.has(free, spine) && !Masks.has(chosen, spine)
                        && (best < 0 || gains[spine] > gains[best])) {
                    best = spine;
                }
            }
            Masks.set(chosen, best);
            for (int other = 0; other < others.length; other++) {
                if (!reached[other] && Masks.has(others[other], best)) {
                    reached[other] = true;
                    add(others[other], free, -(upwards ? weights[place][other] : weights[other][place]));
                }
            }
        }
        return chosen;
    }

    private void add(long[] set, long[] free, int weight) {
        for (int word = 0; word < set.length; word++) {
            for (long bits = set[word] & free[word]; bits != 0; bits &= bits - 1) {
                gains[(word << 6) + Long.numberOfTrailingZeros(bits)] += weight;
            }
        }
    }

    private boolean weigh(long[][] up, long[][] down) {
        boolean all = true;
        for (int from = 0; from < up.length; from++) {
            for (int to = 0; to < down.length; to++) {
                if (from != to && !Masks.meet(up[from], down[to])) {
                    weights[from][to]++;
                    all = false;
                }
            }
        }
        return all;
    }
}
