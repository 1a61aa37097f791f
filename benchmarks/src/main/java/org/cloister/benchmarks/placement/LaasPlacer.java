package org.cloister.benchmarks.placement;

import org.cloister.isolation.allocation.occupancy.Footprint;
import org.cloister.isolation.allocation.occupancy.Occupancy;
import org.cloister.isolation.allocation.placement.LinkNeed;
import org.cloister.isolation.allocation.placement.Placed;
import org.cloister.isolation.allocation.placement.Placer;

/**
 * The rule of LaaS (Zahavi et al., "Links as a Service", ANCS'16): one leaf; else N = R·A + B with R leaves of A hosts
 * and the same A spines, and at most one leaf with B hosts and B of those spines. The fewest leaves first.
 */
public final class LaasPlacer implements Placer {

    /** In leaves looked at, some 100 ns each: a bound that few decisions come to. */
    private static final int STEPS = 100_000;

    /**
     * {@inheritDoc}
     *
     * @param need taken as {@link LinkNeed#hose()}, whatever it is: the rule knows no other
     * @return a finding is not proven; nothing is proven if the search ended, but means LaaS's shapes alone
     */
    @Override
    public Placed place(Occupancy occupancy, int hosts, LinkNeed need) {
        if (occupancy.freeHosts() < hosts) {
            return Placed.nothing(true);
        }
        int leaf = FreeLeaves.bestFit(occupancy, hosts);
        if (leaf >= 0) {
            return Placed.found(FreeLeaves.single(occupancy, leaf, hosts), true);
        }
        CommonSpineSearch search = new CommonSpineSearch(occupancy, STEPS);
        for (int share = Math.min(search.most(), hosts); share > 0; share--) {
            Footprint found = search.find(hosts / share, share, hosts % share);
            if (found != null) {
                return Placed.found(found, false);
            }
        }
        return Placed.nothing(search.exhausted());
    }
}
