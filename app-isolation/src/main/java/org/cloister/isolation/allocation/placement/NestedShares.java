package org.cloister.isolation.allocation.placement;

import java.util.Arrays;

/**
 * Uneven shares whose links can be nested: each leaf's spines lie within those of every leaf that needs more, so that
 * two leaves share as many as the lesser of them needs. Leaf by leaf that one which can take most on the spines that
 * all before it have in common; of equal ones that with the fewest free hosts. Begins at several leaves, the emptiest
 * first; cost is bounded by starts × leaves of the shape × leaves.
 */
final class NestedShares implements ShapeSearch {

    private static final int STARTS = 12;

    private final FreeLeaves free;
    private final int hosts;
    private final LinkNeed need;
    private final int[] places;
    private final int[] shares;
    private final boolean[] chosen;
    private int start;

    NestedShares(FreeLeaves free, int hosts, LinkNeed need) {
        this.free = free;
        this.hosts = hosts;
        this.need = need;
        this.places = new int[free.size()];
        this.shares = new int[free.size()];
        this.chosen = new boolean[free.size()];
    }

    @Override
    public Shape next() {
        while (start < STARTS && start < free.size()) {
            int size = from(free.size() - 1 - start++);
            if (size > 0) {
                return Shape.of(free, places, shares, size);
            }
        }
        return null;
    }

    private int from(int first) {
        Arrays.fill(chosen, false);
        long[] common = new long[free.words()];
        Arrays.fill(common, -1);
        int left = hosts;
        int size = 0;
        for (int best = first; best >= 0; best = left > 0 ? best(common, left) : -1) {
            int share = share(best, common, left);
            if (share == 0) {
                return 0;
            }
            free.retain(best, common);
            chosen[best] = true;
            places[size] = best;
            shares[size++] = share;
            left -= share;
        }
        return left > 0 ? 0 : size;
    }

    private int best(long[] common, int left) {
        int best = -1;
        int most = 0;
        for (int at = 0; at < free.size(); at++) {
            if (free.hosts(at) > most && !chosen[at]) {
                int share = share(at, common, left);
                if (share > most) {
                    best = at;
                    most = share;
                }
            }
        }
        return best;
    }

    /** Returns how many hosts the leaf at a place can take, all of which need a link if they are few. */
    private int share(int at, long[] common, int left) {
        int share = Math.min(free.hosts(at), left);
        int links = need.links(share, hosts);
        int spines = free.common(at, common);
        return links <= spines ? share : Math.min(share, spines);
    }
}
