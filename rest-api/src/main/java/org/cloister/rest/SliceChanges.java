package org.cloister.rest;

import org.cloister.isolation.api.Condition;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceAdminService;
import org.cloister.isolation.api.SliceAdminService.PutResult;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;

import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import static java.util.concurrent.CompletableFuture.completedFuture;

/** Changes of slices that are answered once they are done, or once the caller has waited long enough. */
final class SliceChanges {

    /** After what time to look again at what is not done, in seconds. */
    private static final int LOOK_AGAIN_SECONDS = 1;

    private static final Set<SliceState> WORKING = EnumSet.of(SliceState.ACTIVE, SliceState.DEGRADED);

    private final SliceAdminService slices;
    private final Resumer resumer;

    SliceChanges(SliceAdminService slices, Resumer resumer) {
        this.slices = slices;
        this.resumer = resumer;
    }

    /** Answers 200 with the slice that would be made. */
    CompletableFuture<Response> plan(SliceId id, SliceSpec spec, String owner) {
        return resumer.decided(slices.plan(id, spec, owner)).thenApply(slice -> Response.ok(slice).build());
    }

    /** Answers 201 if the slice is new and works in time, 202 if it is new and does not yet, 200 if it is not new. */
    CompletableFuture<Response> put(SliceId id, SliceSpec spec, String owner, Duration wait) {
        return resumer.decided(slices.put(id, spec, owner)).thenCompose(put -> {
            if (!put.slice().owner().equals(owner)) {
                // somebody else took the name since the resource looked
                throw notFound(id);
            }
            return settled(put, wait).thenApply(slice -> answer(slice, put.created(), !wait.isZero()));
        });
    }

    /** Answers 204 if the slice is gone in time, 202 if not. */
    CompletableFuture<Response> remove(SliceId id, Duration wait) {
        return resumer.decided(slices.remove(id)).thenCompose(slice -> wait.isZero()
                ? completedFuture(accepted(slice))
                : resumer.completed(slices.whenGone(id), wait).thenApply(gone ->
                        gone ? Response.noContent().build() : accepted(slice)));
    }

    static RefusedException notFound(SliceId id) {
        return new RefusedException(Problem.of(ProblemType.NOT_FOUND, "there is no slice '" + id + "'"));
    }

    private CompletableFuture<Slice> settled(PutResult put, Duration wait) {
        if (wait.isZero()) {
            return completedFuture(put.slice());
        }
        CompletableFuture<Slice> future = slices.whenSettled(put.slice().id());
        return resumer.completed(future, wait).thenApply(inTime ->
                inTime ? future.join() : slices.slice(put.slice().id()).orElse(put.slice()));
    }

    private static Response answer(Slice slice, boolean created, boolean waited) {
        if (slice.state() == SliceState.FAILED && (created || waited)) {
            throw new RefusedException(Problem.of(ProblemType.INSTALLATION_FAILED, "slice '" + slice.id()
                    + "' is FAILED; delete it before asking again. " + slice.conditions().stream()
                            .filter(Condition::status).map(Condition::message).collect(Collectors.joining("; "))));
        }
        if (!created) {
            return Response.ok(slice).build();
        }
        return WORKING.contains(slice.state())
                ? Response.created(location(slice)).entity(slice).build() : accepted(slice);
    }

    private static Response accepted(Slice slice) {
        return Response.accepted(slice).location(location(slice))
                .header(HttpHeaders.RETRY_AFTER, LOOK_AGAIN_SECONDS).build();
    }

    /** Jersey completes it with the application's address. */
    private static URI location(Slice slice) {
        return URI.create("slices/" + slice.id());
    }
}
