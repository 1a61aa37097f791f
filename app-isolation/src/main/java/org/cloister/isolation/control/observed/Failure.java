package org.cloister.isolation.control.observed;

import org.cloister.isolation.control.environment.Limits;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** Something that a switch did not take or did not let go. */
public final class Failure {

    private final int attempts;
    private final Instant last;
    private final Instant notBefore;
    private final String reason;

    /** Creates a failure: the last of so many attempts, not to be tried again before a time. */
    public Failure(int attempts, Instant last, Instant notBefore, String reason) {
        this.attempts = attempts;
        this.last = Objects.requireNonNull(last, "last is null");
        this.notBefore = Objects.requireNonNull(notBefore, "notBefore is null");
        this.reason = Objects.requireNonNull(reason, "reason is null");
    }

    /**
     * Returns the failure that follows another one: to be tried again later than after that one.
     *
     * @param before null if it is the first in a row
     */
    public static Failure after(Failure before, Instant now, Limits limits, String reason) {
        int attempts = before == null ? 1 : before.attempts + 1;
        Duration wait = limits.firstRetry().multipliedBy(1L << Math.min(attempts - 1, 16));
        return new Failure(attempts, now,
                now.plus(wait.compareTo(limits.lastRetry()) > 0 ? limits.lastRetry() : wait), reason);
    }

    /** Returns whether it was not tried again when it could have been: nobody wants it any more. */
    public boolean old(Instant now, Limits limits) {
        return notBefore.isBefore(now.minus(limits.lastRetry().multipliedBy(2)));
    }

    /** Returns whether it has failed so many times in a row, lately: an earlier user of the same key may have begun. */
    public boolean repeated(int times, Instant since) {
        return attempts >= times && !last.isBefore(since);
    }

    /** How often in a row it was tried. */
    public int attempts() {
        return attempts;
    }

    /** When it was tried last. */
    public Instant last() {
        return last;
    }

    /** When it may be tried again. */
    public Instant notBefore() {
        return notBefore;
    }

    /** What happened the last time, for a person. */
    public String reason() {
        return reason;
    }

    @Override
    public String toString() {
        return reason + " (" + attempts + " times)";
    }
}
