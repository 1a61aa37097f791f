package org.cloister.driver.ocs.provider;

import java.time.Duration;

/**
 * How long to wait before the next attempt to connect: half a second, then twice as long each time, at most a quarter
 * of a minute. Without chance in it: switches are few, each has a schedule of its own, and a test can tell what comes.
 */
final class Backoff {

    static final Duration FIRST = Duration.ofMillis(500);
    static final Duration LONGEST = Duration.ofSeconds(15);

    private Backoff() {
    }

    /** Returns the wait after so many attempts in a row that failed; a session that broke counts as none. */
    static Duration after(int failures) {
        // 500 ms << 5 is more than the longest
        long millis = FIRST.toMillis() << Math.min(failures, 5);
        return millis < LONGEST.toMillis() ? Duration.ofMillis(millis) : LONGEST;
    }
}
