package org.cloister.isolation.allocation.optical;

import org.cloister.isolation.allocation.placement.LinkNeed;

import java.util.Optional;

/**
 * Two leaves joined directly: the pair that needs fewest circuits, of these the one that leaves fewest hosts over. One
 * leaf is filled up, so that few hosts are on the other and few circuits are needed.
 */
final class TwoLeaves {

    private TwoLeaves() {
    }

    static Optional<OpticalFootprint> place(OpticalOccupancy occupancy, int hosts, LinkNeed need) {
        FreeUplinks uplinks = new FreeUplinks(occupancy);
        int leaves = occupancy.fabric().leaves();
        int fewest = Integer.MAX_VALUE;
        int least = Integer.MAX_VALUE;
        int full = -1;
        int rest = -1;
        for (int one = 0; one < leaves; one++) {
            int here = Math.min(occupancy.freeHosts(one), hosts - 1);
            if (here == 0) {
                continue;
            }
            int links = need.links(here, hosts);
            if (links > fewest || links > occupancy.freeUplinks(one)) {
                continue;
            }
            for (int other = 0; other < leaves; other++) {
                int over = here + occupancy.freeHosts(other) - hosts;
                if (other != one && over >= 0 && occupancy.freeHosts(other) <= occupancy.freeHosts(one)
                        && (links < fewest || over < least) && uplinks.common(one, other) >= links) {
                    fewest = links;
                    least = over;
                    full = one;
                    rest = other;
                }
            }
        }
        if (full < 0) {
            return Optional.empty();
        }
        int here = Math.min(occupancy.freeHosts(full), hosts - 1);
        int[] pair = {full, rest};
        int[] counts = {here, hosts - here};
        return DirectCircuits.plan(occupancy, full, rest, fewest)
                .map(plan -> new OpticalFootprint(pair, counts, plan));
    }
}
