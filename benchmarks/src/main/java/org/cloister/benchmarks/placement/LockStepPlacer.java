package org.cloister.benchmarks.placement;

import org.cloister.isolation.allocation.occupancy.Footprint;
import org.cloister.isolation.allocation.occupancy.Masks;
import org.cloister.isolation.allocation.occupancy.Occupancy;
import org.cloister.isolation.allocation.placement.CloisterPlacer;
import org.cloister.isolation.allocation.placement.LinkNeed;
import org.cloister.isolation.allocation.placement.Placed;
import org.cloister.isolation.allocation.placement.Placer;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;

/**
 * Cloister's shapes, each with the links that patterns get which fill a leaf's links in one step. As many links as
 * hosts can fill, and a spine between any two leaves, which is what {@link CloisterPlacer} looks for, do not keep flows
 * apart: three leaves with 2, 1 and 1 hosts may then have one spine in common in pairs. What does is as many spines in
 * common to all leaves, up and down, as the fullest leaf fills: each step is coloured like a bipartite graph (Kőnig).
 * A remainder on fewer spines, as in LaaS, would do for one step at a time; but where ways stay as they are from step
 * to step it is seldom so, and the application's allocator takes as many links at the remainder's leaf as elsewhere.
 *
 * <p>A ring over ranks that are dealt out leaf by leaf needs one link at each leaf, and gets what it asks for.
 */
public final class LockStepPlacer implements Placer {

    /** How many shapes are looked at. */
    private static final int CANDIDATES = 16;

    /**
     * {@inheritDoc}
     *
     * @return a finding is not proven beyond one leaf; nothing is proven if there is no shape at all
     */
    @Override
    public Placed place(Occupancy occupancy, int hosts, LinkNeed need) {
        Placed first = new CloisterPlacer().place(occupancy, hosts, need);
        if (first.footprint().isEmpty() || first.footprint().get().size() == 1 || need.links(hosts, 2 * hosts) == 1) {
            return first;
        }
        Iterator<Footprint> candidates = CloisterPlacer.candidates(occupancy, hosts, need);
        for (int tried = 0; tried < CANDIDATES && candidates.hasNext(); tried++) {
            Footprint shape = candidates.next();
            Optional<Footprint> found = inCommon(occupancy, shape, need);
            if (found.isPresent()) {
                return Placed.found(found.get(), false);
            }
        }
        return Placed.nothing(false);
    }

    /** As many spines in common to all leaves as the fullest one fills. */
    private static Optional<Footprint> inCommon(Occupancy occupancy, Footprint shape, LinkNeed need) {
        long[] common = Masks.first(occupancy.spines());
        int links = 0;
        int[] leaves = new int[shape.size()];
        int[] hosts = new int[shape.size()];
        for (int place = 0; place < shape.size(); place++) {
            leaves[place] = shape.leaf(place);
            hosts[place] = shape.hosts(place);
            Masks.retain(common, free(occupancy, shape.leaf(place)));
            links = Math.max(links, need.links(shape.hosts(place), shape.hosts()));
        }
        if (Masks.count(common) < links) {
            return Optional.empty();
        }
        long[][] masks = new long[shape.size()][];
        Arrays.fill(masks, Masks.lowest(common, links));
        return Optional.of(new Footprint(leaves, hosts, masks, masks));
    }

    private static long[] free(Occupancy occupancy, int leaf) {
        return Masks.and(occupancy.up(leaf), occupancy.down(leaf));
    }
}
