package org.cloister.isolation.allocation.repacking;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.api.SliceId;

import java.util.Objects;

/** A running slice that may be moved, with the one allocation that it has. */
public final class Holding {

    private final SliceId slice;
    private final Allocation allocation;

    private Holding(SliceId slice, Allocation allocation) {
        this.slice = Objects.requireNonNull(slice, "slice is null");
        this.allocation = Objects.requireNonNull(allocation, "allocation is null");
    }

    /**
     * Returns what a slice holds.
     *
     * @throws IllegalArgumentException if {@link #canMove} says that such a one cannot be moved
     */
    public static Holding of(SliceId slice, Allocation allocation) {
        if (!canMove(allocation)) {
            throw new IllegalArgumentException("the allocation of slice " + slice + " cannot be moved: it has "
                    + allocation.guarantee() + ", " + allocation.links().size() + " links and "
                    + allocation.circuits().size() + " circuits");
        }
        return new Holding(slice, allocation);
    }

    /**
     * Returns whether an allocation can be moved to other spines without deciding on it anew: it has whole links, as
     * what else would be enforced on a link depends on its neighbours there, and no circuit.
     */
    public static boolean canMove(Allocation allocation) {
        return allocation.guarantee() != Guarantee.RATE && allocation.circuits().isEmpty()
                && !allocation.links().isEmpty();
    }

    /** Returns the slice. */
    public SliceId slice() {
        return slice;
    }

    /** Returns its allocation. */
    public Allocation allocation() {
        return allocation;
    }
}
