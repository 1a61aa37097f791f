package org.cloister.driver.ocs.provider;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import static org.onlab.util.Tools.groupedThreads;

/** A loop on a thread of its own. */
final class ThreadLoop implements Loop {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadLoop.class);
    private static final long LAST_TASK_SECONDS = 5;

    private final ScheduledThreadPoolExecutor executor;

    ThreadLoop(String name) {
        executor = new ScheduledThreadPoolExecutor(1, groupedThreads("cloister/ocs", name, LOG),
                new ThreadPoolExecutor.DiscardPolicy());
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(guarded(task));
    }

    @Override
    public Runnable schedule(Runnable task, Duration delay) {
        Future<?> later = executor.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> later.cancel(false);
    }

    /** Ends the loop after what was asked for; what was to be done later is not. */
    void end() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(LAST_TASK_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The thread of sessions with optical switches did not end within {} s", LAST_TASK_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One switch's trouble is not to be another's. */
    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("A decision about sessions with optical switches failed", e);
            }
        };
    }
}
