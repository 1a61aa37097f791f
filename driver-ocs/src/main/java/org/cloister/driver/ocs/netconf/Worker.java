package org.cloister.driver.ocs.netconf;

import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Carries out what a session is asked, one after the other, each until its deadline, which waiting counts towards. */
final class Worker {

    private final ExecutorService thread = Executors.newSingleThreadExecutor(Threads.named("netconf-session"));
    private final Set<CompletableFuture<?>> open = ConcurrentHashMap.newKeySet();
    private volatile OcsException over;

    /** Returns the outcome of a job; {@code DEADLINE} if its turn does not come in time, and then it is not begun. */
    <T> CompletableFuture<T> run(String what, Duration time, Job<T> job) {
        Deadline deadline = Deadline.in(time);
        CompletableFuture<T> outcome = new CompletableFuture<>();
        open.add(outcome);
        CompletableFuture<Void> alarm = new CompletableFuture<Void>().orTimeout(time.toNanos(), TimeUnit.NANOSECONDS);
        alarm.exceptionally(late -> {
            outcome.completeExceptionally(new OcsException(Reason.DEADLINE, what + " was not done within " + deadline));
            return null;
        });
        outcome.whenComplete((done, failed) -> {
            alarm.complete(null);
            open.remove(outcome);
        });
        try {
            thread.execute(() -> carryOut(job, deadline, outcome));
        } catch (RejectedExecutionException e) {
            outcome.completeExceptionally(over);
        }
        return outcome;
    }

    /** Fails all that is open, and all that comes, for a reason. What is under way is not waited for. */
    void end(OcsException why) {
        over = why;
        thread.shutdown();
        open.forEach(outcome -> outcome.completeExceptionally(why));
    }

    private static <T> void carryOut(Job<T> job, Deadline deadline, CompletableFuture<T> outcome) {
        if (outcome.isDone()) {
            return;
        }
        try {
            outcome.complete(job.run(deadline));
        } catch (OcsException e) {
            outcome.completeExceptionally(e);
        } catch (RuntimeException e) {
            outcome.completeExceptionally(new OcsException(Reason.REJECTED, "the answer was not understood: " + e, e));
        }
    }

    /** What is asked; fails with {@link OcsException}. */
    interface Job<T> {
        /** Does it, in time. */
        T run(Deadline deadline);
    }
}
