package org.cloister.ocs.store;

import java.util.Objects;

/** A stored value with the version that a change of it must name. */
public final class Stored<T> {

    private final T value;
    private final long version;

    /** Creates a value at a version. */
    public Stored(T value, long version) {
        this.value = Objects.requireNonNull(value, "value is null");
        this.version = version;
    }

    /** Returns the value. */
    public T value() {
        return value;
    }

    /** Returns the version of its document. */
    public long version() {
        return version;
    }

    @Override
    public String toString() {
        return value + "@" + version;
    }
}
