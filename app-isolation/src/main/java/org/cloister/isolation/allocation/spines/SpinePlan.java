package org.cloister.isolation.allocation.spines;

import org.cloister.isolation.allocation.colouring.Colouring;
import org.cloister.isolation.allocation.traffic.Attachments;
import org.cloister.isolation.api.Allocation.Reach;
import org.cloister.isolation.fabric.Link;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A spine for each member, with the links that they need: all that a member sends to other leaves crosses its spine,
 * except what it sends to single leaves, or single members, by others.
 */
public final class SpinePlan {

    private final int[] spineOf;
    private final SpineLinks links;
    private final Attachments attachments;
    private final List<SortedMap<Integer, Integer>> leafDetours;
    private final List<SortedMap<Integer, Integer>> detours;
    private final Reach reach;
    private final BitSet[] up;
    private final BitSet[] down;
    private int[] arpSpineOf;

    private SpinePlan(int[] spineOf, SpineLinks links, Attachments attachments,
                      List<SortedMap<Integer, Integer>> leafDetours, List<SortedMap<Integer, Integer>> detours,
                      Reach reach) {
        this.spineOf = spineOf;
        this.links = links;
        this.attachments = attachments;
        this.leafDetours = leafDetours;
        this.detours = detours;
        this.reach = reach;
        this.up = sets(attachments.leaves().size());
        this.down = sets(attachments.leaves().size());
        holdWays();
    }

    private static BitSet[] sets(int count) {
        BitSet[] sets = new BitSet[count];
        Arrays.setAll(sets, index -> new BitSet());
        return sets;
    }

    /** Returns a plan over free links; empty if not every colour finds a spine. */
    public static Optional<SpinePlan> of(Colouring colouring, FreeLinks links, Attachments attachments) {
        SpineAssignment spines = SpineAssignment.of(colouring, links, attachments.leaves().size());
        if (!spines.isComplete()) {
            return Optional.empty();
        }
        int[] spineOf = new int[attachments.size()];
        Arrays.setAll(spineOf, rank -> spines.spine(colouring.of(rank)));
        List<SortedMap<Integer, Integer>> detours = new ArrayList<>();
        for (int rank = 0; rank < spineOf.length; rank++) {
            SortedMap<Integer, Integer> byRank = new TreeMap<>();
            colouring.detours(rank).forEach((to, colour) -> byRank.put(to, spines.spine(colour)));
            detours.add(byRank);
        }
        return Optional.of(withOneArpUplinkPerLeaf(spineOf, links, attachments, none(spineOf.length), detours,
                Reach.ALL));
    }

    /** Returns the plan in which all ARP of a leaf goes up one of its links, so that few spines need rules for it. */
    public static SpinePlan withOneArpUplinkPerLeaf(int[] spineOf, SpineLinks links, Attachments attachments) {
        return withOneArpUplinkPerLeaf(spineOf, links, attachments, none(spineOf.length), none(spineOf.length),
                Reach.ALL);
    }

    /**
     * Returns the plan in which members have ways of their own to some leaves, and ARP of a leaf goes up where it
     * leads to most others.
     *
     * @param spineOf by rank; {@link Colouring#NONE} for one that reaches no other leaf
     * @param leafDetours by rank, the spines by leaf; {@link Colouring#NONE} for a leaf that it has no way to
     * @param detours by rank, the spines by rank
     */
    public static SpinePlan withOneArpUplinkPerLeaf(int[] spineOf, SpineLinks links, Attachments attachments,
                                             List<SortedMap<Integer, Integer>> leafDetours,
                                             List<SortedMap<Integer, Integer>> detours, Reach reach) {
        SpinePlan plan = new SpinePlan(spineOf, links, attachments, leafDetours, detours, reach);
        int[] byLeaf = ArpUplinks.choose(plan.leadingFurthest());
        plan.arpSpineOf = new int[spineOf.length];
        Arrays.setAll(plan.arpSpineOf, rank -> byLeaf[attachments.leaf(rank)]);
        return plan;
    }

    /** Returns the plan in which ARP goes where all else goes, so that no link has more senders than it must. */
    public static SpinePlan withArpLikeAllElse(int[] spineOf, SpineLinks links, Attachments attachments) {
        SpinePlan plan = new SpinePlan(spineOf, links, attachments, none(spineOf.length), none(spineOf.length),
                Reach.ALL);
        plan.arpSpineOf = spineOf;
        return plan;
    }

    /** Returns, by rank, that there are no detours. */
    public static List<SortedMap<Integer, Integer>> none(int ranks) {
        return Collections.nCopies(ranks, Collections.emptySortedMap());
    }

    private void holdWays() {
        BitSet[] plain = sets(spineOf.length == 0 ? 0 : Math.max(0, Arrays.stream(spineOf).max().orElse(-1)) + 1);
        int leaves = attachments.leaves().size();
        for (int rank = 0; rank < spineOf.length; rank++) {
            int leaf = attachments.leaf(rank);
            if (leafDetours.get(rank).isEmpty() && spineOf[rank] != Colouring.NONE) {
                plain[spineOf[rank]].set(leaf);
            } else {
                for (int to = 0; to < leaves; to++) {
                    if (to != leaf) {
                        hold(leaf, to, leafDetours.get(rank).getOrDefault(to, spineOf[rank]));
                    }
                }
            }
            detours.get(rank).forEach((to, spine) -> hold(leaf, attachments.leaf(to), spine));
        }
        // what all members of a leaf send to all other leaves is looked at once
        for (int spine = 0; spine < plain.length; spine++) {
            for (int leaf = 0; leaf < leaves && !plain[spine].isEmpty(); leaf++) {
                up[leaf].set(spine, up[leaf].get(spine) || plain[spine].get(leaf));
                down[leaf].set(spine, down[leaf].get(spine)
                        || plain[spine].cardinality() > 1 || !plain[spine].get(leaf));
            }
        }
    }

    private void hold(int from, int to, int spine) {
        if (spine != Colouring.NONE) {
            up[from].set(spine);
            down[to].set(spine);
        }
    }

    /** By leaf, those of its own spines that links lead on from to most members on other leaves. */
    private BitSet[] leadingFurthest() {
        BitSet[] sentTo = sets(up.length);
        for (int rank = 0; rank < spineOf.length; rank++) {
            if (spineOf[rank] != Colouring.NONE) {
                sentTo[attachments.leaf(rank)].set(spineOf[rank]);
            }
        }
        BitSet[] best = sets(up.length);
        for (int leaf = 0; leaf < up.length; leaf++) {
            int most = -1;
            for (int spine = sentTo[leaf].nextSetBit(0); spine >= 0; spine = sentTo[leaf].nextSetBit(spine + 1)) {
                int members = 0;
                for (int to = 0; to < down.length; to++) {
                    members += to != leaf && down[to].get(spine) ? attachments.on(to).cardinality() : 0;
                }
                if (members > most) {
                    most = members;
                    best[leaf].clear();
                }
                best[leaf].set(spine, members == most);
            }
        }
        return best;
    }

    /** Returns the number of the spine that a rank's own way to a leaf leads over, detours to single ranks aside. */
    public int spine(int rank, int leaf) {
        return leafDetours.get(rank).getOrDefault(leaf, spineOf[rank]);
    }

    /** Returns whether some member has a way of its own to a single member. */
    public boolean hasDetours() {
        return detours.stream().anyMatch(byRank -> !byRank.isEmpty());
    }

    /** Returns whether not all that a member sends to other leaves goes over its one spine. */
    public boolean isHopByHop() {
        return reach != Reach.ALL || leafDetours.stream().anyMatch(byLeaf -> !byLeaf.isEmpty());
    }

    /** Returns the leaves that a rank has ways of their own to. */
    Set<Integer> leavesByDetour(int rank) {
        return leafDetours.get(rank).keySet();
    }

    /** Returns whether ARP of a leaf goes to another by another link than the rest. */
    boolean needsArpDetour(int leaf, int to) {
        int rank = attachments.on(leaf).nextSetBit(0);
        return arpSpineOf[rank] != Colouring.NONE && !down[to].get(arpSpineOf[rank]);
    }

    /** Returns, by leaf, the spines that a link of the plan goes up to; callers must not change the sets. */
    public BitSet[] up() {
        return up;
    }

    /** Returns, by leaf, the spines that a link of the plan comes down from; callers must not change the sets. */
    public BitSet[] down() {
        return down;
    }

    /** Returns which members have a way to which others. */
    public Reach reach() {
        return reach;
    }

    /** Returns the number of spines. */
    public int spines() {
        BitSet used = new BitSet();
        Arrays.stream(up).forEach(used::or);
        return used.cardinality();
    }

    /** Returns the link that what a rank sends to other leaves goes up; empty if it reaches none. */
    public Optional<Link> uplink(int rank) {
        return up(rank, spineOf[rank]);
    }

    /** Returns the link that a rank's ARP goes up; empty if no member of its leaf reaches another. */
    public Optional<Link> arpUplink(int rank) {
        return up(rank, arpSpineOf[rank]);
    }

    private Optional<Link> up(int rank, int spine) {
        return spine == Colouring.NONE ? Optional.empty()
                : Optional.of(links.up(attachments.leaf(rank), spine));
    }

    /** Returns the links that what a rank sends to single other leaves goes up, in place of its own; by leaf's name. */
    public SortedMap<String, Link> leafDetours(int rank) {
        SortedMap<String, Link> byLeaf = new TreeMap<>();
        leafDetours.get(rank).forEach((to, spine) ->
                up(rank, spine).ifPresent(link -> byLeaf.put(attachments.leaves().get(to), link)));
        return byLeaf;
    }

    /** Returns the links that what a rank sends to single other ranks goes up, in place of its own. */
    public SortedMap<Integer, Link> detours(int rank) {
        SortedMap<Integer, Link> byRank = new TreeMap<>();
        detours.get(rank).forEach((to, spine) -> byRank.put(to, links.up(attachments.leaf(rank), spine)));
        return byRank;
    }

    /** Returns how many members can send over each link of the plan, ARP and detours aside. */
    public SortedMap<Link, Integer> senders() {
        SortedMap<Link, Integer> counts = new TreeMap<>();
        for (int rank = 0; rank < spineOf.length; rank++) {
            counts.merge(uplink(rank).orElseThrow(), 1, Integer::sum);
            for (int leaf = 0; leaf < attachments.leaves().size(); leaf++) {
                if (leaf != attachments.leaf(rank)) {
                    counts.merge(links.down(leaf, spineOf[rank]), 1, Integer::sum);
                }
            }
        }
        return counts;
    }

    /** Returns all links of the plan: those of every way, and no others. */
    public SortedSet<Link> links() {
        SortedSet<Link> all = new TreeSet<>();
        for (int leaf = 0; leaf < up.length; leaf++) {
            int at = leaf;
            up[leaf].stream().forEach(spine -> all.add(links.up(at, spine)));
            down[leaf].stream().forEach(spine -> all.add(links.down(at, spine)));
        }
        return all;
    }
}
