package org.cloister.isolation.allocation.hops;

import org.cloister.isolation.allocation.colouring.Colouring;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Looks for a spine for each piece of what is sent, hop by hop: any spine to which the link from its leaf, and from
 * which the link to the other, is free. Such that rivals do not meet, with few spines and then few links: links that
 * are taken already are preferred, and afterwards each spine and each link is tried to be done without.
 *
 * <p>Bounded by an effort, in choices looked at, of which a million take some 10 ms.
 */
final class HopSearch {

    private static final int NEW_SPINE = 1_000_000;
    private static final int NEW_LINK = 1_000;
    private static final long EFFORT_PER_ATTEMPT = 40_000;

    private final Flows flows;
    private final LeafPairs pairs;
    private final BitSet[] freeUp;
    private final BitSet[] freeDown;
    private final int spines;
    private final int fewestSpines;
    private final int fewestLinks;
    private final int[] popularity;
    private long effort;

    /**
     * Creates the search.
     *
     * @param freeUp by leaf, the spines that a free link goes up to
     * @param freeDown by leaf, the spines that a free link comes down from
     * @param spines how many spines there are
     * @param fewestSpines how many cannot be undercut: with as few, and as few links, nothing more is tried
     * @param effort how many choices may be looked at
     */
    HopSearch(Flows flows, LeafPairs pairs, BitSet[] freeUp, BitSet[] freeDown, int spines, int fewestSpines,
              int fewestLinks, long effort) {
        this.flows = flows;
        this.pairs = pairs;
        this.freeUp = freeUp;
        this.freeDown = freeDown;
        this.spines = spines;
        this.fewestSpines = fewestSpines;
        this.fewestLinks = fewestLinks;
        this.effort = effort;
        this.popularity = new int[spines];
        for (int leaf = 0; leaf < freeUp.length; leaf++) {
            freeUp[leaf].stream().forEach(spine -> popularity[spine]++);
            freeDown[leaf].stream().forEach(spine -> popularity[spine]++);
        }
    }

    /** Returns whether every piece, and every pair of leaves that needs a way, has a spine to choose from. */
    boolean isConceivable() {
        return pairs.areMet(freeUp, freeDown);
    }

    /**
     * Returns a choice.
     *
     * @param rivals by piece
     * @return empty if none was found, which proves nothing unless it is not even conceivable
     */
    Optional<Hops> find(BitSet[] rivals) {
        if (!isConceivable()) {
            return Optional.empty();
        }
        int[] open = new int[flows.size()];
        Arrays.fill(open, Colouring.NONE);
        return attempt(rivals, open, freeUp, freeDown, effort / 2, spine -> true).map(hops -> fewer(rivals, hops));
    }

    /** Returns a choice that takes no more than a given one, in which no rivals meet. */
    Hops fewer(BitSet[] rivals, Hops start) {
        Hops best = start;
        boolean improved = true;
        while (improved && effort > 0 && !isLeast(best)) {
            Hops before = best;
            best = withoutASpine(rivals, best);
            best = withoutALink(rivals, best, true);
            best = withoutALink(rivals, best, false);
            improved = best != before;
        }
        return best;
    }

    private boolean isLeast(Hops hops) {
        return hops.links() <= fewestLinks && hops.spines().cardinality() <= fewestSpines;
    }

    private Hops withoutASpine(BitSet[] rivals, Hops start) {
        Hops best = start;
        BitSet used = start.spines();
        for (int spine = used.length() - 1; spine >= 0 && effort > 0; spine = used.previousSetBit(spine - 1)) {
            if (best.spines().cardinality() <= fewestSpines) {
                break;
            }
            int without = spine;
            BitSet left = best.spines();
            left.clear(without);
            Optional<Hops> found = attempt(rivals, best.spinesByFlow(), freeUp, freeDown, EFFORT_PER_ATTEMPT, left::get);
            if (found.isPresent() && found.get().isBelow(best)) {
                best = found.get();
            }
        }
        return best;
    }

    private Hops withoutALink(BitSet[] rivals, Hops start, boolean upwards) {
        Hops best = start;
        for (int leaf = 0; leaf < freeUp.length; leaf++) {
            BitSet held = (BitSet) (upwards ? start.up(leaf) : start.down(leaf)).clone();
            for (int spine = held.length() - 1; spine >= 0 && effort > 0; spine = held.previousSetBit(spine - 1)) {
                if (isLeast(best)) {
                    return best;
                }
                BitSet[] up = copies(best, true);
                BitSet[] down = copies(best, false);
                (upwards ? up : down)[leaf].clear(spine);
                if (!pairs.areMet(up, down)) {
                    continue;
                }
                Optional<Hops> found = attempt(rivals, best.spinesByFlow(), up, down, EFFORT_PER_ATTEMPT, all -> true);
                if (found.isPresent() && found.get().isBelow(best)) {
                    best = found.get();
                }
            }
        }
        return best;
    }

    private BitSet[] copies(Hops hops, boolean upwards) {
        BitSet[] copies = new BitSet[freeUp.length];
        Arrays.setAll(copies, leaf -> (BitSet) (upwards ? hops.up(leaf) : hops.down(leaf)).clone());
        return copies;
    }

    private Optional<Hops> attempt(BitSet[] rivals, int[] start, BitSet[] up, BitSet[] down, long most,
                                   IntPredicate spineAllowed) {
        BitSet[] allowed = new BitSet[flows.size()];
        for (int flow = 0; flow < allowed.length; flow++) {
            allowed[flow] = (BitSet) up[flows.fromLeaf(flow)].clone();
            allowed[flow].and(down[flows.toLeaf(flow)]);
            for (int spine = allowed[flow].nextSetBit(0); spine >= 0; spine = allowed[flow].nextSetBit(spine + 1)) {
                allowed[flow].set(spine, spineAllowed.test(spine));
            }
            if (allowed[flow].isEmpty()) {
                return Optional.empty();
            }
        }
        Taken taken = new Taken();
        long budget = Math.min(effort, most);
        ListColouring colouring = new ListColouring(rivals, allowed, spines, budget);
        Optional<int[]> found = colouring.solve(start, taken::cost, taken::changed);
        effort -= budget - colouring.effortLeft() + flows.size();
        return found.map(int[]::clone).flatMap(spineOf -> taken.hops(spineOf, up, down, spineAllowed));
    }

    /** How many pieces each link takes. */
    private final class Taken {

        private final int[][] up = new int[freeUp.length][spines];
        private final int[][] down = new int[freeUp.length][spines];
        private final int[] bySpine = new int[spines];

        int cost(int flow, int spine) {
            return (bySpine[spine] == 0 ? NEW_SPINE - popularity[spine] : 0)
                    + (up[flows.fromLeaf(flow)][spine] == 0 ? NEW_LINK : 0)
                    + (down[flows.toLeaf(flow)][spine] == 0 ? NEW_LINK : 0);
        }

        void changed(int flow, int spine, int by) {
            up[flows.fromLeaf(flow)][spine] += by;
            down[flows.toLeaf(flow)][spine] += by;
            bySpine[spine] += by;
        }

        /** Adds the links that are missing for reach, those of spines in use first. */
        Optional<Hops> hops(int[] spineOf, BitSet[] allowedUp, BitSet[] allowedDown, IntPredicate spineAllowed) {
            BitSet[] heldUp = held(up);
            BitSet[] heldDown = held(down);
            for (int from = scarcest(heldUp, heldDown, allowedUp, allowedDown); from >= 0;
                    from = scarcest(heldUp, heldDown, allowedUp, allowedDown)) {
                int to = from % freeUp.length;
                from /= freeUp.length;
                BitSet common = common(allowedUp[from], allowedDown[to]);
                int best = Colouring.NONE;
                int least = Integer.MAX_VALUE;
                for (int spine = common.nextSetBit(0); spine >= 0; spine = common.nextSetBit(spine + 1)) {
                    int price = (bySpine[spine] == 0 ? NEW_SPINE - popularity[spine] : 0)
                            + (heldUp[from].get(spine) ? 0 : NEW_LINK) + (heldDown[to].get(spine) ? 0 : NEW_LINK)
                            - met(from, to, spine, heldUp, heldDown);
                    if (spineAllowed.test(spine) && price < least) {
                        least = price;
                        best = spine;
                    }
                }
                if (best == Colouring.NONE) {
                    return Optional.empty();
                }
                heldUp[from].set(best);
                heldDown[to].set(best);
                bySpine[best]++;
            }
            return Optional.of(new Hops(flows, spineOf, heldUp, heldDown));
        }

        /** How many pairs that have no way yet would get one by the two links. */
        private int met(int from, int to, int spine, BitSet[] heldUp, BitSet[] heldDown) {
            int met = 0;
            for (int leaf = 0; leaf < freeUp.length; leaf++) {
                met += pairs.from(from).get(leaf) && heldDown[leaf].get(spine)
                        && !heldUp[from].intersects(heldDown[leaf]) ? 1 : 0;
                met += pairs.from(leaf).get(to) && heldUp[leaf].get(spine)
                        && !heldUp[leaf].intersects(heldDown[to]) ? 1 : 0;
            }
            return met;
        }

        private BitSet[] held(int[][] counts) {
            BitSet[] held = new BitSet[counts.length];
            for (int leaf = 0; leaf < held.length; leaf++) {
                held[leaf] = new BitSet(spines);
                for (int spine = 0; spine < spines; spine++) {
                    held[leaf].set(spine, counts[leaf][spine] > 0);
                }
            }
            return held;
        }

        /** Of the pairs without a way, the one with fewest to choose from; -1 if none is left. */
        private int scarcest(BitSet[] heldUp, BitSet[] heldDown, BitSet[] allowedUp, BitSet[] allowedDown) {
            int best = -1;
            int fewest = Integer.MAX_VALUE;
            for (int from = 0; from < freeUp.length; from++) {
                BitSet needed = pairs.from(from);
                for (int to = needed.nextSetBit(0); to >= 0; to = needed.nextSetBit(to + 1)) {
                    if (!heldUp[from].intersects(heldDown[to])) {
                        int options = common(allowedUp[from], allowedDown[to]).cardinality();
                        if (options < fewest) {
                            fewest = options;
                            best = from * freeUp.length + to;
                        }
                    }
                }
            }
            return best;
        }
    }

    private static BitSet common(BitSet one, BitSet other) {
        BitSet common = (BitSet) one.clone();
        common.and(other);
        return common;
    }
}
