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
        int[] pairs = new int[links.length * (links.length - 1)];
        int count = 0;
        for (int from = 0; from < links.length; from++) {
            for (int to = 0; to < links.length; to++) {
                if (from != to) {
                    pairs[count++] = from * links.length + to;
                }
            }
        }
        return search(pairs, count);
    }

    /** Looks at the pairs that were open one choice before; keeps those that still are. */
    private boolean search(int[] before, int count) {
        if (!budget.take(1 + count)) {
            return false;
        }
        int[] open = new int[count];
        int size = 0;
        int narrowest = -1;
        int fewest = Integer.MAX_VALUE;
        for (int at = 0; at < count; at++) {
            int from = before[at] / links.length;
            int to = before[at] % links.length;
            if (!Masks.meet(up[from], down[to])) {
                open[size++] = before[at];
                int options = options(from, to);
                if (options < fewest) {
                    fewest = options;
                    narrowest = before[at];
                }
            }
        }
        return size == 0 || fewest > 0 && branch(narrowest / links.length, narrowest % links.length, open, size);
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

    /** Spines that one of the two has chosen already come first: they cost a link less. */
    private boolean branch(int from, int to, int[] open, int count) {
        for (int links = 1; links <= 2; links++) {
            for (int spine : order) {
                boolean addUp = !Masks.has(up[from], spine);
                boolean addDown = !Masks.has(down[to], spine);
                boolean free = (!addUp || upLeft[from] > 0 && Masks.has(freeUp[from], spine))
                        && (!addDown || downLeft[to] > 0 && Masks.has(freeDown[to], spine));
                if (free && addUp != addDown == (links == 1)) {
                    if (with(from, addUp, to, addDown, spine, open, count)) {
                        return true;
                    }
                    if (budget.spent()) {
                        return false;
                    }
                }
            }
        }
        return false;
    }

    private boolean with(int from, boolean addUp, int to, boolean addDown, int spine, int[] open, int count) {
        if (addUp) {
            Masks.set(up[from], spine);
            upLeft[from]--;
        }
        if (addDown) {
            Masks.set(down[to], spine);
            downLeft[to]--;
        }
        if (search(open, count)) {
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
