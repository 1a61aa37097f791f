package org.cloister.isolation.allocation.repacking;

import java.util.List;

/** Moves that make room for a request; none if there are none, or none were found. */
public final class Repacking {

    private final List<Holding> moves;
    private final List<Holding> first;
    private final boolean proven;

    Repacking(List<Holding> moves, List<Holding> first, boolean proven) {
        this.moves = List.copyOf(moves);
        this.first = List.copyOf(first);
        this.proven = proven;
    }

    /** Returns that nothing was found. */
    public static Repacking none(boolean proven) {
        return new Repacking(List.of(), List.of(), proven);
    }

    /**
     * Returns the moves in their order: each slice with the allocation that it is to have. All links of each one are
     * free once the slices of the moves before it have left theirs. A slice may be moved twice.
     */
    public List<Holding> moves() {
        return moves;
    }

    /** Returns those of the moves whose links are free at once, all of them together. */
    public List<Holding> first() {
        return first;
    }

    /** Returns whether the search came to its end: fewer moves, or any at all if there are none, do not exist. */
    public boolean proven() {
        return proven;
    }
}
