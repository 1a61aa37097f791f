package org.cloister.testing;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A thread of one node in virtual time. It ends when the node is killed, and stands still while the node does. */
public final class Lane extends VirtualScheduler {

    private final VirtualTime time;
    private final Queue<Runnable> held = new ArrayDeque<>();
    private Instant asleepUntil = Instant.MIN;
    private boolean killed;
    private int running;

    public Lane(VirtualTime time) {
        this.time = time;
    }

    /** Nothing runs here any more. */
    public void kill() {
        killed = true;
    }

    /** What falls due meanwhile runs then, in the same order; a time that is past wakes it up. */
    public void sleep(Instant until) {
        asleepUntil = until;
        time.schedule(this::awake, time.millisUntil(until), TimeUnit.MILLISECONDS);
    }

    private void awake() {
        while (!time.now().isBefore(asleepUntil) && !held.isEmpty()) {
            now(held.remove());
        }
    }

    /** Returns whether something runs here right now. */
    public boolean running() {
        return running > 0;
    }

    private void run(Runnable command) {
        if (time.now().isBefore(asleepUntil) || !held.isEmpty()) {
            held.add(command);
        } else {
            now(command);
        }
    }

    private void now(Runnable command) {
        if (killed) {
            return;
        }
        running++;
        try {
            command.run();
        } catch (Killed e) {
            killed = true;
        } finally {
            running--;
        }
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return time.schedule(() -> run(command), delay, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("schedule of a Callable");
    }

    @Override
    public void shutdown() {
        kill();
    }

    @Override
    public boolean isShutdown() {
        return killed;
    }
}
