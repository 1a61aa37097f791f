package org.cloister.isolation.control;

import org.cloister.isolation.store.VersionedSlice;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/** What is wanted: every stored slice, and what none is to use. */
final class Desired {

    private final List<VersionedSlice> slices;
    private final SortedSet<String> unreadable;

    private final Drained drained;

    Desired(Collection<VersionedSlice> slices, Collection<String> unreadable, Drained drained) {
        this.slices = List.copyOf(slices);
        this.unreadable = new TreeSet<>(unreadable);
        this.drained = Objects.requireNonNull(drained, "drained is null");
    }

    /** What is to be used by no slice. */
    Drained drained() {
        return drained;
    }

    List<VersionedSlice> slices() {
        return slices;
    }

    /**
     * The documents that cannot be read. What they hold is not known: nothing is given out and nothing is called
     * foreign as long as there are any.
     */
    SortedSet<String> unreadable() {
        return unreadable;
    }
}
