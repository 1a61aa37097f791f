package org.cloister.benchmarks.jmh;

import java.time.Duration;

/**
 * How long one case warms up and is measured. A short run shares a total out among its cases, so that bin/test takes as
 * long with sixty of them as with twenty; less than {@link #LEAST} would measure the compiler.
 */
final class Effort {

    /** Starting a Java VM and setting up the case's state take about this long. */
    static final Duration START = Duration.ofMillis(1800);

    /** The least time for warming up and measuring. */
    static final Duration LEAST = Duration.ofMillis(600);

    private static final Duration FULL_WARM_UP = Duration.ofSeconds(4);
    private static final Duration FULL_MEASUREMENT = Duration.ofSeconds(10);

    private final Duration warmUp;
    private final Duration measurement;

    private Effort(Duration warmUp, Duration measurement) {
        this.warmUp = warmUp;
        this.measurement = measurement;
    }

    /** Returns what each of the cases gets of the total, at least {@link #LEAST}: one half each. */
    static Effort shared(Duration total, int cases) {
        Duration each = total.dividedBy(Math.max(1, cases)).minus(START);
        Duration longer = each.compareTo(LEAST) < 0 ? LEAST : each;
        return new Effort(longer.dividedBy(2), longer.minus(longer.dividedBy(2)));
    }

    /** Returns what each case of a full run gets. */
    static Effort full() {
        return new Effort(FULL_WARM_UP, FULL_MEASUREMENT);
    }

    Duration warmUp() {
        return warmUp;
    }

    Duration measurement() {
        return measurement;
    }

    /** Returns how long one case takes, about. */
    Duration each() {
        return START.plus(warmUp).plus(measurement);
    }
}
