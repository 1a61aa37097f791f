package org.cloister.isolation.allocation.placement;

import org.cloister.isolation.allocation.occupancy.Masks;
import org.cloister.isolation.allocation.occupancy.Occupancy;

/**
 * Finds links such that between any two leaves, each way, there is a spine: a search over the pair with the fewest
 * spines left to choose from, which is complete unless it runs out of steps.
 */
final class PairCover {

    private final int[] links;
    private final int[] order;
    private final long[][] freeUp;
    private final long[][] freeDown;
    private final long[][] up;
    private final long[][] down;
    private final int[] upLeft;
    private final int[] downLeft;
    private final int words;
    private final Budget budget;

    /**
     * Prepares a search.
     *
     * @param links links to choose at each leaf at most, each way
     * @param order the spines, those to try first before others
     * @param budget of which a step is taken for each pair of leaves that is looked at
     */
    PairCover(Occupancy occupancy, int[] leaves, int[] links, int[] order, Budget budget) {
        this.links = links;
        this.order = order;
        this.budget = budget;
        this.words = occupancy.words();
        this.freeUp = new long[leaves.length][];
        this.freeDown = new long[leaves.length][];
        this.up = new long[leaves.length][words];
        this.down = new long[leaves.length][words];
        this.upLeft = links.clone();
        this.downLeft = links.clone();
        for (int place = 0; place < leaves.length; place++) {
            freeUp[place] = occupancy.up(leaves[place]);
            freeDown[place] = occupancy.down(leaves[place]);
        }
    }

    /** Returns whether links were found. */
    boolean search() {
        if (!budget.take(links.length * links.length)) {
            return false;
        }
        int from = -1;
        int to = -1;
        int fewest = Integer.MAX_VALUE;
        for (int i = 0; i < links.length; i++) {
            for (int j = 0; j < links.length; j++) {
                if (i == j || Masks.meet(up[i], down[j])) {
                    continue;
                }
                int options = options(i, j);
                if (options < fewest) {
                    fewest = options;
                    from = i;
                    to = j;
                }
            }
        }
        return from < 0 || fewest > 0 && branch(from, to);
    }

    /** Returns whether the search saw all there is to see. */
    boolean exhausted() {
        return !budget.spent();
    }

    long[] up(int place) {
        return up[place];
    }

    long[] down(int place) {
        return down[place];
    }

    private boolean branch(int from, int to) {
        for (int spine : order) {
            if (budget.spent()) {
                return false;
            }
            boolean addUp = !Masks.has(up[from], spine);
            boolean addDown = !Masks.has(down[to], spine);
            if (addUp && (upLeft[from] == 0 || !Masks.has(freeUp[from], spine))
                    || addDown && (downLeft[to] == 0 || !Masks.has(freeDown[to], spine))) {
                continue;
            }
            if (addUp) {
                Masks.set(up[from], spine);
                upLeft[from]--;
            }
            if (addDown) {
                Masks.set(down[to], spine);
                downLeft[to]--;
            }
            if (search()) {
                return true;
            }
            if (addUp) {
                Masks.clear(up[from], spine);
                upLeft[from]++;
            }
            if (addDown) {
                Masks.clear(down[to], spine);
                downLeft[to]++;
            }
        }
        return false;
    }

    private int options(int from, int to) {
        int options = 0;
        for (int word = 0; word < words; word++) {
            long ups = upLeft[from] > 0 ? freeUp[from][word] : up[from][word];
            long downs = downLeft[to] > 0 ? freeDown[to][word] : down[to][word];
            options += Long.bitCount(ups & downs);
        }
        return options;
    }
}
