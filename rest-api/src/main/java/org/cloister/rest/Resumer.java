package org.cloister.rest;

import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.glassfish.jersey.server.spi.AbstractContainerLifecycleListener;
import org.glassfish.jersey.server.spi.Container;

import javax.ws.rs.container.AsyncResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import static org.onlab.util.Tools.groupedThreads;

/**
 * Sends the answers of requests that wait: they hold no thread meanwhile, and a slow client holds neither the control
 * loop, which completes the futures, nor the JDK's timer thread.
 */
final class Resumer extends AbstractContainerLifecycleListener {

    private final Duration decision;
    private final Set<AsyncResponse> open = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;
    private final ExecutorService threads = Executors.newFixedThreadPool(4, groupedThreads("cloister/rest", "%d"));

    /** Gives the services the given time to decide. */
    Resumer(Duration decision) {
        this.decision = decision;
    }

    /** Answers a request with what a future brings. */
    void answer(AsyncResponse response, CompletableFuture<?> future) {
        open.add(response);
        future.whenCompleteAsync((value, error) -> {
            open.remove(response);
            if (error == null) {
                response.resume(value);
            } else {
                response.resume(error instanceof CompletionException ? error.getCause() : error);
            }
        }, threads);
        if (stopped) {
            // too late for onShutdown to find it
            turnAway(response);
        }
    }

    /** Completes with what the services decided, on a thread of this class; asking again after a refusal is safe. */
    <T> CompletableFuture<T> decided(CompletableFuture<T> future) {
        return completed(future, decision).thenApply(decided -> {
            if (!decided) {
                throw new RefusedException(Problem.of(ProblemType.STORE_UNAVAILABLE,
                        "no decision within " + decision.toSeconds() + " s"));
            }
            return future.join();
        });
    }

    /** Completes with whether a future completed in time, on a thread of this class; cancels it if not. */
    CompletableFuture<Boolean> completed(CompletableFuture<?> future, Duration wait) {
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        future.copy().orTimeout(wait.toMillis(), TimeUnit.MILLISECONDS).whenCompleteAsync((value, error) -> {
            Throwable cause = error instanceof CompletionException ? error.getCause() : error;
            if (cause instanceof TimeoutException) {
                future.cancel(false);
                outcome.complete(false);
            } else if (cause != null) {
                outcome.completeExceptionally(cause);
            } else {
                outcome.complete(true);
            }
        }, threads);
        return outcome;
    }

    /** Requests that still wait are answered now: afterwards there is no thread that could. */
    @Override
    public void onShutdown(Container container) {
        stopped = true;
        open.forEach(this::turnAway);
        threads.shutdown();
    }

    private void turnAway(AsyncResponse response) {
        open.remove(response);
        response.resume(new RefusedException(Problem.of(ProblemType.NOT_READY,
                "Cloister stops; what was asked may be done all the same, so ask again")));
    }
}
