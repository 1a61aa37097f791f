package org.cloister.isolation.control;

import org.cloister.isolation.store.VersionedSlice;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What is wanted: every stored slice. */
final class Desired {

    private final List<VersionedSlice> slices;
    private final SortedSet<String> unreadable;

    Desired(Collection<VersionedSlice> slices, Collection<String> unreadable) {
        this.slices = List.copyOf(slices);
        this.unreadable = new TreeSet<>(unreadable);
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
