package org.cloister.isolation.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Pairs of which some may not share a link, and whether they find ways over given links: a way goes up from the
 * source's leaf to a spine and down from there to the destination's leaf. Two pairs share a link if they share a spine
 * and either leaf, so ways are colours of the pairs, each out of the pair's own list, and the question is a list
 * colouring, answered by search: the pair with fewest colours left comes first.
 */
final class Routability {

    private final int[] from;
    private final int[] to;
    private final int[][] rivals;

    /**
     * Creates the problem.
     *
     * @param from the number of each pair's source leaf
     * @param to the number of each pair's destination leaf
     * @param rivals for each pair, those with a leaf in common that it may not share a link with
     */
    Routability(int[] from, int[] to, int[][] rivals) {
        this.from = from;
        this.to = to;
        this.rivals = rivals;
    }

    /** Returns what tells problems apart: two of the same key have the same answers. */
    String key() {
        return Arrays.toString(from) + Arrays.toString(to) + Arrays.deepToString(rivals);
    }

    /** Returns how many links from (to) a leaf the pairs need at least: the size of some clique of rivals there. */
    int clique(int leaf, boolean outwards) {
        List<Integer> clique = new ArrayList<>();
        for (int pair = 0; pair < from.length; pair++) {
            if ((outwards ? from[pair] : to[pair]) == leaf && isRivalOfAll(pair, clique)) {
                clique.add(pair);
            }
        }
        return clique.size();
    }

    private boolean isRivalOfAll(int pair, List<Integer> others) {
        for (int other : others) {
            if (Arrays.stream(rivals[pair]).noneMatch(rival -> rival == other)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns whether all pairs find ways.
     *
     * @param up by leaf, the spines that a link leads up to, as bits
     * @param down by leaf, the spines that a link leads down from, as bits
     * @throws Effort.Exceeded if the search takes more than it may
     */
    boolean over(int[] up, int[] down, Effort effort) {
        int[] left = new int[from.length];
        for (int pair = 0; pair < left.length; pair++) {
            left[pair] = up[from[pair]] & down[to[pair]];
            if (left[pair] == 0) {
                return false;
            }
        }
        return route(left, 0, alike(up, down), effort);
    }

    /** By spine, the spines of lower number that lead up and down to the same leaves, as bits. */
    private static int[] alike(int[] up, int[] down) {
        int[] alike = new int[Integer.SIZE];
        for (int spine = 0; spine < alike.length; spine++) {
            for (int lower = 0; lower < spine; lower++) {
                boolean same = true;
                for (int leaf = 0; leaf < up.length; leaf++) {
                    same &= (up[leaf] >>> spine & 1) == (up[leaf] >>> lower & 1)
                            && (down[leaf] >>> spine & 1) == (down[leaf] >>> lower & 1);
                }
                alike[spine] |= same ? 1 << lower : 0;
            }
        }
        return alike;
    }

    /**
     * Routes what is not routed yet.
     *
     * @param left by pair, the spines that are left to it, as bits; negated for those that have theirs
     * @param used the spines used so far, as bits
     */
    private boolean route(int[] left, int used, int[] alike, Effort effort) {
        effort.spend();
        int next = -1;
        for (int pair = 0; pair < left.length; pair++) {
            if (left[pair] >= 0 && (next < 0 || isMoreUrgent(pair, next, left))) {
                next = pair;
            }
        }
        if (next < 0) {
            return true;
        }
        for (int spines = left[next]; spines != 0; spines &= spines - 1) {
            int spine = Integer.numberOfTrailingZeros(spines);
            if ((used >>> spine & 1) == 0 && (alike[spine] & ~used) != 0) {
                continue; // nothing tells it from one of lower number that was tried
            }
            int[] after = left.clone();
            after[next] = -1 - spine;
            boolean possible = true;
            for (int rival : rivals[next]) {
                if (after[rival] >= 0) {
                    after[rival] &= ~(1 << spine);
                    possible &= after[rival] != 0;
                }
            }
            if (possible && route(after, used | 1 << spine, alike, effort)) {
                return true;
            }
        }
        return false;
    }

    private boolean isMoreUrgent(int pair, int other, int[] left) {
        int fewer = Integer.bitCount(left[pair]) - Integer.bitCount(left[other]);
        return fewer < 0 || fewer == 0 && rivals[pair].length > rivals[other].length;
    }
}
