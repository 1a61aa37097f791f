package org.cloister.runtime;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The end of what a thread was given to do at once, before it is stopped. */
public final class Quiescence {

    private Quiescence() {
    }

    /**
     * Waits until a single thread has done all that was due.
     *
     * @return false if that takes longer than the given time, or the caller is interrupted, and stays so
     */
    public static boolean await(ScheduledExecutorService thread, Duration longest) {
        try {
            // as a task with a time, which it is, it comes after those that were due before it
            thread.schedule(() -> { }, 0, TimeUnit.MILLISECONDS).get(longest.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            return false;
        }
    }
}
