package org.cloister.isolation.control;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Decides on requests, in the order in which they were made. */
final class Pending {

    private final Admission admission;

    Pending(Admission admission) {
        this.admission = admission;
    }

    void plan(Pass pass, Desired desired) {
        List<VersionedSlice> waiting = desired.slices().stream()
                .filter(slice -> slice.slice().state() == SliceState.PENDING)
                .sorted(Comparator.<VersionedSlice, Instant>comparing(each -> each.slice().created())
                        .thenComparing(VersionedSlice::id))
                .collect(Collectors.toList());
        if (waiting.isEmpty()) {
            return;
        }
        Collection<StoredSlice> all = desired.slices().stream().map(VersionedSlice::slice)
                .collect(Collectors.toList());
        Ledgers ledgers = Ledgers.of(all, pass.observed().heldTags());
        MeterBudget meters = new MeterBudget(pass, all);
        for (VersionedSlice slice : waiting) {
            decide(pass, desired, slice, ledgers, meters);
        }
    }

    private void decide(Pass pass, Desired desired, VersionedSlice from, Ledgers ledgers,
                        MeterBudget meters) {
        if (Refusal.answered(pass.plan(), from, pass.now())) {
            return;
        }
        Optional<Problem> problem = Refusal.tooLate(from, pass.now()).or(() -> desired.unreadable().isEmpty()
                ? Optional.empty() : Optional.of(Problem.of(ProblemType.NOT_READY, "slices " + desired.unreadable()
                + " are stored in a form that this version cannot read, so what they hold is not known")));
        problem.ifPresentOrElse(found -> refuse(pass, from, found), () -> decide(pass, from, ledgers, meters));
    }

    private void decide(Pass pass, VersionedSlice from, Ledgers ledgers, MeterBudget meters) {
        StoredSlice slice = from.slice();
        try {
            admission.decide(pass.fabric(), ledgers.ledger(), slice.spec()).<Runnable>fold(
                    allocation -> () -> {
                        Optional<Problem> lacking = meters.refusal(slice, allocation);
                        if (lacking.isPresent()) {
                            refuse(pass, from, lacking.get());
                            return;
                        }
                        StoredSlice next = allocated(pass, slice, allocation);
                        meters.add(next);
                        ledgers.add(slice.id(), allocation);
                        pass.plan().write(new Operation.Allocate(from, next));
                    },
                    problem -> () -> refuse(pass, from, problem)).run();
        } catch (RuntimeException e) {
            // one request that an allocator or a compiler stumbles over must not stop all others
            refuse(pass, from, Problem.of(ProblemType.NOT_READY, "slice " + slice.id()
                    + " could not be decided on: " + e));
        }
    }

    private static void refuse(Pass pass, VersionedSlice from, Problem problem) {
        Refusal.plan(pass.plan(), from, problem, pass.now(), pass.limits().pending());
    }

    private static StoredSlice allocated(Pass pass, StoredSlice slice, Allocation allocation) {
        Change change = Change.of(slice, pass.now()).allocation(Optional.of(allocation))
                .phase("allocating", slice.created()).phase("switching", pass.now());
        if (!pass.fabric().enforce()) {
            return change.state(SliceState.ACTIVE)
                    .holds(Conditions.NOT_ENFORCED, Conditions.ENFORCE_IS_FALSE, Running.NOT_ENFORCED).slice();
        }
        return change.devices(pass.programs().devices(pass.fabric(), change.slice()))
                .state(SliceState.INSTALLING, pass.limits().installing()).slice();
    }
}
