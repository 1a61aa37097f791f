package org.cloister.isolation.control.admission;

import org.cloister.isolation.api.ImmutableSliceSpec;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RepackPolicy;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.plan.Change;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.control.plan.Moves;
import org.cloister.isolation.control.plan.Operation;
import org.cloister.isolation.control.plan.Pass;
import org.cloister.isolation.control.plan.Plan;
import org.cloister.isolation.store.ImmutableProposal;
import org.cloister.isolation.store.Move;
import org.cloister.isolation.store.Proposal;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Decides on wishes to change slices. What is granted is the slice's next generation, and a move to another allocation
 * if it needs one; what is refused leaves the slice as it is. The answer is written into the wish, where the node that
 * waits for it finds it and removes it; if nobody does, it goes after a while.
 */
public final class Proposals {

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final Relocation relocation;
    private final Room room;

    /** Creates what decides, and makes room where that helps. */
    public Proposals(Relocation relocation, Room room) {
        this.relocation = relocation;
        this.room = room;
    }

    /**
     * Plans the answer to a wish.
     *
     * @param unready why nothing can be given out at all, if so
     * @param allowance how many decisions may be made
     * @return whether the slice's next document is planned
     */
    boolean plan(Pass pass, VersionedSlice from, Ledgers ledgers, MeterBudget meters, Optional<Problem> unready,
                 Allowance allowance) {
        StoredSlice slice = from.slice();
        Proposal proposal = slice.proposal().orElseThrow();
        if (planEnd(pass.plan(), from, pass.now(), pass.limits().pending())) {
            return true;
        }
        Optional<Problem> impossible = impossible(slice).or(() -> Binding.refusal(slice, proposal.spec()));
        if (proposal.refusal().isPresent() || impossible.isEmpty() && mustWait(slice)) {
            return false;
        }
        StoredSlice changed = Change.of(slice, pass.now()).spec(proposal.spec())
                .proposal(Optional.empty()).holdsNot(Conditions.CHANGE_FAILED).slice();
        if (impossible.isPresent()) {
            refuse(pass.plan(), from, impossible.get(), pass.now(), pass.limits().pending());
        } else if (sameNetwork(proposal.spec(), slice.spec())) {
            pass.plan().write(new Operation.Write(from, changed.state() != SliceState.RESERVED ? changed
                    : Change.of(changed, pass.now()).observedGeneration(changed.generation()).slice()));
        } else if (goesBack(slice, proposal)) {
            pass.plan().write(new Operation.Write(from, Change.of(changed, pass.now())
                    .retire(Moves.retired(slice, slice.move().orElseThrow())).move(Optional.empty()).slice()));
        } else if (unready.isPresent()) {
            refuse(pass.plan(), from, unready.get(), pass.now(), pass.limits().pending());
        } else if (room.isWaiting(pass, from, proposal.deadline(), ledgers)) {
            return false;
        } else if (allowance.take(pass)) {
            return move(pass, from, changed, ledgers, meters, allowance);
        } else {
            return false;
        }
        return true;
    }

    private boolean move(Pass pass, VersionedSlice from, StoredSlice changed, Ledgers ledgers, MeterBudget meters,
                         Allowance allowance) {
        try {
            Instant asked = from.slice().proposal().orElseThrow().created();
            Function<StoredSlice, Supplier<Boolean>> granted = next -> () -> {
                ledgers.hold(next);
                meters.add(next);
                pass.plan().write(new Operation.Allocate(from, next));
                return true;
            };
            Function<Problem, Supplier<Boolean>> refused = problem -> () -> {
                Optional<Problem> refusal = room.make(pass, from, changed.spec(),
                        from.slice().proposal().orElseThrow().deadline(), ledgers, meters, problem, allowance);
                refusal.ifPresent(found -> refuse(pass.plan(), from, found, pass.now(), pass.limits().pending()));
                return refusal.isPresent();
            };
            return (changed.state() == SliceState.RESERVED && !Binding.isLater(changed.spec())
                    ? relocation.bind(pass, ledgers, meters, changed, asked, granted, refused)
                    : relocation.decide(pass, ledgers, meters, changed, changed.spec(), Move.Reason.CHANGE,
                            Optional.of(carriedOut(from.slice())), granted, refused)).get();
        } catch (RuntimeException e) {
            // one wish that an allocator or a compiler stumbles over must not stop all others
            log.error("The change of slice {} could not be decided on", from.id(), e);
            refuse(pass.plan(), from, Problem.of(ProblemType.NOT_READY, "the change of slice " + from.id()
                    + " could not be decided on; the log of the node that decides says why"),
                    pass.now(), pass.limits().pending());
            return true;
        }
    }

    /** What can be decided without a fabric: that nobody waits any more, or that nothing can be decided. */
    public static void planWithoutFabric(Plan plan, VersionedSlice from, Instant now, Duration readWithin) {
        if (!planEnd(plan, from, now, readWithin) && from.slice().proposal().orElseThrow().refusal().isEmpty()) {
            refuse(plan, from, Problem.of(ProblemType.NOT_READY, "there is no valid configuration of the fabric"),
                    now, readWithin);
        }
    }

    /** Refuses what nobody waits for any more, and ends an answer that nobody reads. */
    private static boolean planEnd(Plan plan, VersionedSlice from, Instant now, Duration readWithin) {
        Proposal proposal = from.slice().proposal().orElseThrow();
        if (proposal.deadline().isAfter(now)) {
            plan.wake(proposal.deadline());
            return false;
        }
        if (proposal.refusal().isPresent()) {
            plan.write(new Operation.Write(from,
                    Change.of(from.slice(), now).proposal(Optional.empty()).slice()));
        } else {
            refuse(plan, from, Problem.of(ProblemType.NOT_READY,
                    "the change of slice " + from.id() + " was not decided on in time"), now, readWithin);
        }
        return true;
    }

    private static Optional<Problem> impossible(StoredSlice slice) {
        if (slice.state() == SliceState.REMOVING) {
            return Optional.of(Problem.of(ProblemType.REMOVING,
                    "slice " + slice.id() + " is being removed; ask again when it is gone"));
        }
        return slice.state() == SliceState.FAILED ? Optional.of(Problem.of(ProblemType.INSTALLATION_FAILED,
                "slice " + slice.id() + " could not be installed; delete it before asking again")) : Optional.empty();
    }

    /**
     * What is reserved is nobody's way. A slice that is being installed, or whose host ports change over, has to be done
     * with that first.
     */
    private static boolean mustWait(StoredSlice slice) {
        return slice.state() != SliceState.RESERVED
                && slice.state() != SliceState.ACTIVE && slice.state() != SliceState.DEGRADED
                || slice.move().filter(move -> move.phase() == Move.Phase.SWITCHING).isPresent();
    }

    /** Whether a change that is on its way is called off: what carries the traffic is what is wished for. */
    private static boolean goesBack(StoredSlice slice, Proposal proposal) {
        return slice.move().flatMap(Move::previousSpec).filter(spec -> sameNetwork(spec, proposal.spec())).isPresent();
    }

    /** Returns the specification that the slice's traffic is carried by. */
    private static SliceSpec carriedOut(StoredSlice slice) {
        return slice.move().flatMap(Move::previousSpec).orElse(slice.spec());
    }

    /** Whether two specifications differ in nothing that switches are told of. */
    public static boolean sameNetwork(SliceSpec one, SliceSpec other) {
        return network(one).equals(network(other));
    }

    private static SliceSpec network(SliceSpec spec) {
        return ImmutableSliceSpec.copyOf(spec).withLabels(Map.of()).withLeaseSeconds(OptionalInt.empty())
                .withRepack(RepackPolicy.FORBID);
    }

    private static void refuse(Plan plan, VersionedSlice from, Problem problem, Instant now, Duration readWithin) {
        Proposal refused = ImmutableProposal.copyOf(from.slice().proposal().orElseThrow())
                .withRefusal(problem).withDeadline(now.plus(readWithin));
        plan.write(new Operation.Write(from,
                Change.of(from.slice(), now).proposal(Optional.of(refused)).slice()));
    }
}
