package org.cloister.isolation.proof;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Conditions on a set of links, given as bits: of each of some sets it must hold so many at least. */
final class Cuts {

    private final List<Cut> cuts = new ArrayList<>();

    /** Adds a condition. */
    void add(int links, int atLeast) {
        if (atLeast > 0 && cuts.stream().noneMatch(cut -> cut.links == links && cut.atLeast >= atLeast)) {
            cuts.add(new Cut(links, atLeast));
        }
    }

    /**
     * Returns a smallest set that fulfils all conditions.
     *
     * @param below how many links are too many
     * @return the set, or 0 if there is none so small (nor is the empty one, which fulfils no condition)
     */
    int smallest(int below, Effort effort) {
        int[] best = {0, below};
        cuts.sort(Comparator.comparingInt(cut -> Integer.bitCount(cut.links) - cut.atLeast));
        search(0, 0, best, effort);
        return best[0];
    }

    private void search(int taken, int refused, int[] best, Effort effort) {
        effort.spend();
        int size = Integer.bitCount(taken);
        Cut tightest = null;
        int slack = Integer.MAX_VALUE;
        int counted = 0;
        int needed = 0;
        for (Cut cut : cuts) {
            int missing = cut.atLeast - Integer.bitCount(cut.links & taken);
            if (missing <= 0) {
                continue;
            }
            int open = cut.links & ~taken & ~refused;
            int spare = Integer.bitCount(open) - missing;
            if (spare < 0) {
                return;
            }
            if (spare < slack) {
                slack = spare;
                tightest = cut;
            }
            if ((open & counted) == 0) { // disjoint ones add up
                counted |= open;
                needed += missing;
            }
        }
        if (size + needed >= best[1]) {
            return;
        }
        if (tightest == null) {
            best[0] = taken;
            best[1] = size;
            return;
        }
        int open = tightest.links & ~taken & ~refused;
        int link = open & -open;
        search(taken | link, refused, best, effort);
        search(taken, refused | link, best, effort);
    }

    private static final class Cut {
        private final int links;
        private final int atLeast;

        Cut(int links, int atLeast) {
            this.links = links;
            this.atLeast = atLeast;
        }
    }
}
