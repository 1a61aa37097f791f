package org.cloister.isolation.allocation.placement;

import org.cloister.isolation.allocation.occupancy.Occupancy;

/**
 * What one search looks at: the leaves with free hosts, those with the fewest first (equal ones by number), and the
 * spines to and from which each has a free link. Made once for a decision; costs the leaves.
 */
final class FreeLeaves {

    private final int words;
    private final int[] leaves;
    private final int[] hosts;
    private final int[] spines;
    private final long[] masks;

    FreeLeaves(Occupancy occupancy) {
        this.words = occupancy.words();
        this.leaves = occupancy.leavesByFreeHosts();
        this.hosts = new int[leaves.length];
        this.spines = new int[leaves.length];
        this.masks = new long[leaves.length * words];
        for (int at = 0; at < leaves.length; at++) {
            hosts[at] = occupancy.freeHosts(leaves[at]);
            long[] up = occupancy.up(leaves[at]);
            long[] down = occupancy.down(leaves[at]);
            for (int word = 0; word < words; word++) {
                long both = up[word] & down[word];
                masks[at * words + word] = both;
                spines[at] += Long.bitCount(both);
            }
        }
    }

    /** Returns how many leaves there are. */
    int size() {
        return leaves.length;
    }

    /** Returns how many words a mask has. */
    int words() {
        return words;
    }

    /** Returns the number in the fabric of the leaf at a place. */
    int leaf(int at) {
        return leaves[at];
    }

    /** Returns how many hosts are free on the leaf at a place. */
    int hosts(int at) {
        return hosts[at];
    }

    /** Returns to and from how many spines the leaf at a place has free links, both ways. */
    int spines(int at) {
        return spines[at];
    }

    /** Returns how many spines of a mask are free to the leaf at a place, both ways. */
    int common(int at, long[] mask) {
        if (words == 1) {
            return Long.bitCount(masks[at] & mask[0]);
        }
        int count = 0;
        for (int word = 0; word < words; word++) {
            count += Long.bitCount(masks[at * words + word] & mask[word]);
        }
        return count;
    }

    /** Returns whether a spine is free to the leaf at a place, both ways. */
    boolean has(int at, int spine) {
        return (masks[at * words + (spine >>> 6)] >>> spine & 1) != 0;
    }

    /** Clears in a mask what is not free to the leaf at a place. */
    void retain(int at, long[] mask) {
        for (int word = 0; word < words; word++) {
            mask[word] &= masks[at * words + word];
        }
    }

    /** Returns the first place with at least so many free hosts; the size if there is none. */
    int firstWith(int count) {
        int low = 0;
        int high = leaves.length;
        while (low < high) {
            int middle = low + high >>> 1;
            if (hosts[middle] < count) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Returns how many leaves so many hosts need at least; more than there are if they have fewer. */
    int fewest(int count) {
        int left = count;
        int at = leaves.length;
        while (left > 0 && at > 0) {
            left -= hosts[--at];
        }
        return leaves.length - at + (left > 0 ? 1 : 0);
    }

    /**
     * Returns the fewest links, one way, that so many hosts can need on as few leaves as they can be on. The need is
     * concave in a leaf's share, so that the most uneven shares need least: all that the emptiest leaves have.
     */
    int leastLinks(int count, LinkNeed need) {
        int links = 0;
        for (int at = leaves.length - 1, left = count; left > 0 && at >= 0; at--) {
            int share = Math.min(left, hosts[at]);
            links += need.links(share, count);
            left -= share;
        }
        return links;
    }
}
