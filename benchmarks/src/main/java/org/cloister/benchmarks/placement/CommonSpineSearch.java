package org.cloister.benchmarks.placement;

import org.cloister.isolation.allocation.occupancy.Footprint;
import org.cloister.isolation.allocation.occupancy.Masks;
import org.cloister.isolation.allocation.occupancy.Occupancy;

import java.util.Arrays;

/**
 * The backtracking of LaaS (Zahavi et al., ANCS'16): R leaves with A hosts each and the same A spines, and one more
 * leaf with B hosts and B of those spines; if R is 1 both leaves use B spines only. Leaves with the fewest free hosts
 * come first; a branch ends where too few spines are common to its leaves, or too few leaves are left.
 *
 * <p>Where that takes long, the search begins anew and drops, at every leaf that it chooses, spines that are free to
 * too few leaves and leaves to which too few spines remain, until none of either is left to drop. What is found may
 * then differ, whether something is found does not.
 */
final class CommonSpineSearch {

    private final Occupancy occupancy;
    private final int[] byFree;
    private final long[][] free;
    private final int[] chosen;
    private final int most;
    private int steps;
    private int plainSteps;
    private int[] rests;
    private int links;
    private int rest;
    private int restLeaf;

    /** For the search that drops nothing; for each shape. */
    private static final int PLAIN_STEPS = 2_000;

    /**
     * Prepares searches.
     *
     * @param steps how many leaves may be looked at in all
     */
    CommonSpineSearch(Occupancy occupancy, int steps) {
        this.occupancy = occupancy;
        this.steps = steps;
        this.byFree = occupancy.leavesByFreeHosts();
        this.most = byFree.length == 0 ? 0 : occupancy.freeHosts(byFree[byFree.length - 1]);
        this.free = new long[occupancy.leaves()][];
        for (int leaf : byFree) {
            free[leaf] = Masks.and(occupancy.up(leaf), occupancy.down(leaf));
        }
        this.chosen = new int[byFree.length];
    }

    /** Returns how many hosts are free on the leaf that has most. */
    int most() {
        return most;
    }

    /** Returns whether no search ended for want of steps. */
    boolean exhausted() {
        return steps > 0;
    }

    /**
     * Searches.
     *
     * @param leaves R
     * @param share A
     * @param remainder B; 0 if there is no other leaf
     * @return what was found; null if nothing was
     */
    Footprint find(int leaves, int share, int remainder) {
        links = leaves == 1 ? remainder : share;
        rest = remainder;
        int[] candidates = withFree(share, links);
        if (candidates.length < leaves) {
            return null;
        }
        rests = rest == 0 ? candidates : withFree(rest, rest);
        plainSteps = PLAIN_STEPS;
        long[] common = choose(0, leaves, candidates, 0, Masks.first(occupancy.spines()));
        if (common == null && plainSteps <= 0) {
            common = chooseOfCore(0, leaves, candidates, Masks.first(occupancy.spines()));
        }
        return common == null ? null : footprint(leaves, share, common);
    }

    private int[] withFree(int hosts, int spines) {
        return Arrays.stream(byFree).filter(leaf -> occupancy.freeHosts(leaf) >= hosts
                && Masks.count(free[leaf]) >= spines).toArray();
    }

    private long[] choose(int depth, int leaves, int[] candidates, int from, long[] common) {
        if (depth == leaves) {
            return rest == 0 ? common : withRest(leaves, common);
        }
        for (int at = from; at <= candidates.length - (leaves - depth) && plainSteps > 0; at++) {
            plainSteps--;
            int leaf = candidates[at];
            if (Masks.common(common, free[leaf]) >= links) {
                chosen[depth] = leaf;
                long[] found = choose(depth + 1, leaves, candidates, at + 1, Masks.and(common, free[leaf]));
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private long[] chooseOfCore(int depth, int leaves, int[] some, long[] common) {
        if (depth == leaves) {
            return rest == 0 ? common : withRest(leaves, common);
        }
        long[] usable = common.clone();
        int[] candidates = core(leaves - depth, some, usable);
        for (int at = 0; at <= candidates.length - (leaves - depth) && steps > 0; at++) {
            int leaf = candidates[at];
            chosen[depth] = leaf;
            long[] found = chooseOfCore(depth + 1, leaves, Arrays.copyOfRange(candidates, at + 1, candidates.length),
                    Masks.and(usable, free[leaf]));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Drops spines that are free to fewer leaves than are to be chosen, and leaves with too few of the others. */
    private int[] core(int leaves, int[] some, long[] usable) {
        int[] candidates = some;
        int before;
        do {
            before = candidates.length;
            steps -= before;
            candidates = Arrays.stream(candidates).filter(leaf -> Masks.common(usable, free[leaf]) >= links).toArray();
            int[] reach = new int[occupancy.spines()];
            for (int leaf : candidates) {
                for (int word = 0; word < usable.length; word++) {
                    for (long bits = usable[word] & free[leaf][word]; bits != 0; bits &= bits - 1) {
                        reach[(word << 6) + Long.numberOfTrailingZeros(bits)]++;
                    }
                }
            }
            for (int spine = 0; spine < reach.length; spine++) {
                if (reach[spine] < leaves) {
                    Masks.clear(usable, spine);
                }
            }
        } while (candidates.length < before && candidates.length >= leaves && Masks.count(usable) >= links);
        return Masks.count(usable) >= links ? candidates : new int[0];
    }

    private long[] withRest(int leaves, long[] common) {
        for (int leaf : rests) {
            plainSteps--;
            if (Masks.common(common, free[leaf]) >= rest && !isChosen(leaf, leaves)) {
                restLeaf = leaf;
                return common;
            }
        }
        return null;
    }

    private boolean isChosen(int leaf, int leaves) {
        for (int at = 0; at < leaves; at++) {
            if (chosen[at] == leaf) {
                return true;
            }
        }
        return false;
    }

    private Footprint footprint(int leaves, int share, long[] common) {
        long[] fewer = rest == 0 ? null : Masks.lowest(Masks.and(common, free[restLeaf]), rest);
        long[] spines = fewer == null ? Masks.lowest(common, links) : fewer.clone();
        for (int spine = 0, left = links - Masks.count(spines); left > 0; spine++) {
            if (Masks.has(common, spine) && !Masks.has(spines, spine)) {
                Masks.set(spines, spine);
                left--;
            }
        }
        int size = leaves + (rest == 0 ? 0 : 1);
        int[] sorted = Arrays.copyOf(chosen, size);
        if (rest > 0) {
            sorted[leaves] = restLeaf;
        }
        Arrays.sort(sorted);
        int[] hosts = new int[size];
        long[][] masks = new long[size][];
        for (int place = 0; place < size; place++) {
            boolean remainder = rest > 0 && sorted[place] == restLeaf;
            hosts[place] = remainder ? rest : share;
            masks[place] = remainder ? fewer : spines;
        }
        return new Footprint(sorted, hosts, masks, masks);
    }
}
