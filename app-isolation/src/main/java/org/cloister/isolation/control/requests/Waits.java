package org.cloister.isolation.control.requests;

import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.control.environment.Services;
import org.cloister.isolation.store.VersionedSlice;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Waits for what becomes of slices, and never for ever. */
final class Waits {

    private final Answers answers;
    private final ScheduledExecutorService timers;
    private final Clock clock;

    Waits(Services services, Answers answers) {
        this.answers = answers;
        this.timers = services.timers();
        this.clock = services.clock();
    }

    /**
     * Returns a future of what a function makes of a slice.
     *
     * @param answer returns empty to wait on
     * @param late completes the future somehow when the time has come and nothing else has
     */
    <T> CompletableFuture<T> of(SliceId id, Instant deadline, Function<Optional<VersionedSlice>, Optional<T>> answer,
                                Consumer<CompletableFuture<T>> late) {
        CompletableFuture<T> future = answers.of(id, answer);
        if (!future.isDone()) {
            Duration left = Duration.between(clock.instant(), deadline);
            ScheduledFuture<?> timeout = timers.schedule(() -> late.accept(future), Math.max(0, left.toMillis()),
                    TimeUnit.MILLISECONDS);
            future.whenComplete((result, error) -> timeout.cancel(false));
        }
        return future;
    }

    /** Returns a future of when something holds, refused with {@code not-ready} when a request's time is up. */
    CompletableFuture<Boolean> until(Asked asked, Predicate<Optional<VersionedSlice>> holds, String otherwise) {
        return of(asked.id(), asked.deadline(), now -> holds.test(now) ? Optional.of(true) : Optional.empty(),
                future -> future.completeExceptionally(late(asked.id(), otherwise)));
    }

    /** Returns the refusal of what could not be done in time. */
    static RefusedException late(SliceId id, String why) {
        return new RefusedException(Problem.of(ProblemType.NOT_READY, "slice " + id + " " + why + "; ask again"));
    }
}
