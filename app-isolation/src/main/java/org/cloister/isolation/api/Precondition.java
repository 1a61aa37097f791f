package org.cloister.isolation.api;

import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What must hold of a slice for a change of it to take place, so that nobody changes what he has not seen: HTTP's
 * {@code If-Match} and {@code If-None-Match}. It is looked at again with every attempt to store the change, not only
 * when the request comes in.
 */
public final class Precondition {

    private static final Precondition NONE = new Precondition("", generation -> true);
    private static final Precondition EXISTS = new Precondition("there is to be a slice", OptionalLong::isPresent);
    private static final Precondition ABSENT = new Precondition("there is to be none yet", OptionalLong::isEmpty);

    private final String expected;
    private final Predicate<OptionalLong> holds;

    private Precondition(String expected, Predicate<OptionalLong> holds) {
        this.expected = expected;
        this.holds = holds;
    }

    /** Returns what always holds. */
    public static Precondition none() {
        return NONE;
    }

    /** Returns that there is a slice, of whatever generation. */
    public static Precondition exists() {
        return EXISTS;
    }

    /** Returns that there is no slice of the name. */
    public static Precondition absent() {
        return ABSENT;
    }

    /** Returns that there is a slice, and its generation is one of these; with none of them it never holds. */
    public static Precondition generationIn(Set<Long> generations) {
        Set<Long> wanted = new TreeSet<>(Objects.requireNonNull(generations, "generations is null"));
        return new Precondition(wanted.isEmpty() ? "no generation has the given tag"
                : "its generation is to be one of " + wanted,
                generation -> generation.isPresent() && wanted.contains(generation.getAsLong()));
    }

    /**
     * Checks what was found.
     *
     * @param generation the slice's; empty if there is none
     * @throws RefusedException {@code stale-etag} with what was found, and what was expected
     */
    public void check(SliceId id, OptionalLong generation) {
        if (!holds.test(generation)) {
            throw new RefusedException(Problem.of(ProblemType.STALE_ETAG, (generation.isPresent()
                    ? "slice " + id + " has generation " + generation.getAsLong() : "there is no slice " + id)
                    + ", but " + expected));
        }
    }

    @Override
    public String toString() {
        return expected.isEmpty() ? "none" : expected;
    }
}
