package org.cloister.ocs.control;

import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Brings answers of sessions to the control thread, each by its deadline even if a session should forget its own. */
final class Deadlines {

    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final ScheduledExecutorService thread;

    Deadlines(ScheduledExecutorService thread) {
        this.thread = thread;
    }

    /**
     * Has an answer told on the control thread, once: the value, or why there is none.
     *
     * @param call may throw in place of answering
     */
    <T> void await(Supplier<CompletableFuture<T>> call, Duration deadline, BiConsumer<T, OcsException> told) {
        AtomicBoolean done = new AtomicBoolean();
        ScheduledFuture<?> guard = submit(deadline.plus(GRACE), () -> {
            if (done.compareAndSet(false, true)) {
                told.accept(null, new OcsException(Reason.DEADLINE, "no answer within " + deadline.toMillis() + " ms"));
            }
        });
        CompletableFuture<T> answer;
        try {
            answer = call.get();
        } catch (RuntimeException e) {
            answer = new CompletableFuture<>();
            answer.completeExceptionally(e);
        }
        answer.whenComplete((value, error) -> submit(Duration.ZERO, () -> {
            if (done.compareAndSet(false, true)) {
                if (guard != null) {
                    guard.cancel(false);
                }
                told.accept(value, error == null ? null : reason(error));
            }
        }));
    }

    /** Has something done on the control thread after a while. */
    void after(Duration wait, Runnable task) {
        submit(wait, task);
    }

    private static OcsException reason(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return cause instanceof OcsException ? (OcsException) cause
                : new OcsException(Reason.LOST, String.valueOf(cause), cause);
    }

    private ScheduledFuture<?> submit(Duration wait, Runnable task) {
        try {
            return thread.schedule(task, wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("Stopped; an answer of a switch is not heard any more");
            return null;
        }
    }
}
