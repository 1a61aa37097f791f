package org.cloister.isolation.control.requests;

import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.SliceAdminService.Outcome;
import org.cloister.isolation.api.SliceAdminService.PutResult;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.environment.Limits;
import org.cloister.isolation.control.environment.Services;
import org.cloister.isolation.store.Proposal;
import org.cloister.isolation.store.SliceStore;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Changes of slices: a proposal is written into the slice's document, and the leader takes it up as the next
 * generation, or writes into it why not. One that is refused, or not decided on in time, is taken out again; the slice
 * has stayed as it was.
 *
 * <p>A proposal goes by the leader taking it up, by whoever made it, by a later request for the slice as it is, or when
 * its time is up; till then nobody writes another one over it.
 */
final class ChangeRequests {

    /** How often the leader may write something else into a document before its proposal is left to time out. */
    private static final int ATTEMPTS = 5;

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final SliceStore store;
    private final Waits waits;
    private final Clock clock;
    private final Limits limits;

    ChangeRequests(Services services, Waits waits) {
        this.store = services.store();
        this.clock = services.clock();
        this.limits = services.limits();
        this.waits = waits;
    }

    /** Returns whether a slice can take a proposal: one whose time is up is left over from a node that stopped. */
    static boolean isFree(StoredSlice slice, Instant now) {
        return slice.proposal().filter(proposal -> proposal.deadline().isAfter(now)).isEmpty();
    }

    /** Returns whether the proposal that a slice had is still in its document. */
    static boolean isOpen(StoredSlice before, Optional<VersionedSlice> now) {
        return same(before, now).flatMap(StoredSlice::proposal)
                .filter(found -> isSame(before.proposal().orElseThrow(), found)).isPresent();
    }

    /** Returns a slice without the change that is not decided on, which whoever made it is told of. */
    static StoredSlice calledOff(StoredSlice slice) {
        return slice.proposal().filter(open -> open.refusal().isEmpty()).map(open -> without(slice)).orElse(slice);
    }

    /** Proposes a change and returns a future of what the leader decides; empty if somebody else was faster. */
    Optional<CompletableFuture<PutResult>> propose(Asked asked, VersionedSlice found) {
        StoredSlice proposed = StoredSlice.builder(found.slice()).proposal(Proposal.builder().spec(asked.filled())
                .created(asked.since()).deadline(asked.deadline()).build()).build();
        if (!store.replace(found.version(), proposed)) {
            return Optional.empty();
        }
        CompletableFuture<PutResult> decided = waits.of(asked.id(), asked.deadline(),
                now -> decision(proposed, now), late -> giveUp(proposed, late));
        // only once the answer is given: a proposal that is gone would look like another answer
        return Optional.of(decided.whenComplete((result, error) -> {
            if (error != null) {
                remove(proposed);
            }
        }));
    }

    /** Returns a future of what the leader decides on a proposal that somebody else has made, who takes it back. */
    CompletableFuture<PutResult> follow(Asked asked, VersionedSlice proposed) {
        return waits.of(asked.id(), asked.deadline(), now -> decision(proposed.slice(), now),
                late -> late.completeExceptionally(undecided(proposed.slice())));
    }

    private Optional<PutResult> decision(StoredSlice proposed, Optional<VersionedSlice> now) {
        StoredSlice found = same(proposed, now).orElseThrow(() -> Removals.notFound(proposed.id()));
        Proposal proposal = proposed.proposal().orElseThrow();
        if (found.state() == SliceState.REMOVING) {
            throw Creations.removing(found.id());
        }
        if (found.proposal().filter(open -> isSame(proposal, open)).isPresent()) {
            found.proposal().get().refusal().ifPresent(problem -> {
                throw new RefusedException(problem);
            });
            if (found.state() == SliceState.FAILED) {
                throw new RefusedException(Problem.of(ProblemType.INSTALLATION_FAILED, "slice " + found.id()
                        + " has FAILED meanwhile; delete it before asking again"));
            }
            return Optional.empty();
        }
        if (found.generation() > proposed.generation() && found.spec().equals(proposal.spec())) {
            return Optional.of(Views.result(found, Outcome.CHANGED));
        }
        throw Waits.late(found.id(), found.generation() > proposed.generation()
                ? "was changed again at the same time"
                : clock.instant().isBefore(proposal.deadline())
                ? "was not changed, for a later request asked for it as it is" : "was not decided on in time");
    }

    private static Optional<StoredSlice> same(StoredSlice before, Optional<VersionedSlice> now) {
        return now.filter(Removals::exists).map(VersionedSlice::slice)
                .filter(found -> found.created().equals(before.created()) && found.owner().equals(before.owner()));
    }

    /** Whatever the leader has answered, and till when the answer may be read. */
    private static boolean isSame(Proposal made, Proposal found) {
        return made.created().equals(found.created()) && made.spec().equals(found.spec());
    }

    /** Takes the proposal back; if the leader was faster, its decision holds. */
    private void giveUp(StoredSlice proposed, CompletableFuture<PutResult> decided) {
        try {
            Optional<VersionedSlice> now = store.slice(proposed.id());
            for (int attempt = 0; attempt < ATTEMPTS && decision(proposed, now).isEmpty(); attempt++) {
                VersionedSlice open = now.orElseThrow();
                if (store.replace(open.version(), without(open.slice()))) {
                    decided.completeExceptionally(undecided(open.slice()));
                    return;
                }
                now = store.slice(proposed.id());
            }
            decision(proposed, now).ifPresent(decided::complete);
        } catch (RefusedException e) {
            decided.completeExceptionally(e);
        }
        decided.completeExceptionally(undecided(proposed));
    }

    /** Takes a proposal out that was answered, or that nobody waits for any more. */
    private void remove(StoredSlice proposed) {
        try {
            Optional<VersionedSlice> now = store.slice(proposed.id());
            for (int attempt = 0; attempt < ATTEMPTS && isOpen(proposed, now); attempt++) {
                if (store.replace(now.get().version(), without(now.get().slice()))) {
                    return;
                }
                now = store.slice(proposed.id());
            }
        } catch (RefusedException e) {
            log.debug("The leader removes the refused change of slice {}", proposed.id(), e);
        }
    }

    private static StoredSlice without(StoredSlice slice) {
        return StoredSlice.builder(slice).proposal(Optional.empty()).build();
    }

    private RefusedException undecided(StoredSlice slice) {
        String busy = slice.state() == SliceState.INSTALLING ? ": it is still INSTALLING"
                : slice.move().isPresent() ? ": it is still on its way to what was asked before" : "";
        return Waits.late(slice.id(), "was not changed within " + limits.pending().toSeconds() + " s" + busy);
    }
}
