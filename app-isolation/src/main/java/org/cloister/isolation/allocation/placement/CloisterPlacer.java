package org.cloister.isolation.allocation.placement;

import org.cloister.isolation.allocation.occupancy.Footprint;
import org.cloister.isolation.allocation.occupancy.Occupancy;

import java.util.Iterator;

/**
 * Cloister's rule: one leaf, the fullest that does; else equal shares on common spines, then uneven ones, nested if
 * possible; at each leaf exactly the links that are needed, and between any two leaves, each way, a spine.
 */
public final class CloisterPlacer implements Placer {

    /**
     * {@inheritDoc}
     *
     * @return a finding is proven if the hosts alone allow no fewer leaves, nor as many with fewer links; nothing is
     *         proven if too few hosts are free or if the search saw all there is
     */
    @Override
    public Placed place(Occupancy occupancy, int hosts, LinkNeed need) {
        if (occupancy.freeHosts() < hosts) {
            return Placed.nothing(true);
        }
        SliceShapes shapes = new SliceShapes(occupancy, hosts, need);
        if (!shapes.hasNext()) {
            return Placed.nothing(shapes.exhausted());
        }
        Footprint found = shapes.next();
        return Placed.found(found, shapes.isLeast(found));
    }

    /**
     * Returns what could be chosen, the preferred first, of which {@link #place} returns the first: for callers whose
     * slices need more than links between any two leaves, and who try several. Each is worked out when it is asked for;
     * none comes twice; they are few, not all there are. The occupancy must not change meanwhile.
     */
    public static Iterator<Footprint> candidates(Occupancy occupancy, int hosts, LinkNeed need) {
        return new SliceShapes(occupancy, hosts, need);
    }
}
