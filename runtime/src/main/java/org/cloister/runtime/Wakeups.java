package org.cloister.runtime;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs passes on the control thread: at once, after a moment in which more may happen, or at a time. However often a
 * pass is asked for, one follows.
 * All but {@link #at} is for any thread.
 */
public final class Wakeups {

    private static final Duration MOMENT = Duration.ofMillis(5);
    private static final Duration LONGEST_MOMENT = Duration.ofMillis(200);
    private static final Duration WHILE = Duration.ofSeconds(1);

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final ScheduledExecutorService thread;
    private final Clock clock;
    private final Runnable pass;
    private final AtomicBoolean queuedNow = new AtomicBoolean();
    private final AtomicBoolean queuedSoon = new AtomicBoolean();
    private final AtomicBoolean queuedLater = new AtomicBoolean();
    private volatile Duration moment = MOMENT;
    private ScheduledFuture<?> alarm;
    private Instant alarmAt = Instant.MAX;

    /**
     * Creates wake-ups for a control thread.
     *
     * @param thread a single thread, the one that passes run on
     * @param clock tells the times that {@link #at} means
     * @param pass must not throw
     */
    public Wakeups(ScheduledExecutorService thread, Clock clock, Runnable pass) {
        this.thread = thread;
        this.clock = clock;
        this.pass = pass;
    }

    /** Runs something else on the control thread. */
    public void run(Runnable task) {
        submit(Duration.ZERO, task);
    }

    /** At once. */
    public void now() {
        if (queuedNow.compareAndSet(false, true)) {
            submit(Duration.ZERO, () -> passFor(queuedNow));
        }
    }

    /** After as long as the last pass took, within bounds: passes take half of the time at most. */
    public void soon() {
        if (!queuedNow.get() && queuedSoon.compareAndSet(false, true)) {
            submit(moment, () -> passFor(queuedSoon));
        }
    }

    /** Within a second, for what brings news rarely. */
    public void later() {
        if (queuedLater.compareAndSet(false, true)) {
            submit(WHILE, this::pass);
        }
    }

    /**
     * At a time at the latest; of several times the first holds, and is asked for again by the pass then. For the
     * control thread only.
     */
    public void at(Instant time) {
        if (!time.isBefore(alarmAt)) {
            return;
        }
        if (alarm != null) {
            alarm.cancel(false);
        }
        alarmAt = time;
        Duration wait = Duration.between(clock.instant(), time);
        // rounded up: a pass before the time would find nothing to do
        alarm = submit(wait.isNegative() ? Duration.ZERO : wait.plusMillis(1), () -> {
            alarm = null;
            alarmAt = Instant.MAX;
            pass();
        });
    }

    /** A pass that began after the wish was for it, too. */
    private void passFor(AtomicBoolean wish) {
        if (wish.get()) {
            pass();
        }
    }

    private void pass() {
        Instant began = clock.instant();
        queuedNow.set(false);
        queuedSoon.set(false);
        queuedLater.set(false);
        pass.run();
        Duration took = Duration.between(began, clock.instant());
        moment = took.compareTo(MOMENT) < 0 ? MOMENT : took.compareTo(LONGEST_MOMENT) > 0 ? LONGEST_MOMENT : took;
    }

    private ScheduledFuture<?> submit(Duration wait, Runnable task) {
        try {
            return thread.schedule(task, wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("Stopped; nothing is looked at any more");
            return null;
        }
    }
}
