package org.cloister.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Threads and clock of a test in one: everything runs on the test's own thread, in the order of its time, and time
 * passes only from one task to the next. The same test does the same every time.
 */
public final class VirtualTime extends VirtualScheduler {

    /** More than ever happens in one moment. */
    private static final int ENDLESS = 200_000;

    private final PriorityQueue<Task<?>> tasks = new PriorityQueue<>();
    private Instant now = Instant.parse("2024-01-01T00:00:00Z");
    private long sequence;
    private int atOnce;

    public Instant now() {
        return now;
    }

    /** Returns how long it is to a time, 0 if that is past, rounded up. */
    public long millisUntil(Instant then) {
        return then.isAfter(now) ? Duration.between(now, then).plusNanos(999_999).toMillis() : 0;
    }

    public Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    /** Lets time pass. */
    public void pass(Duration duration) {
        Instant end = now.plus(duration);
        run(end, () -> false);
        now = end;
    }

    /** Lets time pass until something holds; fails when it does not within the given time. */
    public void until(String what, Duration limit, BooleanSupplier condition) {
        if (!run(now.plus(limit), condition)) {
            throw new AssertionError(what + " does not come within " + limit);
        }
    }

    private boolean run(Instant end, BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Task<?> next = tasks.peek();
            if (next == null || next.at.isAfter(end)) {
                return false;
            }
            tasks.remove();
            if (!next.isCancelled()) {
                atOnce = next.at.isAfter(now) ? 0 : atOnce + 1;
                if (atOnce > ENDLESS) {
                    throw new AssertionError("at " + now + " one thing brings about the next, without end");
                }
                now = next.at.isAfter(now) ? next.at : now;
                if (next.runsAgain()) {
                    tasks.add(next);
                }
            }
        }
        return true;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return schedule(() -> {
            command.run();
            return null;
        }, delay, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        Task<V> task = new Task<>(callable, now.plusNanos(unit.toNanos(delay)), sequence++, Duration.ZERO);
        tasks.add(task);
        return task;
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        Task<?> task = new Task<>(Executors.callable(command), now.plusNanos(unit.toNanos(initialDelay)), sequence++,
                Duration.ofNanos(unit.toNanos(period)));
        tasks.add(task);
        return task;
    }

    @Override
    public void shutdown() {
        tasks.clear();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    private static final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {

        private final long sequence;
        private final Duration period;
        private Instant at;

        /** A period of zero is a task that runs once. */
        private Task(Callable<V> callable, Instant at, long sequence, Duration period) {
            super(callable);
            this.at = at;
            this.sequence = sequence;
            this.period = period;
        }

        /** Runs; returns true if it is due again, a period after it was this time. */
        private boolean runsAgain() {
            if (period.isZero()) {
                run();
                return false;
            }
            at = at.plus(period);
            return runAndReset();
        }

        @Override
        protected void setException(Throwable thrown) {
            throw new AssertionError("a task failed at " + at, thrown);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            throw new UnsupportedOperationException("getDelay");
        }

        @Override
        public int compareTo(Delayed other) {
            Task<?> that = (Task<?>) other;
            int byTime = at.compareTo(that.at);
            return byTime != 0 ? byTime : Long.compare(sequence, that.sequence);
        }
    }
}
