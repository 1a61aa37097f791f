package org.cloister.isolation.control.requests;

import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;

/** Long work in short steps: it queues up anew after each, so that others who wait for the same threads get theirs. */
final class Turns {

    private Turns() {
    }

    /**
     * Returns a future of the end of some work.
     *
     * @param step does a part of it and returns whether there is more; what it throws ends the work
     */
    static CompletableFuture<Void> run(Executor executor, BooleanSupplier step) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        next(executor, step, end);
        return end;
    }

    private static void next(Executor executor, BooleanSupplier step, CompletableFuture<Void> end) {
        try {
            executor.execute(() -> take(executor, step, end));
        } catch (RejectedExecutionException e) {
            end.completeExceptionally(new RefusedException(Problem.of(ProblemType.NOT_READY,
                    "Cloister is being stopped")));
        }
    }

    private static void take(Executor executor, BooleanSupplier step, CompletableFuture<Void> end) {
        try {
            if (step.getAsBoolean()) {
                next(executor, step, end);
            } else {
                end.complete(null);
            }
        } catch (RuntimeException e) {
            end.completeExceptionally(e);
        }
    }
}
