package org.cloister.driver.ocs.gnmi;

import io.grpc.Deadline;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Waits until a switch has done what it was asked, by what it tells. What it tells may be lost or late: so it is also
 * read, seldom, and more and more so.
 */
final class Following {

    private static final Duration FIRST_READ = Duration.ofMillis(100);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(1);

    private final BooleanSupplier settled;
    private final Runnable read;
    private final ScheduledExecutorService timer;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    /**
     * Creates one that waits.
     *
     * @param settled whether it is over, by what is known
     * @param read    reads the switch, after which {@link #check()} is to be called
     */
    Following(BooleanSupplier settled, Runnable read, ScheduledExecutorService timer) {
        this.settled = settled;
        this.read = read;
        this.timer = timer;
    }

    /** Returns what completes when all has settled, or else at the deadline. */
    CompletableFuture<Void> until(Deadline deadline) {
        check();
        if (!done.isDone()) {
            done.completeOnTimeout(null, deadline.timeRemaining(TimeUnit.NANOSECONDS), TimeUnit.NANOSECONDS);
            readAfter(FIRST_READ);
        }
        return done;
    }

    /** Takes note that something may have changed. */
    void check() {
        if (!done.isDone() && settled.getAsBoolean()) {
            done.complete(null);
        }
    }

    /** Takes note that no more will be told. */
    void fail(Throwable reason) {
        done.completeExceptionally(reason);
    }

    private void readAfter(Duration pause) {
        timer.schedule(() -> {
            if (!done.isDone()) {
                read.run();
                Duration twice = pause.multipliedBy(2);
                readAfter(twice.compareTo(LAST_PAUSE) < 0 ? twice : LAST_PAUSE);
            }
        }, pause.toMillis(), TimeUnit.MILLISECONDS);
    }
}
