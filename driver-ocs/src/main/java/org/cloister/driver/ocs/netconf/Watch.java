package org.cloister.driver.ocs.netconf;

import org.cloister.driver.ocs.session.Snapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Tells listeners of what a switch shows, when it is something else than before. It reads when there is reason to, and
 * from time to time without: notifications tell nothing of power, get lost, and not every switch sends any. Reading
 * also finds out whether the switch still answers.
 */
final class Watch {

    /** So that changes which follow each other closely are told together. */
    private static final Duration GATHERING = Duration.ofMillis(20);
    /** A switch that has not answered by then is taken for lost; a transaction of somebody may come first. */
    private static final Duration READ = Duration.ofSeconds(10);
    private static final Logger log = LoggerFactory.getLogger(Watch.class);

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(Threads.named("netconf-watch"));
    private final List<Consumer<Snapshot>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean due = new AtomicBoolean();
    private final Duration interval;
    private final Function<Duration, CompletableFuture<Snapshot>> read;
    private Snapshot last;

    /** @param interval how often to read without reason */
    Watch(Duration interval, Function<Duration, CompletableFuture<Snapshot>> read) {
        this.interval = interval;
        this.read = read;
    }

    /** Adds a listener; it is told what there is at once. */
    void add(Consumer<Snapshot> listener) {
        execute(() -> {
            Snapshot now = read();
            if (now == null) {
                return;
            }
            tell(now);
            if (listeners.isEmpty()) {
                thread.scheduleWithFixedDelay(this::look, interval.toMillis(), interval.toMillis(),
                        TimeUnit.MILLISECONDS);
            }
            listeners.add(listener);
            last = now;
            tell(listener, now);
        });
    }

    /** Has the switch read soon. May be called by any thread. */
    void changed() {
        if (due.compareAndSet(false, true)) {
            try {
                thread.schedule(this::look, GATHERING.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                due.set(false);
            }
        }
    }

    /** Ends it; the listener that is being told may still be. */
    void close() {
        thread.shutdownNow();
    }

    private void look() {
        due.set(false);
        if (!listeners.isEmpty()) {
            Snapshot now = read();
            if (now != null) {
                tell(now);
            }
        }
    }

    private void tell(Snapshot now) {
        if (!now.equals(last)) {
            last = now;
            listeners.forEach(listener -> tell(listener, now));
        }
    }

    private static void tell(Consumer<Snapshot> listener, Snapshot now) {
        try {
            listener.accept(now);
        } catch (RuntimeException e) {
            log.warn("A listener failed", e);
        }
    }

    /** Returns what the switch shows, or nothing: a reading that fails is none of a switch without circuits. */
    private Snapshot read() {
        try {
            return read.apply(READ).get(READ.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            log.debug("Not read: {}", e.getCause().getMessage());
        } catch (TimeoutException e) {
            log.debug("Not read in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    private void execute(Runnable work) {
        try {
            thread.execute(work);
        } catch (RejectedExecutionException e) {
            // the session is over, and says so itself
            log.debug("Nothing to watch any more");
        }
    }
}
