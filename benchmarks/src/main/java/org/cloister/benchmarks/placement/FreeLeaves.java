package org.cloister.benchmarks.placement;

import org.cloister.isolation.allocation.occupancy.Footprint;
import org.cloister.isolation.allocation.occupancy.Occupancy;

/** Leaves by how many of their hosts are free. */
final class FreeLeaves {

    private FreeLeaves() {
    }

    /** Returns the leaf with the fewest free hosts that do; -1 if none has so many. */
    static int bestFit(Occupancy occupancy, int hosts) {
        int best = -1;
        for (int leaf = 0; leaf < occupancy.leaves(); leaf++) {
            int free = occupancy.freeHosts(leaf);
            if (free >= hosts && (best < 0 || free < occupancy.freeHosts(best))) {
                best = leaf;
            }
        }
        return best;
    }

    /** Returns a slice on one leaf. */
    static Footprint single(Occupancy occupancy, int leaf, int hosts) {
        long[][] none = new long[1][occupancy.words()];
        return new Footprint(new int[] {leaf}, new int[] {hosts}, none, none);
    }
}
