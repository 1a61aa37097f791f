package org.cloister.isolation.store;

import java.time.Instant;
import java.util.Objects;

/** Something that is taken out of use: a switch or a fabric port. */
public final class StoredDrain {

    private final String name;
    private final Instant since;

    /** Creates a drain of a switch or port, since a time. */
    public StoredDrain(String name, Instant since) {
        this.name = Objects.requireNonNull(name, "name is null");
        this.since = Objects.requireNonNull(since, "since is null");
    }

    /** Returns the name of the switch or port. */
    public String name() {
        return name;
    }

    /** Returns since when. */
    public Instant since() {
        return since;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredDrain && ((StoredDrain) other).name.equals(name)
                && ((StoredDrain) other).since.equals(since);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, since);
    }

    @Override
    public String toString() {
        return name + " since " + since;
    }
}
