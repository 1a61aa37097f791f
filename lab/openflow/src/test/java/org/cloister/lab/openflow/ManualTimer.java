package org.cloister.lab.openflow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A timer whose time passes when the test says so. */
public final class ManualTimer extends AbstractExecutorService implements ScheduledExecutorService {

    private final List<Task> tasks = new ArrayList<>();
    private long nowMillis;

    /** Lets time pass, running what comes due in its order. */
    public void advance(long millis) {
        long end = nowMillis + millis;
        for (Task next = next(end); next != null; next = next(end)) {
            nowMillis = next.dueMillis;
            next.runOnce();
        }
        nowMillis = end;
    }

    public void advanceSeconds(long seconds) {
        advance(TimeUnit.SECONDS.toMillis(seconds));
    }

    private Task next(long endMillis) {
        tasks.removeIf(Task::isCancelled);
        return tasks.stream()
                .filter(task -> task.dueMillis <= endMillis)
                .min(Comparator.comparingLong(task -> task.dueMillis))
                .orElse(null);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long first, long period, TimeUnit unit) {
        Task task = new Task(command, nowMillis + unit.toMillis(first), unit.toMillis(period));
        tasks.add(task);
        return task;
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long first, long delay, TimeUnit unit) {
        return scheduleAtFixedRate(command, first, delay, unit);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void execute(Runnable command) {
        command.run();
    }

    @Override
    public void shutdown() {
        tasks.clear();
    }

    @Override
    public List<Runnable> shutdownNow() {
        tasks.clear();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }

    private static final class Task extends FutureTask<Void> implements ScheduledFuture<Void> {
        private final Runnable command;
        private final long periodMillis;
        private long dueMillis;

        private Task(Runnable command, long dueMillis, long periodMillis) {
            super(command, null);
            this.command = command;
            this.dueMillis = dueMillis;
            this.periodMillis = periodMillis;
        }

        private void runOnce() {
            dueMillis += periodMillis;
            command.run();
        }

        @Override
        public long getDelay(TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int compareTo(Delayed other) {
            throw new UnsupportedOperationException();
        }
    }
}
