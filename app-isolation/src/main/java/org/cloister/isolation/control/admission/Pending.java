package org.cloister.isolation.control.admission;

import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.light.LightProgress;
import org.cloister.isolation.control.light.Switching;
import org.cloister.isolation.control.plan.Change;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.control.plan.Operation;
import org.cloister.isolation.control.plan.Pass;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Decides on requests for new slices. */
public final class Pending {

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final Admission admission;
    private final Room room;

    /** Creates what decides, and makes room where that helps. */
    public Pending(Admission admission, Room room) {
        this.admission = admission;
        this.room = room;
    }

    /**
     * Plans the answer to a request.
     *
     * @param unready why nothing can be given out at all, if so
     * @param allowance how many decisions may be made
     * @return whether the request's next document is planned
     */
    boolean plan(Pass pass, VersionedSlice from, Ledgers ledgers, MeterBudget meters, Optional<Problem> unready,
                 Allowance allowance) {
        if (Refusal.answered(pass.plan(), from, pass.now())) {
            return true;
        }
        Optional<Problem> impossible = Refusal.tooLate(from, pass.now()).or(() -> unready);
        if (impossible.isPresent()) {
            refuse(pass, from, impossible.get());
        } else if (room.isWaiting(pass, from, from.slice().deadline().orElse(pass.now()), ledgers)) {
            return false;
        } else if (allowance.take(pass)) {
            return decide(pass, from, ledgers, meters, allowance);
        } else {
            return false;
        }
        return true;
    }

    private boolean decide(Pass pass, VersionedSlice from, Ledgers ledgers, MeterBudget meters, Allowance allowance) {
        StoredSlice slice = from.slice();
        try {
            Ledger ledger = meters.limit(ledgers.ledger(), slice.id(), slice.spec());
            return admission.decide(pass.fabric(), ledger, slice.spec(), List.of()).<Supplier<Boolean>>fold(
                    allocation -> () -> grant(pass, from, allocation, ledgers, meters),
                    problem -> () -> {
                        Optional<Problem> refusal = room.make(pass, from, slice.spec(),
                                slice.deadline().orElse(pass.now()), ledgers, meters, problem, allowance);
                        refusal.ifPresent(found -> refuse(pass, from, found));
                        return refusal.isPresent();
                    }).get();
        } catch (RuntimeException e) {
            // one request that an allocator or a compiler stumbles over must not stop all others
            log.error("Slice {} could not be decided on", slice.id(), e);
            refuse(pass, from, Problem.of(ProblemType.NOT_READY, "slice " + slice.id()
                    + " could not be decided on; the log of the node that decides says why"));
            return true;
        }
    }

    private static boolean grant(Pass pass, VersionedSlice from, Allocation allocation, Ledgers ledgers,
                                 MeterBudget meters) {
        StoredSlice slice = from.slice();
        Optional<Problem> lacking = pass.drained().refusal(allocation)
                .or(() -> meters.refusal(slice, allocation));
        if (lacking.isPresent()) {
            refuse(pass, from, lacking.get());
            return true;
        }
        StoredSlice next = allocated(pass, slice, allocation, slice.created());
        ledgers.hold(next);
        meters.add(next);
        pass.plan().write(new Operation.Allocate(from, next));
        return true;
    }

    private static void refuse(Pass pass, VersionedSlice from, Problem problem) {
        Refusal.plan(pass.plan(), from, problem, pass.now(), pass.limits().pending());
    }

    /**
     * Returns a slice with an allocation that nothing is installed of yet: RESERVED if its hosts come later, SWITCHING
     * if light is to be moved for it.
     *
     * @param asked when that was asked for
     */
    static StoredSlice allocated(Pass pass, StoredSlice slice, Allocation allocation, Instant asked) {
        Change change = Change.of(slice, pass.now()).allocation(Optional.of(allocation)).phase("allocating", asked);
        if (Binding.isLater(slice.spec())) {
            return change.observedGeneration(slice.generation()).state(SliceState.RESERVED).slice();
        }
        change.phase("switching", pass.now()).holdsNot(Conditions.MOVE_FAILED).vain(0);
        if (!pass.fabric().enforce()) {
            return Switching.notEnforced(change).slice();
        }
        return (LightProgress.isPlanned(allocation) ? Switching.moving(pass, change)
                : Switching.installing(pass, change)).slice();
    }
}
