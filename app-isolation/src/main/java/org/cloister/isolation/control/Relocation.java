package org.cloister.isolation.control;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.store.ImmutableMove;
import org.cloister.isolation.store.Move;
import org.cloister.isolation.store.Retired;
import org.cloister.isolation.store.StoredSlice;

import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** Finds another allocation for a slice that has one, and has it move there. What it holds now is free to it. */
final class Relocation {

    private final Admission admission;

    Relocation(Admission admission) {
        this.admission = admission;
    }

    /**
     * Decides where a slice goes.
     *
     * @param slice as it is to be, except for the move
     * @param previousSpec what it goes back to if the new allocation cannot be installed
     * @return what the matching function makes of the next document, or of the reason why there is none
     */
    <T> T decide(Pass pass, Ledgers ledgers, MeterBudget meters, StoredSlice slice, Move.Reason reason,
                 Optional<SliceSpec> previousSpec, Function<StoredSlice, T> ifMoved, Function<Problem, T> ifRefused) {
        return admission.decide(pass.fabric(), ledgers.without(slice.id()), slice.spec(), Ledgers.held(slice)).fold(
                allocation -> refusal(pass, meters, slice, allocation, reason).map(ifRefused).orElseGet(() ->
                        ifMoved.apply(begin(pass, slice, allocation, reason, previousSpec))), ifRefused);
    }

    private static Optional<Problem> refusal(Pass pass, MeterBudget meters, StoredSlice slice, Allocation allocation,
                                             Move.Reason reason) {
        Optional<Problem> drained = reason == Move.Reason.CHANGE ? pass.drained().refusal(allocation) : Optional.empty();
        return drained.or(() -> meters.refusal(slice, allocation));
    }

    private static StoredSlice begin(Pass pass, StoredSlice slice, Allocation allocation, Move.Reason reason,
                                     Optional<SliceSpec> previousSpec) {
        Change change = Change.of(slice, pass.now());
        // a move that was on its way is superseded
        slice.move().ifPresent(move -> change.retire(Moving.retired(slice, move)).move(Optional.empty()));
        if (!pass.fabric().enforce()) {
            return atOnce(pass, slice, change, allocation);
        }
        Move move = Move.builder().reason(reason).phase(Move.Phase.INSTALLING).allocation(allocation)
                .previousSpec(previousSpec).since(pass.now()).deadline(pass.now().plus(pass.limits().installing()))
                .build();
        return change.move(Optional.of(ImmutableMove.copyOf(move).withDevices(
                pass.compiled(Installation.next(slice, move)).whole().deviceIds()))).slice();
    }

    /** Where nothing is installed there is nothing to wait for, but rules of an earlier time may be on switches. */
    private static StoredSlice atOnce(Pass pass, StoredSlice slice, Change change, Allocation allocation) {
        if (!slice.devices().isEmpty()) {
            change.retire(Retired.builder().allocation(slice.allocation().orElseThrow())
                            .admitLevel(slice.admitLevel()).devices(slice.devices()).since(pass.now()).build())
                    .admitLevel(slice.admitLevel().other());
        }
        return change.allocation(Optional.of(allocation)).devices(new TreeSet<>()).slice();
    }
}
