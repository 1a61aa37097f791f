package org.cloister.isolation.control.admission;

import org.cloister.isolation.allocation.Decision;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.light.FailedLight;
import org.cloister.isolation.control.light.LightProgress;
import org.cloister.isolation.control.plan.Change;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.control.plan.Installation;
import org.cloister.isolation.control.plan.Moves;
import org.cloister.isolation.control.plan.Pass;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.fabric.LinkFailures;
import org.cloister.isolation.store.ImmutableMove;
import org.cloister.isolation.store.Move;
import org.cloister.isolation.store.Retired;
import org.cloister.isolation.store.StoredSlice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds another allocation for a slice that has one, and has it move there. What it holds now is free to it. */
public final class Relocation {

    private final Admission admission;

    /** Creates what finds other allocations by the same decisions as the first. */
    public Relocation(Admission admission) {
        this.admission = admission;
    }

    /**
     * Decides where a slice goes: to links that have been there for a while if there are any, so that links that come
     * and go do not have it move for ever, and not over light that has just failed it if there is other.
     *
     * @param slice as it is to be, except for the move
     * @param wanted what it asks for, with its hosts named if it is to keep them
     * @param previousSpec what it goes back to if the new allocation cannot be installed
     * @return what the matching function makes of the next document, or of the reason why there is none
     */
    <T> T decide(Pass pass, Ledgers ledgers, MeterBudget meters, StoredSlice slice, SliceSpec wanted,
                 Move.Reason reason, Optional<SliceSpec> previousSpec, Function<StoredSlice, T> ifMoved,
                 Function<Problem, T> ifRefused) {
        return decide(fabrics(pass, slice), pass, ledgers, meters, slice, wanted, reason, previousSpec, ifMoved, ifRefused);
    }

    private <T> T decide(List<Fabric> fabrics, Pass pass, Ledgers ledgers, MeterBudget meters, StoredSlice slice,
                         SliceSpec wanted, Move.Reason reason, Optional<SliceSpec> previousSpec,
                         Function<StoredSlice, T> ifMoved, Function<Problem, T> ifRefused) {
        List<Fabric> others = fabrics.subList(1, fabrics.size());
        return decide(fabrics.get(0), pass, ledgers, meters, slice, wanted, reason, previousSpec, ifMoved,
                others.isEmpty() ? ifRefused : problem -> decide(others, pass, ledgers, meters, slice, wanted, reason,
                        previousSpec, ifMoved, ifRefused));
    }

    /** Returns the fabric without what a slice had better not use, and last as it is. */
    private static List<Fabric> fabrics(Pass pass, StoredSlice slice) {
        Fabric spared = FailedLight.spared(pass, slice);
        Fabric steady = steady(pass, slice, spared);
        List<Fabric> fabrics = new ArrayList<>(List.of(steady));
        if (spared != steady) {
            fabrics.add(spared);
        }
        if (pass.fabric() != spared) {
            fabrics.add(pass.fabric());
        }
        return fabrics;
    }

    /** Returns a fabric without links that came back lately, except the slice's own. */
    private static Fabric steady(Pass pass, StoredSlice slice, Fabric fabric) {
        Set<Link> left = fabric.returned().keySet().stream()
                .filter(link -> LinkFailures.isOnProbation(fabric, link, pass.now()))
                .collect(Collectors.toCollection(HashSet::new));
        slice.allocation().ifPresent(own -> own.links().forEach(each -> left.remove(Link.of(each.from(), each.to()))));
        return left.isEmpty() ? fabric : ImmutableFabric.copyOf(fabric).withLinks(fabric.links().stream()
                .filter(link -> !left.contains(link)).collect(Collectors.toList()));
    }

    private <T> T decide(Fabric fabric, Pass pass, Ledgers ledgers, MeterBudget meters, StoredSlice slice,
                         SliceSpec wanted, Move.Reason reason, Optional<SliceSpec> previousSpec,
                         Function<StoredSlice, T> ifMoved, Function<Problem, T> ifRefused) {
        Ledger ledger = meters.limit(ledgers.without(slice.id()), slice.id(), wanted);
        Decision decision = reason == Move.Reason.CHANGE
                ? admission.change(fabric, ledger, wanted, Installation.held(slice))
                : admission.decide(fabric, ledger, wanted, Installation.held(slice));
        return Binding.withOwnTag(slice, ledger, decision).fold(
                allocation -> refusal(pass, meters, slice, allocation, reason).map(ifRefused).orElseGet(() ->
                        ifMoved.apply(begin(pass, slice, allocation, reason, previousSpec))), ifRefused);
    }

    /**
     * Decides on hosts for a slice that is RESERVED, and has it installed there.
     *
     * @param slice as it is to be, except for allocation and state
     * @param asked when that was asked for
     */
    <T> T bind(Pass pass, Ledgers ledgers, MeterBudget meters, StoredSlice slice, Instant asked,
               Function<StoredSlice, T> ifBound, Function<Problem, T> ifRefused) {
        Ledger ledger = meters.limit(ledgers.without(slice.id()), slice.id(), slice.spec());
        Decision decision = admission.bind(pass.fabric(), ledger, slice.spec(), slice.allocation().orElseThrow());
        return Binding.withOwnTag(slice, ledger, decision).fold(
                allocation -> refusal(pass, meters, slice, allocation, Move.Reason.CHANGE).map(ifRefused).orElseGet(() ->
                        ifBound.apply(Pending.allocated(pass, slice, allocation, asked))), ifRefused);
    }

    private static Optional<Problem> refusal(Pass pass, MeterBudget meters, StoredSlice slice, Allocation allocation,
                                             Move.Reason reason) {
        Optional<Problem> drained = reason == Move.Reason.CHANGE ? pass.drained().refusal(allocation) : Optional.empty();
        return drained.or(() -> meters.refusal(slice, allocation));
    }

    /** Returns the slice that begins to move to an allocation. */
    static StoredSlice begin(Pass pass, StoredSlice slice, Allocation allocation, Move.Reason reason,
                                     Optional<SliceSpec> previousSpec) {
        Change change = Change.of(slice, pass.now());
        if (slice.state() == SliceState.RESERVED) {
            return change.allocation(Optional.of(allocation)).observedGeneration(slice.generation())
                    .holdsNot(Conditions.MOVE_FAILED).slice();
        }
        // a move that was on its way is superseded
        slice.move().ifPresent(move -> change.retire(Moves.retired(slice, move)).move(Optional.empty()));
        if (!pass.fabric().enforce()) {
            return atOnce(pass, slice, change, allocation);
        }
        boolean planned = LightProgress.isPlanned(allocation);
        Move move = Move.builder().reason(reason).allocation(allocation)
                .phase(planned ? Move.Phase.MOVING_LIGHT : Move.Phase.INSTALLING)
                .previousSpec(previousSpec).since(pass.now()).deadline(pass.now().plus(planned
                        ? pass.limits().switching() : pass.limits().installing()))
                .vain(slice.move().filter(before -> isAnotherTry(pass, slice, before, reason))
                        .map(before -> before.vain() + 1).orElse(0)).build();
        return change.move(Optional.of(planned ? move : installing(pass, slice, move))).slice();
    }

    private static boolean isAnotherTry(Pass pass, StoredSlice slice, Move before, Move.Reason reason) {
        return before.reason() == reason && before.phase() == Move.Phase.MOVING_LIGHT
                && new LightProgress(pass, slice, before.allocation()).failure().isPresent();
    }

    /** Returns a move of which rules may be sent. */
    public static Move installing(Pass pass, StoredSlice slice, Move move) {
        return ImmutableMove.copyOf(move).withPhase(Move.Phase.INSTALLING).withDevices(
                pass.compiled(Installation.next(slice, move)).whole().deviceIds());
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
