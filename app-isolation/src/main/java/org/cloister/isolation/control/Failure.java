package org.cloister.isolation.control;

import java.time.Instant;
import java.util.Objects;

/** A rule that a switch did not take or did not let go. */
final class Failure {

    private final int attempts;
    private final Instant notBefore;
    private final String reason;

    Failure(int attempts, Instant notBefore, String reason) {
        this.attempts = attempts;
        this.notBefore = Objects.requireNonNull(notBefore, "notBefore is null");
        this.reason = Objects.requireNonNull(reason, "reason is null");
    }

    /** How often in a row it was tried. */
    int attempts() {
        return attempts;
    }

    /** When it may be tried again. */
    Instant notBefore() {
        return notBefore;
    }

    /** What happened the last time, for a person. */
    String reason() {
        return reason;
    }

    @Override
    public String toString() {
        return reason + " (" + attempts + " times)";
    }
}
