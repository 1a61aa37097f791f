package org.cloister.benchmarks.placement;

import org.cloister.isolation.allocation.occupancy.Footprint;
import org.cloister.isolation.allocation.occupancy.Occupancy;
import org.cloister.isolation.allocation.placement.LinkNeed;
import org.cloister.isolation.allocation.placement.Placed;
import org.cloister.isolation.allocation.placement.Placer;

/**
 * Hosts alone, without any link: what no rule that reserves links can beat. One leaf, the fullest that does; else the
 * emptiest leaves.
 */
public final class HostsOnlyPlacer implements Placer {

    @Override
    public Placed place(Occupancy occupancy, int hosts, LinkNeed need) {
        if (occupancy.freeHosts() < hosts) {
            return Placed.nothing(true);
        }
        int leaf = FreeLeaves.bestFit(occupancy, hosts);
        if (leaf >= 0) {
            return Placed.found(FreeLeaves.single(occupancy, leaf, hosts), true);
        }
        int[] byFree = occupancy.leavesByFreeHosts();
        int[] shares = new int[occupancy.leaves()];
        int left = hosts;
        int size = 0;
        for (int at = byFree.length - 1; left > 0; at--) {
            shares[byFree[at]] = Math.min(left, occupancy.freeHosts(byFree[at]));
            left -= shares[byFree[at]];
            size++;
        }
        int[] leaves = new int[size];
        int[] here = new int[size];
        size = 0;
        for (int next = 0; next < shares.length; next++) {
            if (shares[next] > 0) {
                leaves[size] = next;
                here[size++] = shares[next];
            }
        }
        long[][] none = new long[size][occupancy.words()];
        return Placed.found(new Footprint(leaves, here, none, none), true);
    }
}
