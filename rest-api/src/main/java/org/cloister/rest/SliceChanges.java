package org.cloister.rest;

import org.cloister.isolation.api.Condition;
import org.cloister.isolation.api.Precondition;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceAdminService;
import org.cloister.isolation.api.SliceAdminService.Outcome;
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
import java.util.function.Predicate;
import java.util.stream.Collectors;

import static java.util.concurrent.CompletableFuture.completedFuture;

/** Changes of slices that are answered once they are done, or once the caller has waited long enough. */
final class SliceChanges {

    /** After what time to look again at what is not done, in seconds. */
    private static final int LOOK_AGAIN_SECONDS = 1;

    /** The condition of a slice that went back to what it was before a change. */
    private static final String CHANGE_FAILED = "ChangeFailed";

    /** A new slice that is all it was asked to be. */
    private static final Set<SliceState> MADE = EnumSet.of(SliceState.ACTIVE, SliceState.DEGRADED,
            SliceState.RESERVED);

    private final SliceAdminService slices;
    private final Resumer resumer;

    SliceChanges(SliceAdminService slices, Resumer resumer) {
        this.slices = slices;
        this.resumer = resumer;
    }

    /** Answers 200 with the slice that would be made. */
    CompletableFuture<Response> plan(SliceId id, SliceSpec spec, String owner, Precondition precondition) {
        return resumer.decided(slices.plan(id, spec, owner, precondition))
                .thenApply(slice -> Response.ok(slice).build());
    }

    /**
     * Answers 201 if the slice is new and works, or holds what it is to hold, in time, 200 if it was asked for before or a change is carried out in
     * time, else 202.
     */
    CompletableFuture<Response> put(SliceId id, SliceSpec spec, String owner, Precondition precondition,
                                    Duration wait) {
        return resumer.decided(slices.put(id, spec, owner, precondition)).thenCompose(put -> {
            if (wait.isZero()) {
                return completedFuture(answer(put, put.slice(), put.settled(), false));
            }
            CompletableFuture<Slice> settled = slices.whenSettled(id);
            return resumer.completed(settled, wait).thenApply(inTime -> inTime
                    ? answer(put, settled.join(), true, true)
                    : answer(put, slices.slice(id).orElse(put.slice()), false, true));
        });
    }

    /** Answers 204 if the slice is gone in time, 202 if not. */
    CompletableFuture<Response> remove(SliceId id, Precondition precondition, Duration wait) {
        return resumer.decided(slices.remove(id, precondition)).thenCompose(slice -> wait.isZero()
                ? completedFuture(accepted(slice))
                : resumer.completed(slices.whenGone(id), wait).thenApply(gone ->
                        gone ? Response.noContent().build() : accepted(slice)));
    }

    static RefusedException notFound(SliceId id) {
        return new RefusedException(Problem.of(ProblemType.NOT_FOUND, "there is no slice '" + id + "'"));
    }

    private static Response answer(PutResult put, Slice slice, boolean settled, boolean waited) {
        boolean same = put.outcome() == Outcome.SAME;
        if (slice.state() == SliceState.FAILED && (!same || waited)) {
            throw failed("slice '" + slice.id() + "' is FAILED; delete it before asking again. "
                    + messages(slice, condition -> true));
        }
        if (settled && waited && !slice.spec().equals(put.slice().spec())) {
            String why = messages(slice, condition -> condition.type().equals(CHANGE_FAILED));
            if (!why.isEmpty()) {
                throw failed("slice '" + slice.id() + "' could not be changed; what it was before still carries its "
                        + "traffic. " + why);
            }
        }
        if (same) {
            return ok(slice);
        }
        if (put.created()) {
            return MADE.contains(slice.state())
                    ? SliceTags.on(Response.created(location(slice)).entity(slice), slice).build() : accepted(slice);
        }
        return settled ? ok(slice) : accepted(slice);
    }

    private static RefusedException failed(String detail) {
        return new RefusedException(Problem.of(ProblemType.INSTALLATION_FAILED, detail));
    }

    private static String messages(Slice slice, Predicate<Condition> wanted) {
        return slice.conditions().stream().filter(Condition::status).filter(wanted).map(Condition::message)
                .collect(Collectors.joining("; "));
    }

    private static Response ok(Slice slice) {
        return SliceTags.on(Response.ok(slice), slice).build();
    }

    private static Response accepted(Slice slice) {
        return SliceTags.on(Response.accepted(slice), slice).location(location(slice))
                .header(HttpHeaders.RETRY_AFTER, LOOK_AGAIN_SECONDS).build();
    }

    /** Jersey completes it with the application's address. */
    private static URI location(Slice slice) {
        return URI.create("slices/" + slice.id());
    }
}
