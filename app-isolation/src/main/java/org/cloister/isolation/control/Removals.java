package org.cloister.isolation.control;

import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.store.SliceStore;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;

import java.time.Clock;

/** Takes wishes for removal in, on any node: the leader does the rest. */
final class Removals {

    private static final int ATTEMPTS = 5;

    private final SliceStore store;
    private final Clock clock;
    private final Limits limits;

    Removals(Services services) {
        this.store = services.store();
        this.clock = services.clock();
        this.limits = services.limits();
    }

    /**
     * Begins to remove a slice.
     *
     * @throws RefusedException {@code not-found} if there is none, {@code store-unavailable}, or {@code not-ready}
     *         if others change it all the time
     */
    Slice remove(SliceId id) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            VersionedSlice found = store.slice(id).filter(Removals::exists).orElseThrow(() -> notFound(id));
            StoredSlice next = Change.of(found.slice(), clock.instant())
                    .state(SliceState.REMOVING, limits.removing()).slice();
            if (next.equals(found.slice()) || store.replace(found.version(), next)) {
                return Views.slice(next);
            }
        }
        throw new RefusedException(Problem.of(ProblemType.NOT_READY, "slice " + id + " keeps changing"));
    }

    /** Returns whether a document is a slice, and not the answer to a request that was refused. */
    static boolean exists(VersionedSlice slice) {
        return slice.slice().refusal().isEmpty();
    }

    static RefusedException notFound(SliceId id) {
        return new RefusedException(Problem.of(ProblemType.NOT_FOUND, "there is no slice " + id));
    }
}
