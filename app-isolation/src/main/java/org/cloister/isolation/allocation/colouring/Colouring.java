package org.cloister.isolation.allocation.colouring;

import org.cloister.isolation.allocation.traffic.Attachments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One colour per member: all that a member sends to other leaves crosses the spine of its colour, except what it sends
 * to single members by detours of other colours. Colours count from 0 without gaps.
 */
public final class Colouring {

    /** The colour of a member that was not given one. */
    public static final int NONE = -1;

    private final int[] colours;
    private final List<SortedMap<Integer, Integer>> detours;
    private final BitSet[] senders;

    private Colouring(int[] colours, List<SortedMap<Integer, Integer>> detours, Attachments attachments) {
        this.colours = colours;
        this.detours = detours;
        this.senders = new BitSet[Arrays.stream(colours).max().orElse(-1) + 1];
        Arrays.setAll(senders, colour -> new BitSet());
        for (int rank = 0; rank < colours.length; rank++) {
            int leaf = attachments.leaf(rank);
            senders[colours[rank]].set(leaf);
            detours.get(rank).values().forEach(colour -> senders[colour].set(leaf));
        }
    }

    /**
     * Returns the colouring of all members that extends one of those that cross the fabric in a pattern. The others
     * communicate outside the pattern only: they take turns at the colours that their leaf uses anyway, which costs
     * no link.
     *
     * @param partial the colours by rank, {@link #NONE} where open
     */
    static Colouring extending(int[] partial, Attachments attachments) {
        int[] colours = partial.clone();
        for (int leaf = 0; leaf < attachments.leaves().size(); leaf++) {
            int[] used = attachments.on(leaf).stream().map(rank -> partial[rank])
                    .filter(colour -> colour != NONE).sorted().distinct().toArray();
            int turn = 0;
            for (int rank : attachments.on(leaf).stream().toArray()) {
                if (colours[rank] == NONE) {
                    colours[rank] = used.length == 0 ? firstUsed(partial) : used[turn++ % used.length];
                }
            }
        }
        return numbered(colours, Collections.nCopies(colours.length, Collections.emptySortedMap()), attachments);
    }

    /**
     * Returns the colouring with detours that extends one of those that cross the fabric in a pattern. The others get
     * a colour that is used anyway.
     *
     * @param partial the colours by rank, {@link #NONE} where open
     * @param detours by rank, the colours of what it sends to single ranks; each colour is some rank's own as well
     */
    static Colouring withDetours(int[] partial, List<SortedMap<Integer, Integer>> detours, Attachments attachments) {
        int[] colours = partial.clone();
        Arrays.setAll(colours, rank -> colours[rank] == NONE ? firstUsed(partial) : colours[rank]);
        return numbered(colours, detours, attachments);
    }

    private static int firstUsed(int[] partial) {
        return Arrays.stream(partial).filter(colour -> colour != NONE).min().orElse(0);
    }

    private static Colouring numbered(int[] colours, List<SortedMap<Integer, Integer>> detours,
                                      Attachments attachments) {
        Map<Integer, Integer> numbers = new HashMap<>();
        int[] numbered = new int[colours.length];
        for (int rank = 0; rank < colours.length; rank++) {
            numbered[rank] = numbers.computeIfAbsent(colours[rank], colour -> numbers.size());
        }
        List<SortedMap<Integer, Integer>> others = new ArrayList<>();
        for (SortedMap<Integer, Integer> byRank : detours) {
            SortedMap<Integer, Integer> renumbered = new TreeMap<>();
            byRank.forEach((to, colour) -> renumbered.put(to, numbers.get(colour)));
            others.add(renumbered);
        }
        return new Colouring(numbered, others, attachments);
    }

    /** Returns the number of colours. */
    public int count() {
        return senders.length;
    }

    /** Returns a member's colour. */
    public int of(int rank) {
        return colours[rank];
    }

    /** Returns the colours of what a member sends to single ranks, where it is not its own. */
    public SortedMap<Integer, Integer> detours(int rank) {
        return detours.get(rank);
    }

    /** Returns the leaves that something of a colour is sent from; callers must not change the set. */
    public BitSet senders(int colour) {
        return senders[colour];
    }

    /** Returns whether something of a colour comes from other leaves to a leaf: every pair of members communicates. */
    public boolean receives(int colour, int leaf) {
        return senders[colour].cardinality() > 1 || !senders[colour].get(leaf);
    }
}
