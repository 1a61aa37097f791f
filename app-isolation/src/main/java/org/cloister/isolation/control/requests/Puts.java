package org.cloister.isolation.control.requests;

import org.cloister.isolation.api.Precondition;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.SliceAdminService.Outcome;
import org.cloister.isolation.api.SliceAdminService.PutResult;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.config.FabricSource;
import org.cloister.isolation.control.admission.Admission;
import org.cloister.isolation.control.environment.Limits;
import org.cloister.isolation.control.environment.Services;
import org.cloister.isolation.control.lifecycle.Purging;
import org.cloister.isolation.control.plan.Leases;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.store.SettingsStore;
import org.cloister.isolation.store.SliceStore;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import static java.util.concurrent.CompletableFuture.completedFuture;

/**
 * Takes requests in, on any node: finds out what a request means for what is there, and has that done.
 *
 * <pre>
 * there is         the same is asked for              something else is asked for
 * nothing          a new slice: {@link Creations}
 * PENDING          its decision is waited for         its decision is waited for, then looked at again
 * FAILED           it is answered                     installation-failed: it is to be removed first
 * REMOVING         removing                           removing
 * anything else    its lease is renewed, a change     a change: {@link ChangeRequests}
 *                  that is open is called off
 * </pre>
 * However often others are faster, a request is answered within {@link Limits#pending}.
 */
public final class Puts {

    /** How often somebody else may be faster before a request gives up. */
    private static final int ATTEMPTS = 5;

    private final SliceStore store;
    private final SettingsStore settings;
    private final FabricSource source;
    private final Admission admission;
    private final Waits waits;
    private final Creations creations;
    private final ChangeRequests changes;
    private final Clock clock;
    private final Limits limits;

    /** Creates what takes requests in. */
    public Puts(Services services, Admission admission, Answers answers) {
        this.store = services.store();
        this.settings = services.settings();
        this.source = services.fabric();
        this.clock = services.clock();
        this.limits = services.limits();
        this.admission = admission;
        this.waits = new Waits(services, answers);
        this.creations = new Creations(services, waits);
        this.changes = new ChangeRequests(services, waits);
    }

    /**
     * Asks for a slice.
     *
     * @throws RefusedException if it is refused at once
     */
    public CompletableFuture<PutResult> put(SliceId id, SliceSpec spec, String owner, Precondition precondition) {
        return attempt(asked(id, spec, owner, precondition), ATTEMPTS);
    }

    /** Returns a request that comes in now. */
    Asked asked(SliceId id, SliceSpec spec, String owner, Precondition precondition) {
        Instant now = clock.instant();
        return ImmutableAsked.builder().id(id).spec(spec).filled(admission.fill(spec)).owner(owner)
                .precondition(precondition).since(now).deadline(now.plus(limits.pending())).build();
    }

    /** Checks what is asked as {@link #put} would. */
    Fabric check(Asked asked) {
        settings.heardPurge().ifPresent(purge -> {
            throw new RefusedException(Purging.refusal(purge));
        });
        Fabric fabric = source.fabric().orElseThrow(() -> new RefusedException(Problem.of(ProblemType.NOT_READY,
                "there is no valid configuration of the fabric")));
        admission.check(fabric, asked.spec()).ifPresent(problem -> {
            throw new RefusedException(problem);
        });
        String unreadable = store.unreadable().get(asked.id().toString());
        if (unreadable != null) {
            throw new RefusedException(Problem.of(ProblemType.NOT_READY,
                    "slice " + asked.id() + " is stored in a form that this version cannot read: " + unreadable));
        }
        return fabric;
    }

    private CompletableFuture<PutResult> attempt(Asked asked, int attempts) {
        for (int left = attempts; left > 0; left--) {
            Optional<VersionedSlice> found = store.slice(asked.id());
            Optional<VersionedSlice> present = asked.present(found);
            Optional<CompletableFuture<PutResult>> answer = present.isPresent()
                    ? existing(asked, present.get(), left) : fresh(asked, found);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        throw new RefusedException(Problem.of(ProblemType.NOT_READY,
                "slice " + asked.id() + " is being changed by several requests at once"));
    }

    /** Asks for a slice that there is none of; empty if somebody else was faster. */
    private Optional<CompletableFuture<PutResult>> fresh(Asked asked, Optional<VersionedSlice> refused) {
        if (refused.isPresent()) {
            store.remove(asked.id(), refused.get().version()); // an answer that was given; it is in the way
            return Optional.empty();
        }
        check(asked);
        StoredSlice pending = Creations.pending(asked);
        return store.create(pending) ? Optional.of(creations.decision(pending, true)) : Optional.empty();
    }

    /** Asks for what is there in some form; empty if somebody else was faster. */
    private Optional<CompletableFuture<PutResult>> existing(Asked asked, VersionedSlice found, int attempts) {
        StoredSlice slice = found.slice();
        boolean same = same(slice, asked);
        if (slice.state() == SliceState.PENDING) {
            return Optional.of(same ? creations.decision(slice, false)
                    : waits.until(asked, now -> !Creations.undecided(slice, now), "is not decided on yet")
                            .thenCompose(done -> attempt(asked, attempts - 1)));
        }
        if (same) {
            // a change that is open would be granted after this answer, and undo what it says
            StoredSlice renewed = Leases.signOfLife(ChangeRequests.calledOff(slice), clock.instant());
            return renewed.equals(slice) || store.replace(found.version(), renewed)
                    ? Optional.of(completedFuture(Views.result(renewed, Outcome.SAME))) : Optional.empty();
        }
        check(asked);
        if (ChangeRequests.isFree(slice, clock.instant())) {
            return changes.propose(asked, found);
        }
        return Optional.of(slice.proposal().orElseThrow().spec().equals(asked.filled())
                ? changes.follow(asked, found)
                : waits.until(asked, now -> !ChangeRequests.isOpen(slice, now), "has another change to be decided on")
                        .thenCompose(done -> attempt(asked, attempts - 1)));
    }

    /**
     * Returns whether a slice that is there is just what is asked for.
     *
     * @throws RefusedException if it can neither be answered nor changed
     */
    static boolean same(StoredSlice slice, Asked asked) {
        if (slice.state() == SliceState.REMOVING) {
            throw Creations.removing(slice.id());
        }
        boolean same = slice.spec().equals(asked.filled());
        if (!same && slice.state() == SliceState.FAILED) {
            throw new RefusedException(Problem.of(ProblemType.INSTALLATION_FAILED, "slice " + slice.id()
                    + " is FAILED; delete it before asking for something else"));
        }
        return same;
    }
}
