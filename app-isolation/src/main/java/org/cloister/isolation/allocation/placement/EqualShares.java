package org.cloister.isolation.allocation.placement;

import java.util.Arrays;

/**
 * R leaves with A hosts each, and at most one more with the remaining B, on common spines (LaaS, Zahavi et al.,
 * ANCS'16): every permutation of the members has a contention-free route. The fewest leaves first; leaves that are
 * nearly full before emptier ones.
 *
 * <p>Leaves are taken in order as long as enough spines stay common to them, from several that the search starts at;
 * if that ends short of R, those are taken that leave most spines common. No way back: cost is bounded by starts ×
 * leaves, and by starts × R × leaves.
 */
final class EqualShares implements ShapeSearch {

    private static final int STARTS = 8;
    private static final int WIDE_STARTS = 2;

    private final FreeLeaves free;
    private final int hosts;
    private final LinkNeed need;
    private final int[] places;
    private final long[] common;
    private final int most;
    private int share;

    /**
     * Prepares a search.
     *
     * @param most how many leaves the shapes may have
     */
    EqualShares(FreeLeaves free, int hosts, LinkNeed need, int most) {
        this.most = most;
        this.free = free;
        this.hosts = hosts;
        this.need = need;
        this.places = new int[free.size() + 1];
        this.common = new long[free.words()];
        this.share = free.size() == 0 ? 0 : Math.min(hosts, free.hosts(free.size() - 1));
    }

    @Override
    public Shape next() {
        while (share > 0) {
            int equal = hosts / share;
            int rest = hosts % share;
            Shape found = equal + (rest > 0 ? 1 : 0) <= most ? find(equal, share, rest) : null;
            share--;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private Shape find(int equal, int here, int rest) {
        int links = need.links(here, hosts);
        int first = free.firstWith(here);
        if (free.size() - first < equal) {
            return null;
        }
        int starts = 0;
        for (int start = first; start <= free.size() - equal && starts < STARTS; start++) {
            if (free.spines(start) < links) {
                continue;
            }
            starts++;
            int other = inOrder(start, equal, links) || starts <= WIDE_STARTS && widest(first, start, equal, links)
                    ? remainder(equal, rest) : -1;
            if (other >= 0) {
                return shape(equal, here, rest, other);
            }
        }
        return null;
    }

    private boolean inOrder(int start, int equal, int links) {
        begin(start);
        int size = 1;
        for (int at = start + 1; size < equal && at < free.size(); at++) {
            if (free.common(at, common) >= links) {
                free.retain(at, common);
                places[size++] = at;
            }
        }
        return size == equal;
    }

    private boolean widest(int first, int start, int equal, int links) {
        begin(start);
        for (int size = 1; size < equal; size++) {
            int best = -1;
            int most = links - 1;
            for (int at = first; at < free.size(); at++) {
                int spines = free.common(at, common);
                if (spines > most && !chosen(at, size)) {
                    best = at;
                    most = spines;
                }
            }
            if (best < 0) {
                return false;
            }
            free.retain(best, common);
            places[size] = best;
        }
        return true;
    }

    private void begin(int start) {
        Arrays.fill(common, -1);
        free.retain(start, common);
        places[0] = start;
    }

    /** Returns the place of a leaf for the remainder; the size if none is needed, -1 if none has enough. */
    private int remainder(int equal, int rest) {
        if (rest == 0) {
            return free.size();
        }
        int links = need.links(rest, hosts);
        for (int at = free.firstWith(rest); at < free.size(); at++) {
            if (free.common(at, common) >= links && !chosen(at, equal)) {
                return at;
            }
        }
        return -1;
    }

    private boolean chosen(int place, int size) {
        for (int at = 0; at < size; at++) {
            if (places[at] == place) {
                return true;
            }
        }
        return false;
    }

    private Shape shape(int equal, int here, int rest, int other) {
        int[] shares = new int[equal + 1];
        Arrays.fill(shares, here);
        shares[equal] = rest;
        places[equal] = other;
        return Shape.of(free, places, shares, rest > 0 ? equal + 1 : equal);
    }
}
