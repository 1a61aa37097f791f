package org.cloister.isolation.allocation;

import org.cloister.isolation.fabric.Link;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A spine for each member, with the links that they need: all that a member sends to other leaves crosses its spine. */
final class SpinePlan {

    private final int[] spineOf;
    private final SpineLinks links;
    private final Attachments attachments;
    private final int[] arpSpineOf;
    private final List<SortedMap<Integer, Integer>> detours;
    private final Map<Integer, BitSet> senders = new TreeMap<>();

    private SpinePlan(int[] spineOf, SpineLinks links, Attachments attachments, int[] arpSpineOf,
                      List<SortedMap<Integer, Integer>> detours) {
        this.detours = detours;
        this.spineOf = spineOf;
        this.links = links;
        this.attachments = attachments;
        this.arpSpineOf = arpSpineOf;
        for (int rank = 0; rank < spineOf.length; rank++) {
            int leaf = attachments.leaf(rank);
            senders.computeIfAbsent(spineOf[rank], spine -> new BitSet()).set(leaf);
            detours.get(rank).values().forEach(other ->
                    senders.computeIfAbsent(other, spine -> new BitSet()).set(leaf));
        }
    }

    /** Returns a plan over free links; empty if not every colour finds a spine. */
    static Optional<SpinePlan> of(Colouring colouring, FreeLinks links, Attachments attachments) {
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
        return Optional.of(withOneArpUplinkPerLeaf(spineOf, links, attachments, detours));
    }

    /** Returns the plan in which all ARP of a leaf goes up one of its links, so that few spines need rules for it. */
    static SpinePlan withOneArpUplinkPerLeaf(int[] spineOf, SpineLinks links, Attachments attachments) {
        return withOneArpUplinkPerLeaf(spineOf, links, attachments, none(spineOf.length));
    }

    private static SpinePlan withOneArpUplinkPerLeaf(int[] spineOf, SpineLinks links, Attachments attachments,
                                                     List<SortedMap<Integer, Integer>> detours) {
        BitSet[] sentTo = new BitSet[attachments.leaves().size()];
        Arrays.setAll(sentTo, leaf -> new BitSet());
        for (int rank = 0; rank < attachments.size(); rank++) {
            sentTo[attachments.leaf(rank)].set(spineOf[rank]);
        }
        int[] byLeaf = ArpUplinks.choose(sentTo);
        int[] byRank = new int[spineOf.length];
        Arrays.setAll(byRank, rank -> byLeaf[attachments.leaf(rank)]);
        return new SpinePlan(spineOf, links, attachments, byRank, detours);
    }

    /** Returns the plan in which ARP goes where all else goes, so that no link has more senders than it must. */
    static SpinePlan withArpLikeAllElse(int[] spineOf, SpineLinks links, Attachments attachments) {
        return new SpinePlan(spineOf, links, attachments, spineOf, none(spineOf.length));
    }

    private static List<SortedMap<Integer, Integer>> none(int ranks) {
        return Collections.nCopies(ranks, Collections.emptySortedMap());
    }

    /** Returns the number of spines. */
    int spines() {
        return senders.size();
    }

    /** Returns the link that what a rank sends to other leaves goes up. */
    Link uplink(int rank) {
        return links.up(attachments.leaf(rank), spineOf[rank]);
    }

    /** Returns the link that a rank's ARP goes up. */
    Link arpUplink(int rank) {
        return links.up(attachments.leaf(rank), arpSpineOf[rank]);
    }

    /** Returns the links that what a rank sends to single other ranks goes up, in place of its own. */
    SortedMap<Integer, Link> detours(int rank) {
        SortedMap<Integer, Link> byRank = new TreeMap<>();
        detours.get(rank).forEach((to, spine) -> byRank.put(to, links.up(attachments.leaf(rank), spine)));
        return byRank;
    }

    /** Returns how many members can send over each link of the plan, ARP and detours aside. */
    SortedMap<Link, Integer> senders() {
        SortedMap<Link, Integer> counts = new TreeMap<>();
        for (int rank = 0; rank < spineOf.length; rank++) {
            counts.merge(uplink(rank), 1, Integer::sum);
            for (int leaf = 0; leaf < attachments.leaves().size(); leaf++) {
                if (leaf != attachments.leaf(rank)) {
                    counts.merge(links.down(leaf, spineOf[rank]), 1, Integer::sum);
                }
            }
        }
        return counts;
    }

    /** Returns all links of the plan; every pair of members communicates. */
    SortedSet<Link> links() {
        SortedSet<Link> all = new TreeSet<>();
        senders.forEach((spine, from) -> {
            for (int leaf = 0; leaf < attachments.leaves().size(); leaf++) {
                if (from.get(leaf)) {
                    all.add(links.up(leaf, spine));
                }
                if (from.cardinality() > 1 || !from.get(leaf)) {
                    all.add(links.down(leaf, spine));
                }
            }
        });
        return all;
    }
}
