package org.cloister.isolation.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Changes slices. A refusal completes a future exceptionally with {@link RefusedException}; every future completes
 * within the deadline of the state it waits for.
 */
public interface SliceAdminService extends SliceService {

    /**
     * Asks for a slice, or for a change of one. Completes as soon as the request is decided: links, tag and hosts are
     * held and the slice is INSTALLING, or is moving to its next generation, or is there already, unchanged; or it is
     * refused and nothing has changed. Asking for the same again renews the lease.
     *
     * @param id the slice's name
     * @param spec what is asked
     * @param owner the authenticated principal; a slice of that name with another owner is {@code not-found}
     * @param precondition what must hold of the slice: else {@code stale-etag}
     * @return the slice, and what became of it by this call
     */
    CompletableFuture<PutResult> put(SliceId id, SliceSpec spec, String owner, Precondition precondition);

    /** Asks for a slice whatever its generation is. */
    default CompletableFuture<PutResult> put(SliceId id, SliceSpec spec, String owner) {
        return put(id, spec, owner, Precondition.none());
    }

    /**
     * Returns the slice that {@link #put} would have made, with its allocation; stores nothing. Whether switches have
     * meters left is found out when a slice is asked for.
     */
    CompletableFuture<Slice> plan(SliceId id, SliceSpec spec, String owner, Precondition precondition);

    /** Returns the slice that {@link #put} would have made, whatever its generation is. */
    default CompletableFuture<Slice> plan(SliceId id, SliceSpec spec, String owner) {
        return plan(id, spec, owner, Precondition.none());
    }

    /** Compares what several requests for new slices would get, each by itself as in {@link #plan}; stores nothing. */
    CompletableFuture<Plans> plans(List<SliceSpec> candidates);

    /**
     * Lets a slice live for so long from now. Refused with {@code not-found}, {@code removing}, or
     * {@code invalid-request} for a time that leases cannot have.
     *
     * @param leaseSeconds 60 to 2,592,000
     */
    CompletableFuture<Lease> renew(SliceId id, int leaseSeconds);

    /**
     * Renews the leases of an owner's live set, each for the time that its specification asks for. Removes nothing.
     *
     * @param owner whose slices; empty for those of all owners
     * @param label the label that the owner's slices carry
     * @param ids the slices that live
     */
    CompletableFuture<Renewal> renew(Optional<String> owner, Label label, Set<SliceId> ids);

    /**
     * Begins to remove a slice; completes with the slice in state REMOVING. Repeating it is no error.
     * Refused with {@code not-found} if there is no such slice and no precondition that wants one, with
     * {@code stale-etag} if the precondition does not hold.
     */
    CompletableFuture<Slice> remove(SliceId id, Precondition precondition);

    /** Begins to remove a slice whatever its generation is. */
    default CompletableFuture<Slice> remove(SliceId id) {
        return remove(id, Precondition.none());
    }

    /**
     * Completes with the slice once nothing is left to be done for its current generation: it is ACTIVE or DEGRADED
     * and not on its way to what was asked last, or it is FAILED. A change that failed leaves the slice as it was
     * before, with condition {@code ChangeFailed}. Completes exceptionally with {@code not-found} if the slice goes
     * away meanwhile. The caller bounds the wait and cancels the future.
     */
    CompletableFuture<Slice> whenSettled(SliceId id);

    /** Completes once the slice is gone: its removal was read back. The caller bounds the wait and cancels. */
    CompletableFuture<Void> whenGone(SliceId id);

    /** What {@link #put} did. */
    enum Outcome {
        /** There was no slice of this name; there is now. */
        CREATED,
        /** The slice has been given its next generation. */
        CHANGED,
        /** The slice was asked for with the same specification before. */
        SAME
    }

    /** The outcome of {@link #put}. */
    final class PutResult {

        private final Slice slice;
        private final Outcome outcome;
        private final boolean settled;

        /** Creates an outcome. */
        public PutResult(Slice slice, Outcome outcome, boolean settled) {
            this.slice = Objects.requireNonNull(slice, "slice is null");
            this.outcome = Objects.requireNonNull(outcome, "outcome is null");
            this.settled = settled;
        }

        /** Returns the slice as it was stored. */
        public Slice slice() {
            return slice;
        }

        /** Returns what became of the slice. */
        public Outcome outcome() {
            return outcome;
        }

        /** Returns whether nothing is left to be done for it, so that {@link #whenSettled} would not wait. */
        public boolean settled() {
            return settled;
        }

        /** Returns whether there was none of this name before. */
        public boolean created() {
            return outcome == Outcome.CREATED;
        }
    }
}
