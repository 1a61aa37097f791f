package org.cloister.benchmarks.placement;

import org.cloister.isolation.allocation.occupancy.Footprint;
import org.cloister.isolation.allocation.occupancy.Occupancy;
import org.cloister.isolation.allocation.placement.LinkNeed;
import org.cloister.isolation.allocation.placement.Placed;
import org.cloister.isolation.allocation.placement.Placer;

/**
 * The rule of vClos (Han et al., arXiv 2308.05692): one leaf; else an exclusive virtual Clos of s spines and l leaves
 * with N = s·l exactly, s hosts on each leaf. The fewest leaves first.
 */
public final class VclosPlacer implements Placer {

    /** In leaves looked at, some 100 ns each: a bound that few decisions come to. */
    private static final int STEPS = 100_000;

    /**
     * {@inheritDoc}
     *
     * @param need taken as {@link LinkNeed#hose()}, whatever it is: the rule knows no other
     * @return a finding is not proven; nothing is proven if the search ended, but means vClos's shapes alone
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
        for (int spines = Math.min(search.most(), hosts / 2); spines > 0; spines--) {
            Footprint found = hosts % spines == 0 ? search.find(hosts / spines, spines, 0) : null;
            if (found != null) {
                return Placed.found(found, false);
            }
        }
        return Placed.nothing(search.exhausted());
    }
}
