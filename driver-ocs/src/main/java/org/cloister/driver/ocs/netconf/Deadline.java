package org.cloister.driver.ocs.netconf;

import java.time.Duration;

/** A moment by which several steps have to be done, together. */
final class Deadline {

    private final long endNanos;
    private final Duration whole;

    private Deadline(Duration whole) {
        this.whole = whole;
        this.endNanos = System.nanoTime() + whole.toNanos();
    }

    static Deadline in(Duration time) {
        return new Deadline(time);
    }

    /** Returns what is left; zero when it is over. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
    }

    boolean isOver() {
        return left().isZero();
    }

    @Override
    public String toString() {
        return whole.toMillis() + " ms";
    }
}
