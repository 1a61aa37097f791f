package org.cloister.isolation.control.requests;

import org.cloister.isolation.api.Precondition;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.environment.Limits;
import org.cloister.isolation.control.environment.Services;
import org.cloister.isolation.control.plan.Change;
import org.cloister.isolation.store.SliceStore;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;

import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;

/** Takes wishes for removal in, on any node: the leader does the rest. */
public final class Removals {

    private static final int ATTEMPTS = 5;

    private final SliceStore store;
    private final Clock clock;
    private final Limits limits;

    /** Creates what takes wishes in. */
    public Removals(Services services) {
        this.store = services.store();
        this.clock = services.clock();
        this.limits = services.limits();
    }

    /**
     * Begins to remove a slice.
     *
     * @throws RefusedException {@code stale-etag} if the precondition does not hold, {@code not-found} if there is
     *         no slice, {@code store-unavailable}, or {@code not-ready} if others change it all the time
     */
    public Slice remove(SliceId id, Precondition precondition) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<VersionedSlice> found = store.slice(id).filter(Removals::exists);
            precondition.check(id, found.isPresent() ? OptionalLong.of(found.get().slice().generation())
                    : OptionalLong.empty());
            StoredSlice slice = found.orElseThrow(() -> notFound(id)).slice();
            StoredSlice next = Change.of(slice, clock.instant())
                    .state(SliceState.REMOVING, limits.removing()).slice();
            if (next.equals(slice) || store.replace(found.get().version(), next)) {
                return Views.slice(next);
            }
        }
        throw new RefusedException(Problem.of(ProblemType.NOT_READY, "slice " + id + " keeps changing"));
    }

    /** Returns whether a document is a slice, and not the answer to a request that was refused. */
    public static boolean exists(VersionedSlice slice) {
        return slice.slice().refusal().isEmpty();
    }

    /** Returns the refusal of a request about a slice that is not there. */
    public static RefusedException notFound(SliceId id) {
        return new RefusedException(Problem.of(ProblemType.NOT_FOUND, "there is no slice " + id));
    }
}
