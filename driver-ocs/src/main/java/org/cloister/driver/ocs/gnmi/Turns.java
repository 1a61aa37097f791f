package org.cloister.driver.ocs.gnmi;

import io.grpc.Deadline;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Has things done one after the other, each begun when the one before has ended. What never gets its turn ends too. */
final class Turns {

    private final ScheduledExecutorService timer;
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    Turns(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** Returns what comes of work in its turn; {@code DEADLINE} if that does not come in time. */
    <T> CompletableFuture<T> take(Deadline deadline, Supplier<CompletableFuture<T>> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        AtomicBoolean decided = new AtomicBoolean();
        CompletableFuture<?> before;
        CompletableFuture<Void> over = new CompletableFuture<>();
        synchronized (this) {
            before = last;
            last = over;
        }
        if (!before.isDone()) {
            timer.schedule(() -> {
                if (decided.compareAndSet(false, true)) {
                    result.completeExceptionally(new OcsException(Reason.DEADLINE,
                            "not begun: what was asked for before it took until the deadline"));
                }
            }, deadline.timeRemaining(TimeUnit.NANOSECONDS), TimeUnit.NANOSECONDS);
        }
        before.whenComplete((value, failure) -> {
            if (decided.compareAndSet(false, true)) {
                begin(work, result);
            }
            // one that gave up waiting lets the next one begin no earlier
            result.whenComplete((done, failed) -> over.complete(null));
        });
        return result;
    }

    private static <T> void begin(Supplier<CompletableFuture<T>> work, CompletableFuture<T> result) {
        try {
            work.get().whenComplete((value, failure) -> {
                if (failure == null) {
                    result.complete(value);
                } else {
                    result.completeExceptionally(GnmiErrors.of(failure));
                }
            });
        } catch (RuntimeException e) {
            result.completeExceptionally(GnmiErrors.of(e));
        }
    }
}
