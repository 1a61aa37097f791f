package org.cloister.isolation.control.plan;

import org.cloister.isolation.store.VersionedSlice;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/** What is wanted: every stored slice, and what none is to use. */
public final class Desired {

    private final List<VersionedSlice> slices;
    private final SortedSet<String> unreadable;

    private final Drained drained;
    private final Instant decidedSince;

    /** What is wanted by somebody who has decided for ever. */
    public Desired(Collection<VersionedSlice> slices, Collection<String> unreadable, Drained drained) {
        this(slices, unreadable, drained, Instant.MIN);
    }

    /**
     * What is wanted.
     *
     * @param decidedSince since when somebody has decided without a break
     */
    public Desired(Collection<VersionedSlice> slices, Collection<String> unreadable, Drained drained,
                   Instant decidedSince) {
        this.slices = List.copyOf(slices);
        this.unreadable = new TreeSet<>(unreadable);
        this.drained = Objects.requireNonNull(drained, "drained is null");
        this.decidedSince = Objects.requireNonNull(decidedSince, "decidedSince is null");
    }

    /** Since when somebody has decided without a break: before it signs of life may not have been heard. */
    public Instant decidedSince() {
        return decidedSince;
    }

    /** What is to be used by no slice. */
    public Drained drained() {
        return drained;
    }

    /** Returns every stored slice. */
    public List<VersionedSlice> slices() {
        return slices;
    }

    /**
     * The documents that cannot be read. What they hold is not known: nothing is given out and nothing is called
     * foreign as long as there are any.
     */
    public SortedSet<String> unreadable() {
        return unreadable;
    }
}
