package org.cloister.isolation.api;

import java.util.concurrent.CompletableFuture;

/**
 * Changes slices. A refusal completes a future exceptionally with {@link RefusedException}; every future completes
 * within the deadline of the state it waits for.
 */
public interface SliceAdminService extends SliceService {

    /**
     * Asks for a slice. Completes as soon as the request is decided: links, tag and hosts are held and the slice is
     * INSTALLING (or it is there already, unchanged), or it is refused and nothing is stored.
     *
     * @param id the slice's name
     * @param spec what is asked
     * @param owner the authenticated principal
     * @return the slice, and whether it was made by this call
     */
    CompletableFuture<PutResult> put(SliceId id, SliceSpec spec, String owner);

    /** Returns the slice that {@link #put} would have made, with its allocation; stores nothing. */
    CompletableFuture<Slice> plan(SliceId id, SliceSpec spec, String owner);

    /**
     * Begins to remove a slice; completes with the slice in state REMOVING. Repeating it is no error.
     * Refused with {@code not-found} if there is no such slice.
     */
    CompletableFuture<Slice> remove(SliceId id);

    /**
     * Completes with the slice once its current generation is ACTIVE, DEGRADED or FAILED. Completes exceptionally with
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
