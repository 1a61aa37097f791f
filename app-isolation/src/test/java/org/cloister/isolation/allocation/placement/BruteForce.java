package org.cloister.isolation.allocation.placement;

import org.cloister.isolation.allocation.occupancy.Occupancy;

import java.util.ArrayList;
import java.util.List;

/** Tries every share of every leaf, and every set of links: for fabrics of a few leaves and spines. */
final class BruteForce {

    private static final int NONE = Integer.MAX_VALUE;

    private final Occupancy occupancy;
    private final LinkNeed need;
    private final int hosts;
    private final int[] shares;
    private int fewestLeaves = NONE;
    private int fewestLinks = NONE;

    private BruteForce(Occupancy occupancy, int hosts, LinkNeed need) {
        this.occupancy = occupancy;
        this.need = need;
        this.hosts = hosts;
        this.shares = new int[occupancy.leaves()];
    }

    /** Looks at all placements of so many hosts. */
    static BruteForce of(Occupancy occupancy, int hosts, LinkNeed need) {
        BruteForce all = new BruteForce(occupancy, hosts, need);
        all.share(0, hosts);
        return all;
    }

    /** Returns whether there is any. */
    boolean possible() {
        return fewestLeaves < NONE;
    }

    /** Returns the fewest leaves. */
    int leaves() {
        return fewestLeaves;
    }

    /** Returns the fewest directed links on so many leaves. */
    int links() {
        return fewestLinks;
    }

    private void share(int leaf, int left) {
        if (leaf == shares.length) {
            if (left == 0) {
                consider();
            }
            return;
        }
        for (int share = 0; share <= Math.min(left, occupancy.freeHosts(leaf)); share++) {
            shares[leaf] = share;
            share(leaf + 1, left - share);
        }
        shares[leaf] = 0;
    }

    private void consider() {
        List<Integer> leaves = new ArrayList<>();
        int links = 0;
        for (int leaf = 0; leaf < shares.length; leaf++) {
            if (shares[leaf] > 0) {
                leaves.add(leaf);
                links += 2 * need.links(shares[leaf], hosts);
            }
        }
        boolean better = leaves.size() < fewestLeaves || leaves.size() == fewestLeaves && links < fewestLinks;
        if (better && linked(leaves, new ArrayList<>(), new ArrayList<>())) {
            fewestLeaves = leaves.size();
            fewestLinks = links;
        }
    }

    /** Returns whether links can be chosen for all leaves, given those of the first. */
    private boolean linked(List<Integer> leaves, List<Long> up, List<Long> down) {
        if (leaves.size() == 1 || up.size() == leaves.size()) {
            return true;
        }
        int leaf = leaves.get(up.size());
        int links = need.links(shares[leaf], hosts);
        for (long ups : subsets(occupancy.up(leaf)[0], links)) {
            if (down.stream().anyMatch(other -> (other & ups) == 0)) {
                continue;
            }
            for (long downs : subsets(occupancy.down(leaf)[0], links)) {
                if (up.stream().noneMatch(other -> (other & downs) == 0)) {
                    up.add(ups);
                    down.add(downs);
                    boolean linked = linked(leaves, up, down);
                    up.remove(up.size() - 1);
                    down.remove(down.size() - 1);
                    if (linked) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static List<Long> subsets(long all, int size) {
        List<Long> subsets = new ArrayList<>();
        for (long subset = all; subset != 0; subset = subset - 1 & all) {
            if (Long.bitCount(subset) == size) {
                subsets.add(subset);
            }
        }
        return subsets;
    }
}
