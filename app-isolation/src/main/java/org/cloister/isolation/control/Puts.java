package org.cloister.isolation.control;

import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.SliceAdminService.PutResult;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.config.FabricSource;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.store.SliceStore;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Takes requests in, on any node: checks them, stores a PENDING document, and waits until the leader has decided. A
 * request that the leader refuses, or does not decide on in time, leaves no document behind.
 */
final class Puts {

    /** How often somebody else may be faster before a request gives up. */
    private static final int ATTEMPTS = 5;

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final SliceStore store;
    private final FabricSource source;
    private final Admission admission;
    private final Answers answers;
    private final ScheduledExecutorService timers;
    private final Clock clock;
    private final Limits limits;

    Puts(Services services, Admission admission, Answers answers) {
        this.store = services.store();
        this.source = services.fabric();
        this.timers = services.timers();
        this.clock = services.clock();
        this.limits = services.limits();
        this.admission = admission;
        this.answers = answers;
    }

    /**
     * Asks for a slice.
     *
     * @throws RefusedException if it is refused at once
     */
    CompletableFuture<PutResult> put(SliceId id, SliceSpec spec, String owner) {
        SliceSpec filled = admission.fill(spec);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<VersionedSlice> found = store.slice(id);
            if (found.isPresent()) {
                if (found.get().slice().refusal().isPresent()) {
                    store.remove(id, found.get().version()); // an answer that was given; it is in the way
                    continue;
                }
                return existing(found.get(), filled);
            }
            check(id, spec);
            StoredSlice asked = pending(id, filled, owner);
            if (store.create(asked)) {
                return decision(asked, true);
            }
        }
        throw new RefusedException(Problem.of(ProblemType.NOT_READY,
                "slice " + id + " is being changed by several requests at once"));
    }

    /** Checks a request as {@link #put} would: as it was written, so that complaints point into what the caller sent. */
    Fabric check(SliceId id, SliceSpec spec) {
        Fabric fabric = source.fabric().orElseThrow(() -> new RefusedException(Problem.of(ProblemType.NOT_READY,
                "there is no valid configuration of the fabric")));
        admission.check(fabric, spec).ifPresent(problem -> {
            throw new RefusedException(problem);
        });
        String unreadable = store.unreadable().get(id.toString());
        if (unreadable != null) {
            throw new RefusedException(Problem.of(ProblemType.NOT_READY,
                    "slice " + id + " is stored in a form that this version cannot read: " + unreadable));
        }
        return fabric;
    }

    /** The document of a request that nobody has decided on. */
    StoredSlice pending(SliceId id, SliceSpec filled, String owner) {
        Instant now = clock.instant();
        return StoredSlice.builder().id(id).owner(owner).spec(filled).created(now)
                .state(SliceState.PENDING).since(now).deadline(now.plus(limits.pending())).build();
    }

    private CompletableFuture<PutResult> existing(VersionedSlice found, SliceSpec filled) {
        StoredSlice slice = same(found, filled);
        return slice.state() == SliceState.PENDING ? decision(slice, false)
                : CompletableFuture.completedFuture(new PutResult(Views.slice(slice), false));
    }

    /**
     * Returns a slice that is there and asks for the same.
     *
     * @throws RefusedException if it is being removed, or asks for something else
     */
    static StoredSlice same(VersionedSlice found, SliceSpec filled) {
        StoredSlice slice = found.slice();
        if (slice.state() == SliceState.REMOVING) {
            throw removing(slice.id());
        }
        if (!slice.spec().equals(filled)) {
            throw new RefusedException(Problem.of(ProblemType.NOT_SUPPORTED, "slice " + slice.id()
                    + " exists with another specification; changing a slice is not supported yet, delete it first"));
        }
        return slice;
    }

    private CompletableFuture<PutResult> decision(StoredSlice asked, boolean created) {
        SliceId id = asked.id();
        CompletableFuture<PutResult> decided = answers.of(id, now -> decision(asked, now, created));
        ScheduledFuture<?> timeout = timers.schedule(() -> giveUp(asked, created, decided),
                limits.pending().toMillis(), TimeUnit.MILLISECONDS);
        // only once the answer is given: the removal of the document would look like another answer
        return decided.whenComplete((result, error) -> {
            timeout.cancel(false);
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
                return Optional.of(new PutResult(Views.slice(found), created));
        }
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
            boolean undecided = now.isPresent() && now.get().slice().state() == SliceState.PENDING
                    && now.get().slice().refusal().isEmpty();
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
        decided.completeExceptionally(new RefusedException(Problem.of(ProblemType.NOT_READY, "slice " + id
                + " was not decided on within " + limits.pending().toSeconds() + " s")));
    }

    private void removeAnswered(StoredSlice asked) {
        try {
            own(asked, store.slice(asked.id())).filter(found -> found.slice().refusal().isPresent())
                    .ifPresent(found -> store.remove(asked.id(), found.version()));
        } catch (RefusedException e) {
            log.debug("The leader removes the refused request for slice {}", asked.id(), e);
        }
    }

    private static RefusedException removing(SliceId id) {
        return new RefusedException(Problem.of(ProblemType.REMOVING,
                "slice " + id + " is being removed; ask again when it is gone"));
    }
}
