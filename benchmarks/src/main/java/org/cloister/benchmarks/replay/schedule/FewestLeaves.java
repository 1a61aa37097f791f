package org.cloister.benchmarks.replay.schedule;

import org.cloister.isolation.allocation.occupancy.Footprint;
import org.cloister.isolation.allocation.occupancy.Occupancy;
import org.cloister.isolation.allocation.placement.LinkNeed;
import org.cloister.isolation.allocation.placement.Placed;
import org.cloister.isolation.allocation.placement.Placer;

import java.util.Arrays;

/**
 * Hosts alone: on the leaf with the fewest free that has enough; else on the fewest leaves, those with most free, and
 * the rest on the leaf with the fewest free that has enough for it. Of equal leaves the one with the lowest number.
 */
final class FewestLeaves implements Placer {

    @Override
    public Placed place(Occupancy occupancy, int hosts, LinkNeed need) {
        if (occupancy.freeHosts() < hosts) {
            return Placed.nothing(true);
        }
        int[] shares = new int[occupancy.leaves()];
        int left = hosts;
        int size = 0;
        while (left > 0) {
            int leaf = tightest(occupancy, shares, left);
            if (leaf < 0) {
                leaf = emptiest(occupancy, shares);
            }
            shares[leaf] = Math.min(left, occupancy.freeHosts(leaf));
            left -= shares[leaf];
            size++;
        }
        int[] leaves = new int[size];
        int[] here = new int[size];
        int place = 0;
        for (int leaf = 0; leaf < shares.length; leaf++) {
            if (shares[leaf] > 0) {
                leaves[place] = leaf;
                here[place++] = shares[leaf];
            }
        }
        long[][] none = new long[size][occupancy.words()];
        return Placed.found(new Footprint(leaves, Arrays.copyOf(here, size), none, none), true);
    }

    private static int tightest(Occupancy occupancy, int[] shares, int hosts) {
        int found = -1;
        for (int leaf = 0; leaf < shares.length; leaf++) {
            int free = occupancy.freeHosts(leaf);
            if (shares[leaf] == 0 && free >= hosts && (found < 0 || free < occupancy.freeHosts(found))) {
                found = leaf;
            }
        }
        return found;
    }

    private static int emptiest(Occupancy occupancy, int[] shares) {
        int found = -1;
        for (int leaf = 0; leaf < shares.length; leaf++) {
            if (shares[leaf] == 0 && (found < 0 || occupancy.freeHosts(leaf) > occupancy.freeHosts(found))) {
                found = leaf;
            }
        }
        return found;
    }
}
