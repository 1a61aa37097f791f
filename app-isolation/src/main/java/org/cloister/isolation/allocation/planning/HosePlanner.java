package org.cloister.isolation.allocation.planning;

import org.cloister.isolation.allocation.contention.MinimumLinks;
import org.cloister.isolation.allocation.occupancy.Footprint;
import org.cloister.isolation.allocation.occupancy.Masks;
import org.cloister.isolation.allocation.occupancy.Occupancy;
import org.cloister.isolation.allocation.placement.LinkFinder;
import org.cloister.isolation.allocation.placement.LinkNeed;
import org.cloister.isolation.allocation.placement.Placed;
import org.cloister.isolation.allocation.spines.ExceptionRules;
import org.cloister.isolation.allocation.spines.FreeLinks;
import org.cloister.isolation.allocation.spines.SpinePlan;
import org.cloister.isolation.allocation.traffic.Attachments;
import org.cloister.isolation.allocation.traffic.Demand;
import org.cloister.isolation.api.Allocation.Reach;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Plans where any member may send to any other: at each leaf as many links, each way, as its hosts can fill or take,
 * found by {@link LinkFinder}. What the members of a leaf send to another leaf is dealt out over the spines that both
 * have links to, those first that have least to carry.
 */
final class HosePlanner {

    private final Attachments attachments;
    private final FreeLinks free;
    private final ExceptionRules rules;
    private final int[] hosts;
    private boolean exhausted = true;

    HosePlanner(Demand demand, FreeLinks free, ExceptionRules rules) {
        this.attachments = demand.attachments();
        this.free = free;
        this.rules = rules;
        this.hosts = new int[attachments.leaves().size()];
        Arrays.setAll(hosts, leaf -> attachments.on(leaf).cardinality());
    }

    /** Returns whether this is what a demand asks for: that all its hosts may send to all at once. */
    static boolean fits(Demand demand, MinimumLinks minimum) {
        Attachments attachments = demand.attachments();
        for (int leaf = 0; leaf < attachments.leaves().size(); leaf++) {
            int need = LinkNeed.hose().links(attachments.on(leaf).cardinality(), attachments.size());
            if (minimum.out(leaf) != need || minimum.in(leaf) != need) {
                return false;
            }
        }
        return demand.isUnordered() && !demand.isBetweenRoles();
    }

    /** Returns a plan; empty if none was found. */
    Optional<SpinePlan> plan() {
        int spines = free.spines().size();
        int[] leaves = new int[hosts.length];
        long[][] takenUp = new long[hosts.length][];
        long[][] takenDown = new long[hosts.length][];
        for (int leaf = 0; leaf < leaves.length; leaf++) {
            leaves[leaf] = leaf;
            takenUp[leaf] = missing(free.spinesUp(leaf), spines);
            takenDown[leaf] = missing(free.spinesDown(leaf), spines);
        }
        Occupancy occupancy = Occupancy.empty(leaves.length, attachments.size(), spines);
        occupancy.take(new Footprint(leaves, new int[leaves.length], takenUp, takenDown));
        Placed placed = LinkFinder.find(occupancy, leaves, hosts, LinkNeed.hose());
        exhausted = placed.proven() && placed.footprint().isEmpty();
        return placed.footprint().map(this::dealtOut).filter(rules::permit);
    }

    /** Returns whether it is known, after a plan was not found, that there is none. */
    boolean isHopeless() {
        return exhausted;
    }

    private static long[] missing(BitSet there, int spines) {
        long[] missing = new long[Masks.words(spines)];
        for (int spine = there.nextClearBit(0); spine < spines; spine = there.nextClearBit(spine + 1)) {
            Masks.set(missing, spine);
        }
        return missing;
    }

    private SpinePlan dealtOut(Footprint links) {
        int leaves = hosts.length;
        int spines = free.spines().size();
        int[] spineOf = new int[attachments.size()];
        List<SortedMap<Integer, Integer>> detours = new ArrayList<>();
        for (int rank = 0; rank < spineOf.length; rank++) {
            detours.add(new TreeMap<>());
        }
        int[][] into = new int[leaves][spines];
        for (int leaf = 0; leaf < leaves; leaf++) {
            BitSet up = BitSet.valueOf(links.up(leaf));
            int[] own = up.stream().toArray();
            int turn = 0;
            for (int rank = attachments.on(leaf).nextSetBit(0); rank >= 0;
                    rank = attachments.on(leaf).nextSetBit(rank + 1)) {
                spineOf[rank] = own[turn++ % own.length];
            }
            for (int to = 0; to < leaves; to++) {
                if (to != leaf) {
                    deal(leaf, to, up, BitSet.valueOf(links.down(to)), spineOf, detours, into[to]);
                }
            }
        }
        for (int rank = 0; rank < spineOf.length; rank++) {
            spineOf[rank] = own(rank, spineOf[rank], detours.get(rank));
        }
        return SpinePlan.withOneArpUplinkPerLeaf(spineOf, free, attachments, detours, SpinePlan.none(spineOf.length),
                Reach.ALL);
    }

    /** The spine that leads to most leaves becomes the member's own, so that the others are few. */
    private int own(int rank, int first, SortedMap<Integer, Integer> byLeaf) {
        int[] leaves = new int[free.spines().size()];
        leaves[first] = hosts.length - 1 - byLeaf.size();
        byLeaf.values().forEach(spine -> leaves[spine]++);
        int own = first;
        for (int spine = 0; spine < leaves.length; spine++) {
            own = leaves[spine] > leaves[own] ? spine : own;
        }
        if (own != first) {
            for (int leaf = 0; leaf < hosts.length; leaf++) {
                if (leaf != attachments.leaf(rank) && byLeaf.getOrDefault(leaf, first) == first) {
                    byLeaf.put(leaf, first);
                }
            }
            int chosen = own;
            byLeaf.values().removeIf(spine -> spine == chosen);
        }
        return own;
    }

    /** Members whose own spine leads to the leaf keep it; the others go where fewest of this leaf, then of all, go. */
    private void deal(int leaf, int to, BitSet up, BitSet down, int[] spineOf,
                      List<SortedMap<Integer, Integer>> detours, int[] into) {
        BitSet common = (BitSet) up.clone();
        common.and(down);
        int[] here = new int[into.length];
        BitSet members = attachments.on(leaf);
        for (int rank = members.nextSetBit(0); rank >= 0; rank = members.nextSetBit(rank + 1)) {
            here[spineOf[rank]] += common.get(spineOf[rank]) ? 1 : 0;
        }
        for (int rank = members.nextSetBit(0); rank >= 0; rank = members.nextSetBit(rank + 1)) {
            int spine = spineOf[rank];
            if (!common.get(spine)) {
                spine = common.nextSetBit(0);
                for (int other = spine; other >= 0; other = common.nextSetBit(other + 1)) {
                    boolean emptier = here[other] < here[spine]
                            || here[other] == here[spine] && into[other] < into[spine];
                    spine = emptier ? other : spine;
                }
                here[spine]++;
                detours.get(rank).put(to, spine);
            }
            into[spine]++;
        }
    }
}
