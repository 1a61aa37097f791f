package org.cloister.isolation.api;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
     * @param owner the authenticated principal
     * @param ifMatch the generation that the slice must have: else {@code stale-etag}; empty for any, or none
     * @return the slice, and whether it was made by this call
     */
    CompletableFuture<PutResult> put(SliceId id, SliceSpec spec, String owner, OptionalLong ifMatch);

    /** Asks for a slice whatever its generation is. */
    default CompletableFuture<PutResult> put(SliceId id, SliceSpec spec, String owner) {
        return put(id, spec, owner, OptionalLong.empty());
    }

    /** Returns the slice that {@link #put} would have made, with its allocation; stores nothing. */
    CompletableFuture<Slice> plan(SliceId id, SliceSpec spec, String owner);

    /** Compares what several requests would get, each by itself; stores nothing. */
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
     * Refused with {@code not-found} if there is no such slice.
     */
    CompletableFuture<Slice> remove(SliceId id);

    /**
     * Completes with the slice once its current generation is carried out or given up: ACTIVE, DEGRADED or FAILED. Completes exceptionally with
     * {@code not-found} if it goes away meanwhile. The caller bounds the wait and cancels the future.
     */
    CompletableFuture<Slice> whenSettled(SliceId id);

    /** Completes once the slice is gone: its removal was read back. The caller bounds the wait and cancels. */
    CompletableFuture<Void> whenGone(SliceId id);

    /** The outcome of {@link #put}. */
    final class PutResult {

        private final Slice slice;
        private final boolean created;

        /** Creates an outcome. */
        public PutResult(Slice slice, boolean created) {
            this.slice = slice;
            this.created = created;
        }

        /** Returns the slice. */
        public Slice slice() {
            return slice;
        }

        /** Returns whether there was none of this name before. */
        public boolean created() {
            return created;
        }
    }
}
