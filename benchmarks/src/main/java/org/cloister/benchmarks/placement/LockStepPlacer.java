package org.cloister.benchmarks.placement;

import org.cloister.isolation.allocation.occupancy.Footprint;
import org.cloister.isolation.allocation.occupancy.Masks;
import org.cloister.isolation.allocation.occupancy.Occupancy;
import org.cloister.isolation.allocation.placement.CloisterPlacer;
import org.cloister.isolation.allocation.placement.LinkNeed;
import org.cloister.isolation.allocation.placement.Placed;
import org.cloister.isolation.allocation.placement.Placer;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Cloister's shapes, each with the links that patterns get which fill a leaf's links in one step. As many links as
 * hosts can fill, and a spine between any two leaves, which is what {@link CloisterPlacer} looks for, do not keep flows
 * apart: three leaves with 2, 1 and 1 hosts may then have one spine in common in pairs. What does is as many spines in
 * common to all leaves, up and down, as the fullest leaf fills: each step is coloured like a bipartite graph (Kőnig).
 * Where ways stay as they are from step to step a remainder on fewer spines is seldom enough: the application's
 * allocator takes as many links at its leaf as elsewhere.
 *
 * <p>What a slice gets depends on what its tenant says. A ring over ranks that are dealt out leaf by leaf needs one link
 * at each leaf, and gets what it asks for. Who says nothing ({@link LinkNeed#hose()}) gets as many links as hosts can
 * fill; of these shapes only equal shares with at most one remainder, nested, on which any one permutation can be
 * routed without contention, as LaaS has it (Zahavi et al., ANCS'16); else as above.
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
            Optional<Footprint> found = nested(occupancy, shape, need)
                    .or(() -> inCommon(occupancy, shape, need));
            if (found.isPresent()) {
                return Placed.found(found.get(), false);
            }
        }
        return Placed.nothing(false);
    }

    /** Equal shares on the same spines, and a remainder on some of these. */
    private static Optional<Footprint> nested(Occupancy occupancy, Footprint shape, LinkNeed need) {
        int[] byShare = IntStream.range(0, shape.size()).boxed()
                .sorted(Comparator.comparingInt(shape::hosts)).mapToInt(place -> place).toArray();
        int rest = byShare[0];
        int share = shape.hosts(byShare[shape.size() - 1]);
        if (need != LinkNeed.hose() || shape.hosts(rest) == share || shape.hosts(byShare[1]) < share && shape.size() > 2) {
            return Optional.empty();
        }
        long[] common = Masks.first(occupancy.spines());
        for (int place = 0; place < shape.size(); place++) {
            Masks.retain(common, place == rest ? common : free(occupancy, shape.leaf(place)));
        }
        int links = need.links(share, shape.hosts());
        int fewer = need.links(shape.hosts(rest), shape.hosts());
        long[] ofRest = Masks.lowest(Masks.and(common, free(occupancy, shape.leaf(rest))), fewer);
        if (Masks.count(common) < links || Masks.count(ofRest) < fewer) {
            return Optional.empty();
        }
        long[] others = common.clone();
        for (int word = 0; word < others.length; word++) {
            others[word] &= ~ofRest[word];
        }
        long[] spines = Masks.lowest(others, links - fewer);
        for (int word = 0; word < spines.length; word++) {
            spines[word] |= ofRest[word];
        }
        long[][] masks = new long[shape.size()][];
        Arrays.fill(masks, spines);
        masks[rest] = ofRest;
        return Optional.of(on(shape, masks));
    }

    /** As many spines in common to all leaves as the fullest one fills. */
    private static Optional<Footprint> inCommon(Occupancy occupancy, Footprint shape, LinkNeed need) {
        long[] common = Masks.first(occupancy.spines());
        int links = 0;
        for (int place = 0; place < shape.size(); place++) {
            Masks.retain(common, free(occupancy, shape.leaf(place)));
            links = Math.max(links, need.links(shape.hosts(place), shape.hosts()));
        }
        if (Masks.count(common) < links) {
            return Optional.empty();
        }
        long[][] masks = new long[shape.size()][];
        Arrays.fill(masks, Masks.lowest(common, links));
        return Optional.of(on(shape, masks));
    }

    private static Footprint on(Footprint shape, long[][] masks) {
        int[] leaves = new int[shape.size()];
        int[] hosts = new int[shape.size()];
        Arrays.setAll(leaves, shape::leaf);
        Arrays.setAll(hosts, shape::hosts);
        return new Footprint(leaves, hosts, masks, masks);
    }

    private static long[] free(Occupancy occupancy, int leaf) {
        return Masks.and(occupancy.up(leaf), occupancy.down(leaf));
    }
}
