package org.cloister.isolation.allocation.hops;

import java.util.Arrays;
import java.util.BitSet;

/** A spine for each piece of what is sent, with the links that take it and those that are held for reach alone. */
final class Hops {

    private final Flows flows;
    private final int[] spineOf;
    private final BitSet[] up;
    private final BitSet[] down;

    /**
     * Creates the choice.
     *
     * @param spineOf by piece
     * @param up by leaf, the spines that a held link goes up to; at least those of the pieces
     * @param down by leaf, the spines that a held link comes down from
     */
    Hops(Flows flows, int[] spineOf, BitSet[] up, BitSet[] down) {
        this.flows = flows;
        this.spineOf = spineOf;
        this.up = up;
        this.down = down;
    }

    /** Returns the pieces. */
    Flows flows() {
        return flows;
    }

    /** Returns a piece's spine. */
    int spine(int flow) {
        return spineOf[flow];
    }

    /** Returns the spines of all pieces; a copy. */
    int[] spinesByFlow() {
        return spineOf.clone();
    }

    /** Returns the spines that a leaf has a link up to; callers must not change the set. */
    BitSet up(int leaf) {
        return up[leaf];
    }

    /** Returns the spines that a leaf has a link down from; callers must not change the set. */
    BitSet down(int leaf) {
        return down[leaf];
    }

    /** Returns the spines that a link goes to or comes from. */
    BitSet spines() {
        BitSet used = new BitSet();
        Arrays.stream(up).forEach(used::or);
        Arrays.stream(down).forEach(used::or);
        return used;
    }

    /** Returns how many directed links there are. */
    int links() {
        return Arrays.stream(up).mapToInt(BitSet::cardinality).sum()
                + Arrays.stream(down).mapToInt(BitSet::cardinality).sum();
    }

    /** Returns whether this takes fewer spines than another, or as many and fewer links. */
    boolean isBelow(Hops other) {
        int difference = spines().cardinality() - other.spines().cardinality();
        return difference < 0 || difference == 0 && links() < other.links();
    }
}
