package org.cloister.isolation.control.requests;

import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.SliceAdminService.Outcome;
import org.cloister.isolation.api.SliceAdminService.PutResult;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.environment.Limits;
import org.cloister.isolation.control.environment.Services;
import org.cloister.isolation.control.plan.Leases;
import org.cloister.isolation.store.SliceStore;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Slices that are new: a PENDING document is stored, and the leader decides on it. A request that is refused, or not
 * decided on in time, leaves no document behind.
 */
final class Creations {

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final SliceStore store;
    private final Waits waits;
    private final Limits limits;

    Creations(Services services, Waits waits) {
        this.store = services.store();
        this.limits = services.limits();
        this.waits = waits;
    }

    /** Returns the document of a request that nobody has decided on. */
    static StoredSlice pending(Asked asked) {
        return Leases.asked(StoredSlice.builder().id(asked.id()).owner(asked.owner()).spec(asked.filled())
                .created(asked.since()).state(SliceState.PENDING).since(asked.since()).deadline(asked.deadline())
                .build(), asked.since());
    }

    /** Returns a future of what the leader decides on a document. */
    CompletableFuture<PutResult> decision(StoredSlice asked, boolean created) {
        CompletableFuture<PutResult> decided = waits.of(asked.id(), asked.deadline().orElseThrow(),
                now -> decision(asked, now, created), late -> giveUp(asked, created, late));
        // only once the answer is given: the removal of the document would look like another answer
        return decided.whenComplete((result, error) -> {
            if (error != null) {
                removeAnswered(asked);
            }
        });
    }

    private static Optional<PutResult> decision(StoredSlice asked, Optional<VersionedSlice> now, boolean created) {
        StoredSlice found = own(asked, now).orElseThrow(() -> new RefusedException(Problem.of(ProblemType.NOT_READY,
                "the request for slice " + asked.id() + " was taken back before it was decided on"))).slice();
        found.refusal().ifPresent(problem -> {
            throw new RefusedException(problem);
        });
        switch (found.state()) {
            case PENDING:
                return Optional.empty();
            case REMOVING:
                throw removing(asked.id());
            default:
                return Optional.of(Views.result(found, created ? Outcome.CREATED : Outcome.SAME));
        }
    }

    /** Returns whether a document is still there and nobody has decided on it. */
    static boolean undecided(StoredSlice asked, Optional<VersionedSlice> now) {
        return own(asked, now).map(VersionedSlice::slice)
                .filter(found -> found.state() == SliceState.PENDING && found.refusal().isEmpty()).isPresent();
    }

    /** Returns what has become of a request's own document; another one may have taken its name. */
    private static Optional<VersionedSlice> own(StoredSlice asked, Optional<VersionedSlice> now) {
        return now.filter(found -> found.slice().created().equals(asked.created())
                && found.slice().owner().equals(asked.owner()) && found.slice().spec().equals(asked.spec()));
    }

    /** Takes the document back; if the leader was faster, its decision holds. */
    private void giveUp(StoredSlice asked, boolean created, CompletableFuture<PutResult> decided) {
        SliceId id = asked.id();
        try {
            Optional<VersionedSlice> now = own(asked, store.slice(id));
            boolean undecided = undecided(asked, now);
            if (undecided && !store.remove(id, now.get().version())) {
                now = store.slice(id);
                undecided = false;
            }
            if (!undecided) {
                decision(asked, now, created).ifPresent(decided::complete);
            }
        } catch (RefusedException e) {
            decided.completeExceptionally(e);
        }
        decided.completeExceptionally(Waits.late(id, "was not decided on within " + limits.pending().toSeconds()
                + " s"));
    }

    private void removeAnswered(StoredSlice asked) {
        try {
            own(asked, store.slice(asked.id())).filter(found -> found.slice().refusal().isPresent())
                    .ifPresent(found -> store.remove(asked.id(), found.version()));
        } catch (RefusedException e) {
            log.debug("The leader removes the refused request for slice {}", asked.id(), e);
        }
    }

    static RefusedException removing(SliceId id) {
        return new RefusedException(Problem.of(ProblemType.REMOVING,
                "slice " + id + " is being removed; ask again when it is gone"));
    }
}
