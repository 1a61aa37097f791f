package org.cloister.isolation.store;

import org.cloister.isolation.api.SliceId;

import java.util.Objects;

/** A stored slice with the version that a change of it must name. */
public final class VersionedSlice {

    private final StoredSlice slice;
    private final long version;

    /** Creates a slice at a version. */
    public VersionedSlice(StoredSlice slice, long version) {
        this.slice = Objects.requireNonNull(slice, "slice is null");
        this.version = version;
    }

    /** Returns the slice's name. */
    public SliceId id() {
        return slice.id();
    }

    /** Returns the slice. */
    public StoredSlice slice() {
        return slice;
    }

    /** Returns the version of its document. */
    public long version() {
        return version;
    }

    @Override
    public String toString() {
        return slice.id() + "@" + version + " " + slice.state();
    }
}
