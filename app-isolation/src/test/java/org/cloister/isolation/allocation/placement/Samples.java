package org.cloister.isolation.allocation.placement;

import org.cloister.isolation.allocation.occupancy.Footprint;
import org.cloister.isolation.allocation.occupancy.Masks;
import org.cloister.isolation.allocation.occupancy.Occupancy;

import java.util.SplittableRandom;

/** Fabrics of which something is taken, at random, and what must hold for whatever is placed on them. */
final class Samples {

    private Samples() {
    }

    /**
     * Returns a fabric of which about a share of the hosts and of the links is taken, links down and up alike or not.
     */
    static Occupancy occupancy(SplittableRandom random, int leaves, int hosts, int spines, double taken) {
        Occupancy occupancy = Occupancy.empty(leaves, hosts, spines);
        boolean alike = random.nextBoolean();
        for (int leaf = 0; leaf < leaves; leaf++) {
            long[] up = some(random, spines, taken);
            long[] down = alike ? up : some(random, spines, taken);
            occupancy.take(new Footprint(new int[] {leaf}, new int[] {Masks.count(some(random, hosts, taken))},
                    new long[][] {up}, new long[][] {down}));
        }
        return occupancy;
    }

    private static long[] some(SplittableRandom random, int bits, double share) {
        long[] some = new long[Masks.words(bits)];
        for (int bit = 0; bit < bits; bit++) {
            if (random.nextDouble() < share) {
                Masks.set(some, bit);
            }
        }
        return some;
    }

    /** Returns what is wrong with a footprint; empty if it is free, as big as asked, needs met and leaves joined. */
    static String fault(Occupancy occupancy, Footprint found, int hosts, LinkNeed need) {
        if (found.hosts() != hosts) {
            return found.hosts() + " hosts for " + hosts + ": " + found;
        }
        for (int place = 0; place < found.size(); place++) {
            int leaf = found.leaf(place);
            int links = need.links(found.hosts(place), hosts);
            if (place > 0 && found.leaf(place - 1) >= leaf) {
                return "leaves are not ascending: " + found;
            }
            if (found.hosts(place) < 1 || found.hosts(place) > occupancy.freeHosts(leaf)) {
                return "of " + occupancy.freeHosts(leaf) + " free hosts of leaf " + leaf + ": " + found;
            }
            if (Masks.count(found.up(place)) != links || Masks.count(found.down(place)) != links) {
                return "not " + links + " links each way at leaf " + leaf + ": " + found;
            }
            if (Masks.common(found.up(place), occupancy.up(leaf)) != links
                    || Masks.common(found.down(place), occupancy.down(leaf)) != links) {
                return "links of leaf " + leaf + " that are not free: " + found;
            }
            for (int other = 0; other < found.size(); other++) {
                if (other != place && !Masks.meet(found.up(place), found.down(other))) {
                    return "no way from leaf " + leaf + " to leaf " + found.leaf(other) + ": " + found;
                }
            }
        }
        return "";
    }
}
