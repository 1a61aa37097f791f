package org.cloister.isolation.allocation.hops;

import org.cloister.isolation.allocation.colouring.Colouring;
import org.cloister.isolation.allocation.spines.SpineLinks;
import org.cloister.isolation.allocation.spines.SpinePlan;
import org.cloister.isolation.allocation.traffic.Attachments;
import org.cloister.isolation.api.Allocation.Reach;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Turns a spine for each piece of what is sent into ways of members: the spine that serves most leaves becomes a
 * member's own, the others detours to single leaves; where what it sends to one leaf takes several, the one that most
 * of its ranks take is the leaf's and the others are detours to single ranks. Where nothing is sent, a way leads over
 * links that are held anyway, by the own spine if that can be.
 */
final class HopWays {

    private final Hops hops;
    private final Attachments attachments;
    private final SpineLinks links;
    private final int[] spineOf;
    private final List<SortedMap<Integer, Integer>> leafDetours = new ArrayList<>();
    private final List<SortedMap<Integer, Integer>> detours = new ArrayList<>();

    private HopWays(Hops hops, Attachments attachments, SpineLinks links) {
        this.hops = hops;
        this.attachments = attachments;
        this.links = links;
        this.spineOf = new int[attachments.size()];
    }

    /** Returns the plan of a choice. */
    static SpinePlan plan(Hops hops, Attachments attachments, SpineLinks links, Reach reach) {
        HopWays ways = new HopWays(hops, attachments, links);
        int first = 0;
        for (int rank = 0; rank < attachments.size(); rank++) {
            int end = hops.flows().end(rank);
            ways.add(rank, first, end);
            first = end;
        }
        return SpinePlan.withOneArpUplinkPerLeaf(ways.spineOf, links, attachments, ways.leafDetours, ways.detours,
                reach);
    }

    /** The pieces of one source follow each other. */
    private void add(int rank, int first, int end) {
        int leaves = attachments.leaves().size();
        int[] toLeaf = new int[leaves];
        Arrays.fill(toLeaf, Colouring.NONE);
        int[][] ranks = new int[leaves][];
        for (int flow = first; flow < end; flow++) {
            int leaf = hops.flows().toLeaf(flow);
            ranks[leaf] = ranks[leaf] == null ? new int[links.spines().size()] : ranks[leaf];
            ranks[leaf][hops.spine(flow)] += hops.flows().count(flow);
        }
        for (int leaf = 0; leaf < leaves; leaf++) {
            toLeaf[leaf] = ranks[leaf] == null ? Colouring.NONE : most(ranks[leaf]);
        }
        int own = own(rank, toLeaf);
        spineOf[rank] = own;
        SortedMap<Integer, Integer> byLeaf = new TreeMap<>();
        for (int leaf = 0; leaf < leaves; leaf++) {
            if (leaf != attachments.leaf(rank)) {
                int spine = toLeaf[leaf] != Colouring.NONE ? toLeaf[leaf] : idle(rank, leaf, own);
                if (spine != own) {
                    byLeaf.put(leaf, spine);
                }
                toLeaf[leaf] = spine;
            }
        }
        leafDetours.add(byLeaf);
        SortedMap<Integer, Integer> byRank = new TreeMap<>();
        for (int flow = first; flow < end; flow++) {
            if (hops.spine(flow) != toLeaf[hops.flows().toLeaf(flow)]) {
                int spine = hops.spine(flow);
                hops.flows().destinations(flow).stream().forEach(to -> byRank.put(to, spine));
            }
        }
        detours.add(byRank);
    }

    private static int most(int[] counts) {
        int best = 0;
        for (int spine = 1; spine < counts.length; spine++) {
            best = counts[spine] > counts[best] ? spine : best;
        }
        return best;
    }

    /** The spine that serves most leaves, one that is sent to rather than one that only could be. */
    private int own(int rank, int[] toLeaf) {
        BitSet up = hops.up(attachments.leaf(rank));
        int best = Colouring.NONE;
        int most = 0;
        for (int spine = up.nextSetBit(0); spine >= 0; spine = up.nextSetBit(spine + 1)) {
            int serves = 0;
            for (int leaf = 0; leaf < toLeaf.length; leaf++) {
                boolean could = toLeaf[leaf] == Colouring.NONE && leaf != attachments.leaf(rank)
                        && hops.down(leaf).get(spine);
                serves += toLeaf[leaf] == spine ? 2 : could ? 1 : 0;
            }
            if (serves > most) {
                most = serves;
                best = spine;
            }
        }
        return best;
    }

    private int idle(int rank, int leaf, int own) {
        BitSet common = (BitSet) hops.up(attachments.leaf(rank)).clone();
        common.and(hops.down(leaf));
        return own != Colouring.NONE && common.get(own) ? own : common.nextSetBit(0);
    }
}
