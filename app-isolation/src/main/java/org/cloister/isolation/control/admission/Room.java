package org.cloister.isolation.control.admission;

import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.repacking.Holding;
import org.cloister.isolation.allocation.repacking.Repacker;
import org.cloister.isolation.allocation.repacking.Repacking;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.ImmutableProblem;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RepackPolicy;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.light.LostLinks;
import org.cloister.isolation.control.plan.Desired;
import org.cloister.isolation.control.plan.Installation;
import org.cloister.isolation.control.plan.Operation;
import org.cloister.isolation.control.plan.Pass;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.cloister.isolation.fabric.LinkFailures;
import org.cloister.isolation.store.Move;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes room for a wish that was refused for want of links: has slices that allow it move to other spines, and the wish
 * wait till their links came free. It is decided on again then like any other; if it is refused still, fewer moves are
 * left to be made than before, or somebody else was faster.
 *
 * <p>What it remembers only keeps wishes waiting and bounds the number of moves for each. If it is lost with the leader,
 * a wish whose room is not made yet may be refused, or get a few moves more.
 */
public final class Room {

    /** What a slice over other links can help with. */
    private static final Set<ProblemType> LINKS = EnumSet.of(ProblemType.INSUFFICIENT_UPLINKS,
            ProblemType.NO_COMMON_SPINES, ProblemType.INSUFFICIENT_BANDWIDTH);

    /** With so little time left whoever waits is told of the links, not that time ran out. */
    private static final Duration TO_ANSWER = Duration.ofSeconds(1);

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final Admission admission;
    private final Repacker repacker = new Repacker();
    private final Map<SliceId, Effort> efforts = new HashMap<>();
    private Map<SliceId, VersionedSlice> movable = Map.of();
    private Map<SliceId, StoredSlice> slices = Map.of();
    private Set<SliceId> moved = new HashSet<>();

    /** Creates one that remembers nothing yet. */
    public Room(Admission admission) {
        this.admission = admission;
    }

    /**
     * Begins a pass.
     *
     * @param busy those that are written anyway, or have to move for themselves
     */
    void begin(Pass pass, Desired desired, Collection<VersionedSlice> waiting, Collection<SliceId> busy) {
        moved = new HashSet<>();
        movable = new TreeMap<>();
        slices = desired.slices().stream().map(VersionedSlice::slice)
                .collect(Collectors.toMap(StoredSlice::id, Function.identity()));
        Map<SliceId, Instant> asked = new HashMap<>();
        waiting.forEach(each -> asked.put(each.id(), Decisions.asked(each)));
        efforts.entrySet().removeIf(each -> !each.getValue().wish.equals(asked.get(each.getKey())));
        if (!waiting.isEmpty()) {
            desired.slices().stream().filter(each -> !busy.contains(each.id()) && mayMove(pass, each.slice()))
                    .forEach(each -> movable.put(each.id(), each));
        }
    }

    private static boolean mayMove(Pass pass, StoredSlice slice) {
        if (slice.spec().repack() != RepackPolicy.ALLOW || slice.state() != SliceState.ACTIVE
                || slice.move().isPresent() || slice.proposal().isPresent() || !slice.retired().isEmpty()
                || slice.allocation().filter(Holding::canMove).isEmpty()
                || !pass.fabric().enforce() && !slice.devices().isEmpty()) {
            return false;
        }
        try {
            return !pass.drained().touches(slice.allocation().get()) && !Repairs.isOutOfReach(pass, slice)
                    && !new LostLinks(pass, Installation.current(slice)).any();
        } catch (RuntimeException e) {
            return false; // a document that makes no sense; people are told where rules are made of it
        }
    }

    /**
     * Returns a refusal as somebody is told who only asks: where running slices may make room, which is tried when it is
     * needed, the want of links is not proven to stay.
     *
     * @param own the slice that is asked about, which makes no room for itself
     */
    public static Problem asForeseen(Problem refusal, Optional<SliceId> own, Collection<StoredSlice> slices) {
        return LINKS.contains(refusal.type()) && slices.stream().anyMatch(slice -> !own.equals(Optional.of(slice.id()))
                && slice.spec().repack() == RepackPolicy.ALLOW && slice.state() == SliceState.ACTIVE)
                ? ImmutableProblem.copyOf(refusal).withUnproven(true) : refusal;
    }

    /** Returns whether a wish waits for room as before: nothing has changed since it was decided on last. */
    boolean isWaiting(Pass pass, VersionedSlice from, Instant until, Ledgers ledgers) {
        Effort effort = efforts.get(from.id());
        Instant last = until.minus(TO_ANSWER);
        if (effort == null || effort.fabric != pass.fabric() || !last.isAfter(pass.now()) || !isUnderWay(from, effort)
                || !ledgers.ledger().equals(effort.ledger)) {
            return false;
        }
        pass.plan().wake(last);
        return true;
    }

    /** Returns the slices whose next document was planned in this pass to make room. */
    Set<SliceId> moved() {
        return moved;
    }

    /**
     * Plans moves that make room for a wish, if there are any.
     *
     * @param wanted what the wish asks for
     * @param until when nobody waits for the answer any more
     * @param refusal why it would be refused now
     * @return what it is refused with; empty if it is to wait
     */
    Optional<Problem> make(Pass pass, VersionedSlice from, SliceSpec wanted, Instant until, Ledgers ledgers,
                           MeterBudget meters, Problem refusal, Allowance allowance) {
        Instant last = until.minus(TO_ANSWER);
        // while links are held twice less is free than there will be: what was lacking before that is told
        Optional<Problem> refused = Optional.of(LINKS.contains(refusal.type()) && efforts.containsKey(from.id())
                ? efforts.get(from.id()).refusal : refusal);
        if (!LINKS.contains(refusal.type()) || !last.isAfter(pass.now())) {
            return refused;
        }
        Effort effort = efforts.get(from.id());
        if (isUnderWay(from, effort)) {
            if (effort != null) {
                effort.fabric = pass.fabric();
                effort.ledger = ledgers.ledger();
            }
            pass.plan().wake(last);
            return Optional.empty();
        }
        Map<SliceId, VersionedSlice> others = new TreeMap<>(movable);
        others.keySet().removeAll(moved);
        others.remove(from.id());
        if (effort != null) {
            others.values().removeIf(each -> effort.hasFailed(each.slice()));
        }
        if (others.isEmpty() || effort != null && effort.moves >= Repacker.MOVES_MAX) {
            return refused;
        }
        if (!allowance.take(pass)) {
            return Optional.empty();
        }
        if (plan(pass, from, wanted, ledgers, meters, refusal, others, allowance) == 0) {
            return refused;
        }
        pass.plan().wake(last);
        return Optional.empty();
    }

    /**
     * Whether somebody has not left yet who makes room: for this wish, or, as another leader may have begun that, since
     * it was asked for. Who moves for an earlier wish is no reason to wait.
     */
    private boolean isUnderWay(VersionedSlice from, Effort effort) {
        Instant asked = Decisions.asked(from);
        return effort != null && effort.targets.keySet().stream().map(slices::get)
                .anyMatch(slice -> slice != null && (moved.contains(slice.id()) || holdsOldLinks(slice)))
                || effort == null && slices.values().stream().flatMap(slice -> slice.move().stream())
                .anyMatch(move -> move.reason() == Move.Reason.REPACK && !move.since().isBefore(asked));
    }

    private static boolean holdsOldLinks(StoredSlice slice) {
        return slice.move().isPresent() || slice.retired().stream().anyMatch(each -> !each.released());
    }

    private int plan(Pass pass, VersionedSlice from, SliceSpec wanted, Ledgers ledgers, MeterBudget meters,
                     Problem refusal, Map<SliceId, VersionedSlice> others, Allowance allowance) {
        Fabric fabric = steady(pass);
        List<Allocation> own = Installation.held(from.slice());
        // what the wish's slice holds is free to it, and to nobody who makes room
        Repacking repacking = repacker.room(fabric, ledgers.without(from.id()), own,
                others.values().stream().map(each -> Holding.of(each.id(), each.slice().allocation().orElseThrow()))
                        .collect(Collectors.toList()),
                ledger -> {
                    allowance.takeMore(1);
                    return admission.decide(fabric, ledger, wanted, own);
                });
        Effort effort = efforts.computeIfAbsent(from.id(), id -> new Effort(Decisions.asked(from), refusal));
        for (Holding move : repacking.first()) {
            VersionedSlice slice = others.get(move.slice());
            StoredSlice next = Relocation.begin(pass, slice.slice(), move.allocation(), Move.Reason.REPACK,
                    Optional.empty());
            ledgers.hold(next);
            meters.add(next);
            pass.plan().write(new Operation.Allocate(slice, next));
            moved.add(slice.id());
            effort.targets.put(slice.id(), move.allocation());
            effort.moves++;
        }
        if (!repacking.first().isEmpty()) {
            log.info("Slice {} finds room after {} moves of other slices; first: {}", from.id(),
                    repacking.moves().size(), repacking.first().stream().map(Holding::slice).collect(Collectors.toList()));
        }
        return repacking.first().size();
    }

    /** Nobody is moved to links that came back lately. */
    private static Fabric steady(Pass pass) {
        return pass.fabric().returned().isEmpty() ? pass.fabric() : ImmutableFabric.copyOf(pass.fabric())
                .withLinks(pass.fabric().links().stream()
                        .filter(link -> !LinkFailures.isOnProbation(pass.fabric(), link, pass.now()))
                        .collect(Collectors.toList()));
    }

    /** What was done for one wish. */
    private static final class Effort {

        private final Instant wish;
        private final Problem refusal;
        private final Map<SliceId, Allocation> targets = new HashMap<>();
        private int moves;
        /** What the wish was decided on with last while it waits; null before. */
        private Fabric fabric;
        private Ledger ledger;

        private Effort(Instant wish, Problem refusal) {
            this.wish = wish;
            this.refusal = refusal;
        }

        /** Whether a slice was to be moved and is elsewhere: switches may not have taken its rules. */
        private boolean hasFailed(StoredSlice slice) {
            Allocation target = targets.get(slice.id());
            return target != null && !slice.allocation().filter(target::equals).isPresent();
        }
    }
}
