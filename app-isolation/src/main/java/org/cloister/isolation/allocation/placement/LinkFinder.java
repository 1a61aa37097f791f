package org.cloister.isolation.allocation.placement;

import org.cloister.isolation.allocation.occupancy.Footprint;
import org.cloister.isolation.allocation.occupancy.Masks;
import org.cloister.isolation.allocation.occupancy.Occupancy;

/**
 * Chooses links for given leaves with given shares: at each leaf exactly as many up and down as are needed, so that
 * between any two leaves, each way, there is a spine with a link up from the one and a link down to the other.
 *
 * <p>The sets are made to overlap as much as can be, nested if possible: the more spines two leaves share, the fewer
 * flows are pinned to one link. If some spine is free to all leaves the answer takes leaves × spines; if none is,
 * {@link CoverRounds} and then {@link PairCover} search within a budget of steps.
 */
public final class LinkFinder {

    /** See {@link Budget}: some milliseconds at most, on 64 leaves without a spine in common. */
    private static final int STEPS = 200_000;

    private LinkFinder() {
    }

    /**
     * Chooses the links.
     *
     * @param leaves the leaves' numbers, ascending
     * @param hosts how many hosts on each of them, at least one; whether they are free is the caller's business
     * @return what was found; it is proven always, as no fewer links meet the need. Nothing, proven if no such sets
     *         are free, else because the search ended at its budget
     */
    public static Placed find(Occupancy occupancy, int[] leaves, int[] hosts, LinkNeed need) {
        return find(occupancy, leaves, hosts, need, new Budget(STEPS));
    }

    static Placed find(Occupancy occupancy, int[] leaves, int[] hosts, LinkNeed need, Budget budget) {
        int all = 0;
        for (int share : hosts) {
            all += share;
        }
        int[] links = new int[leaves.length];
        for (int place = 0; place < leaves.length; place++) {
            links[place] = need.links(hosts[place], all);
            if (links[place] > Masks.count(occupancy.up(leaves[place]))
                    || links[place] > Masks.count(occupancy.down(leaves[place]))) {
                return Placed.nothing(true);
            }
        }
        budget.take(leaves.length * occupancy.spines());
        SpineRanking ranking = new SpineRanking(occupancy, leaves, SpineRanking.descending(links), links);
        long[][] up = new long[leaves.length][];
        long[][] down = new long[leaves.length][];
        for (int place = 0; place < leaves.length; place++) {
            up[place] = ranking.fill(null, occupancy.up(leaves[place]), links[place]);
            down[place] = ranking.fill(null, occupancy.down(leaves[place]), links[place]);
        }
        if (!allMeet(up, down)) {
            if (!everyPairHasASpine(occupancy, leaves)) {
                return Placed.nothing(true);
            }
            CoverRounds rounds = new CoverRounds(occupancy, leaves, links, ranking.order(), budget);
            if (!rounds.improve(up, down)) {
                return search(occupancy, leaves, hosts, links, ranking, budget);
            }
        }
        return Placed.found(new Footprint(leaves, hosts, up, down), true);
    }

    private static Placed search(Occupancy occupancy, int[] leaves, int[] hosts, int[] links, SpineRanking ranking,
            Budget budget) {
        PairCover cover = new PairCover(occupancy, leaves, links, ranking.order(), budget);
        if (!cover.search()) {
            return Placed.nothing(cover.exhausted());
        }
        long[][] up = new long[leaves.length][];
        long[][] down = new long[leaves.length][];
        for (int place = 0; place < leaves.length; place++) {
            up[place] = ranking.fill(cover.up(place), occupancy.up(leaves[place]), links[place]);
            down[place] = ranking.fill(cover.down(place), occupancy.down(leaves[place]), links[place]);
        }
        return Placed.found(new Footprint(leaves, hosts, up, down), true);
    }

    private static boolean everyPairHasASpine(Occupancy occupancy, int[] leaves) {
        for (int from : leaves) {
            for (int to : leaves) {
                if (from != to && !Masks.meet(occupancy.up(from), occupancy.down(to))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean allMeet(long[][] up, long[][] down) {
        for (int from = 0; from < up.length; from++) {
            for (int to = 0; to < down.length; to++) {
                if (from != to && !Masks.meet(up[from], down[to])) {
                    return false;
                }
            }
        }
        return true;
    }
}
