package org.cloister.isolation.allocation.placement;

import org.cloister.isolation.allocation.occupancy.Masks;
import org.cloister.isolation.allocation.occupancy.Occupancy;

/**
 * The order in which leaves of one slice should choose spines so that what they choose overlaps as much as can be: all
 * leaves follow the same order, each with what is free to it.
 *
 * <p>With the leaves that need most first, a spine that is free to the first j of them stands before one that is free
 * to fewer. Where sets can be nested, each within that of every leaf that needs more, this order nests them; spines
 * that are free to all come first in any case. Otherwise those go first that are free to most leaves.
 */
final class SpineRanking {

    private final int[] order;
    private final int words;

    /**
     * Ranks the spines.
     *
     * @param byNeed places in {@code leaves}, those that need most links first
     * @param links links needed, by place in {@code leaves}
     */
    SpineRanking(Occupancy occupancy, int[] leaves, int[] byNeed, int[] links) {
        int spines = occupancy.spines();
        this.words = occupancy.words();
        int[] depth = new int[spines];
        int[] count = new int[spines];
        int[] nested = new int[leaves.length];
        for (int spine = 0; spine < spines; spine++) {
            boolean unbroken = true;
            for (int at = 0; at < byNeed.length; at++) {
                int leaf = leaves[byNeed[at]];
                boolean up = Masks.has(occupancy.up(leaf), spine);
                boolean down = Masks.has(occupancy.down(leaf), spine);
                count[spine] += (up ? 1 : 0) + (down ? 1 : 0);
                unbroken &= up && down;
                if (unbroken) {
                    depth[spine]++;
                    nested[at]++;
                }
            }
        }
        boolean nests = true;
        for (int at = 0; at < byNeed.length; at++) {
            nests &= nested[at] >= links[byNeed[at]];
        }
        int all = 2 * leaves.length + 1;
        int[] rank = new int[spines];
        for (int spine = 0; spine < spines; spine++) {
            rank[spine] = nests ? depth[spine] * all + count[spine] : count[spine];
        }
        this.order = descending(rank);
    }

    /** Insertion sort: spines are few, and equal ones keep their order. */
    static int[] descending(int[] rank) {
        int[] order = new int[rank.length];
        for (int next = 0; next < rank.length; next++) {
            int place = next;
            while (place > 0 && rank[order[place - 1]] < rank[next]) {
                order[place] = order[place - 1];
                place--;
            }
            order[place] = next;
        }
        return order;
    }

    /** Returns the spines, best first. */
    int[] order() {
        return order;
    }

    /** Returns a set that was begun with, filled up to so many spines with the best that are free. */
    long[] fill(long[] begun, long[] free, int count) {
        long[] chosen = begun == null ? new long[words] : begun.clone();
        int left = count - Masks.count(chosen);
        for (int at = 0; left > 0 && at < order.length; at++) {
            int spine = order[at];
            if (Masks.has(free, spine) && !Masks.has(chosen, spine)) {
                Masks.set(chosen, spine);
                left--;
            }
        }
        return chosen;
    }
}
