package org.cloister.isolation.allocation;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * One colour per member: all that a member sends to other leaves crosses the spine of its colour. Colours count from
 * 0 without gaps.
 */
final class Colouring {

    /** The colour of a member that was not given one. */
    static final int NONE = -1;

    private final int[] colours;
    private final BitSet[] senders;

    private Colouring(int[] colours, BitSet[] senders) {
        this.colours = colours;
        this.senders = senders;
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
        return numbered(colours, attachments);
    }

    private static int firstUsed(int[] partial) {
        return Arrays.stream(partial).filter(colour -> colour != NONE).min().orElse(0);
    }

    private static Colouring numbered(int[] colours, Attachments attachments) {
        Map<Integer, Integer> numbers = new HashMap<>();
        int[] numbered = new int[colours.length];
        for (int rank = 0; rank < colours.length; rank++) {
            numbered[rank] = numbers.computeIfAbsent(colours[rank], colour -> numbers.size());
        }
        BitSet[] senders = new BitSet[numbers.size()];
        Arrays.setAll(senders, colour -> new BitSet());
        for (int rank = 0; rank < numbered.length; rank++) {
            senders[numbered[rank]].set(attachments.leaf(rank));
        }
        return new Colouring(numbered, senders);
    }

    /** Returns the number of colours. */
    int count() {
        return senders.length;
    }

    /** Returns a member's colour. */
    int of(int rank) {
        return colours[rank];
    }

    /** Returns the leaves that members of a colour send from; callers must not change the set. */
    BitSet senders(int colour) {
        return senders[colour];
    }

    /** Returns whether members of a colour on other leaves send to a leaf: every pair of members communicates. */
    boolean receives(int colour, int leaf) {
        return senders[colour].cardinality() > 1 || !senders[colour].get(leaf);
    }
}
