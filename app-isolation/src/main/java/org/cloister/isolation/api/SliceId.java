package org.cloister.isolation.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.regex.Pattern;

/** A slice's name, chosen by the scheduler; one per job, for instance {@code slurma-4711}. */
public final class SliceId implements Comparable<SliceId> {

    private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private final String id;

    private SliceId(String id) {
        this.id = id;
    }

    /**
     * Returns the identifier with the given text.
     *
     * @throws IllegalArgumentException if the text is not of the form {@code [A-Za-z0-9][A-Za-z0-9._-]{0,62}}
     */
    @JsonCreator
    public static SliceId of(String id) {
        if (id == null || !SYNTAX.matcher(id).matches()) {
            throw new IllegalArgumentException("slice id '" + id + "' is not of the form " + SYNTAX);
        }
        return new SliceId(id);
    }

    @Override
    public int compareTo(SliceId other) {
        return id.compareTo(other.id);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SliceId && ((SliceId) other).id.equals(id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @JsonValue
    @Override
    public String toString() {
        return id;
    }
}
