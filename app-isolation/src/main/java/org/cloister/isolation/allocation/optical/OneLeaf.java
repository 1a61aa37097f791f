package org.cloister.isolation.allocation.optical;

import java.util.Optional;

/** The leaf that fits best: no circuit is needed. */
final class OneLeaf {

    private OneLeaf() {
    }

    static Optional<OpticalFootprint> place(OpticalOccupancy occupancy, int hosts) {
        int best = -1;
        for (int leaf = 0; leaf < occupancy.fabric().leaves(); leaf++) {
            int free = occupancy.freeHosts(leaf);
            if (free >= hosts && (best < 0 || free < occupancy.freeHosts(best))) {
                best = leaf;
            }
        }
        return best < 0 ? Optional.empty() : Optional.of(
                new OpticalFootprint(new int[] {best}, new int[] {hosts}, OpticalPlan.none()));
    }
}
