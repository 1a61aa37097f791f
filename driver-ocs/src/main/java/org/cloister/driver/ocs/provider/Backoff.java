package org.cloister.driver.ocs.provider;

import java.time.Duration;

/**
 * How long to wait before the next attempt to connect: half a second, then twice as long each time, at most
 * {@link #LONGEST}, which is how much later than the switch a session may be back. Without chance in it: switches are
 * few, each has a schedule of its own, and a test can tell what comes.
 */
final class Backoff {

    static final Duration FIRST = Duration.ofMillis(500);
    static final Duration LONGEST = Duration.ofSeconds(5);
    /** After a password that was refused: switches lock users out who try too often. */
    static final Duration REFUSED = Duration.ofSeconds(15);

    private Backoff() {
    }

    /** Returns the wait after so many attempts in a row that failed; a session that broke counts as none. */
    static Duration after(int failures) {
        // 500 ms << 4 is more than the longest
        long millis = FIRST.toMillis() << Math.min(failures, 4);
        return millis < LONGEST.toMillis() ? Duration.ofMillis(millis) : LONGEST;
    }
}
