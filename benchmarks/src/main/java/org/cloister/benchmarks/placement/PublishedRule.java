package org.cloister.benchmarks.placement;

import org.cloister.isolation.allocation.occupancy.Footprint;
import org.cloister.isolation.allocation.occupancy.Occupancy;
import org.cloister.isolation.allocation.placement.LinkNeed;
import org.cloister.isolation.allocation.placement.Placed;
import org.cloister.isolation.allocation.placement.Placer;

/** What published rules have in common: one leaf, else shapes with spines in common; the fewest leaves first. */
abstract class PublishedRule implements Placer {

    /** In leaves looked at, some 100 ns each: a bound that few decisions come to. */
    private static final int STEPS = 100_000;

    /**
     * {@inheritDoc}
     *
     * @param need taken as {@link LinkNeed#hose()}, whatever it is: these rules know no other
     * @return a finding is not proven; nothing is proven if the search ended, but means the rule's shapes alone
     */
    @Override
    public final Placed place(Occupancy occupancy, int hosts, LinkNeed need) {
        if (occupancy.freeHosts() < hosts) {
            return Placed.nothing(true);
        }
        int leaf = FreeLeaves.bestFit(occupancy, hosts);
        if (leaf >= 0) {
            return Placed.found(FreeLeaves.single(occupancy, leaf, hosts), true);
        }
        CommonSpineSearch search = new CommonSpineSearch(occupancy, STEPS);
        Footprint found = find(search, hosts);
        return found != null ? Placed.found(found, false) : Placed.nothing(search.exhausted());
    }

    /** Returns the first of the rule's shapes on several leaves that is free; null if none is. */
    abstract Footprint find(CommonSpineSearch search, int hosts);
}
