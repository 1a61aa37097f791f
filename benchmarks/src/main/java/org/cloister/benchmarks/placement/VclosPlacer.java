package org.cloister.benchmarks.placement;

import org.cloister.isolation.allocation.occupancy.Footprint;

/**
 * The rule of vClos (Han et al., arXiv 2308.05692): one leaf; else an exclusive virtual Clos of s spines and l leaves
 * with N = s·l exactly, s hosts on each leaf. The fewest leaves first.
 */
public final class VclosPlacer extends PublishedRule {

    @Override
    Footprint find(CommonSpineSearch search, int hosts) {
        for (int spines = Math.min(search.most(), hosts / 2); spines > 0; spines--) {
            Footprint found = hosts % spines == 0 ? search.find(hosts / spines, spines, 0) : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
