package org.cloister.benchmarks.placement;

import org.cloister.isolation.allocation.occupancy.Footprint;

/**
 * The rule of LaaS (Zahavi et al., "Links as a Service", ANCS'16): one leaf; else N = R·A + B with R leaves of A hosts
 * and the same A spines, and at most one leaf with B hosts and B of those spines. The fewest leaves first.
 */
public final class LaasPlacer extends PublishedRule {

    @Override
    Footprint find(CommonSpineSearch search, int hosts) {
        for (int share = Math.min(search.most(), hosts); share > 0; share--) {
            Footprint found = search.find(hosts / share, share, hosts % share);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
