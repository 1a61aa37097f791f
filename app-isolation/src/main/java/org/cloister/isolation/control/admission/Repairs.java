package org.cloister.isolation.control.admission;

import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.environment.Limits;
import org.cloister.isolation.control.light.Demanding;
import org.cloister.isolation.control.light.LightProgress;
import org.cloister.isolation.control.light.LostLinks;
import org.cloister.isolation.control.plan.Change;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.control.plan.Desired;
import org.cloister.isolation.control.plan.Installation;
import org.cloister.isolation.control.plan.Moves;
import org.cloister.isolation.control.plan.Operation;
import org.cloister.isolation.control.plan.Pass;
import org.cloister.isolation.control.plan.Trouble;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Switch;
import org.cloister.isolation.store.Move;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Has slices move away from links that failed, and from those that are drained. A slice that finds no others is not
 * decided on again until the fabric or what others hold has changed; one whose new links could not be installed waits
 * longer each time. A slice whose leaf is away stays: there is no other way to its members. None moves back by itself.
 *
 * <p>What it remembers sets the pace and the order of decisions, and the words in which a slice says why it stays where
 * it is; it is lost with the leader, and costs the next one no more than a decision.
 */
public final class Repairs {

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final Relocation relocation;
    private final Map<SliceId, Hopeless> hopeless = new HashMap<>();
    private final Map<SliceId, Attempt> attempts = new HashMap<>();
    /** Where the last pass had to stop. */
    private Optional<SliceId> first = Optional.empty();
    private Ledger ledger;
    private long ledgers;

    /** Creates one that remembers nothing yet. */
    public Repairs(Relocation relocation) {
        this.relocation = relocation;
    }

    /** Returns the slices that have to move, or whose move has lost its aim, except those that are written anyway. */
    List<VersionedSlice> needed(Pass pass, Desired desired, Set<SliceId> decided) {
        List<VersionedSlice> needed = desired.slices().stream()
                .filter(each -> !decided.contains(each.id()) && isNeeded(pass, each.slice()))
                .collect(Collectors.toList());
        Set<SliceId> ids = needed.stream().map(VersionedSlice::id).collect(Collectors.toSet());
        hopeless.keySet().retainAll(ids);
        attempts.keySet().removeIf(id -> !ids.contains(id) && desired.slices().stream()
                .noneMatch(each -> each.id().equals(id) && each.slice().move().isPresent()));
        return needed;
    }

    private static boolean isNeeded(Pass pass, StoredSlice slice) {
        if (slice.state() != SliceState.RESERVED
                && slice.state() != SliceState.ACTIVE && slice.state() != SliceState.DEGRADED
                || !pass.fabric().enforce() && !slice.devices().isEmpty()) {
            return false; // where rules may not be touched those that are there stay where they are
        }
        try {
            if (slice.state() == SliceState.RESERVED) {
                return reason(pass, slice).isPresent();
            }
            return slice.move().map(move -> hasLostItsAim(pass, slice, move))
                    .orElseGet(() -> reason(pass, slice).isPresent());
        } catch (RuntimeException e) {
            return false; // a document that makes no sense; people are told where rules are made of it
        }
    }

    private static boolean hasLostItsAim(Pass pass, StoredSlice slice, Move move) {
        switch (move.phase()) {
            case MOVING_LIGHT:
                return pass.fabric().enforce() && move.vain() < pass.limits().relights()
                        && new LightProgress(pass, slice, move.allocation()).failure().isPresent()
                        || isAway(pass, Installation.next(slice, move));
            case INSTALLING:
                return isAway(pass, Installation.next(slice, move));
            default:
                return false;
        }
    }

    /** Returns what a reservation holds to no avail. */
    public static Optional<Trouble> lost(Pass pass, StoredSlice slice) {
        Installation held = Installation.current(slice);
        LostLinks links = new LostLinks(pass, held);
        List<String> hosts = Binding.goneHosts(pass.fabric(), held.allocation());
        if (!hosts.isEmpty()) {
            return Optional.of(new Trouble(Conditions.HOST_NOT_CONFIGURED, "not where they were: " + hosts));
        }
        if (links.any()) {
            return Optional.of(links.trouble());
        }
        Optional<Trouble> unlit = LightProgress.isPlanned(held.allocation())
                ? new LightProgress(pass, slice, held.allocation()).failure() : Optional.empty();
        if (unlit.isPresent()) {
            return unlit;
        }
        return isDrained(pass, held.allocation())
                ? Optional.of(new Trouble(Conditions.LINK_DRAINED, "what it holds is drained")) : Optional.empty();
    }

    private static boolean isDrained(Pass pass, Allocation reserved) {
        return pass.drained().touches(reserved) || pass.drained().hasMembers(reserved);
    }

    private static boolean isAway(Pass pass, Installation installation) {
        return new LostLinks(pass, installation).any() || pass.drained().touches(installation.allocation());
    }

    /** Returns why a slice has to leave the links that it has. */
    private static Optional<Move.Reason> reason(Pass pass, StoredSlice slice) {
        if (slice.state() == SliceState.RESERVED) {
            return lost(pass, slice).filter(lost -> lost.reason().equals(Conditions.HOST_NOT_CONFIGURED)
                    || isDrained(pass, slice.allocation().orElseThrow()) || !isOutOfReach(pass, slice))
                    .map(lost -> Move.Reason.REPAIR);
        }
        Installation current = Installation.current(slice);
        if (new LostLinks(pass, current).any()) {
            return isOutOfReach(pass, slice) ? Optional.empty() : Optional.of(Move.Reason.REPAIR);
        }
        return pass.drained().touches(current.allocation()) ? Optional.of(Move.Reason.DRAIN) : Optional.empty();
    }

    /**
     * Returns whether ONOS does not reach the leaf of a member. A leaf that is back counts once the snapshot of links
     * knows of it, which is a little later.
     */
    public static boolean isOutOfReach(Pass pass, StoredSlice slice) {
        return slice.allocation().orElseThrow().members().stream().map(AllocatedMember::leaf).distinct()
                .map(leaf -> pass.fabric().switches().get(leaf))
                .anyMatch(leaf -> leaf != null && !isAvailable(pass, leaf));
    }

    private static boolean isAvailable(Pass pass, Switch leaf) {
        return pass.fabric().availableDevices().contains(leaf.device())
                && pass.observed().device(leaf.device()).available();
    }

    /**
     * Plans moves, those first that an earlier pass had to leave; returns the slices whose next document is planned.
     *
     * @param allowance how many decisions may be made
     */
    Set<SliceId> plan(Pass pass, List<VersionedSlice> needed, Ledgers held, MeterBudget meters, Allowance allowance) {
        Set<SliceId> decided = new HashSet<>();
        long epoch = epoch(held.ledger());
        Optional<SliceId> left = Optional.empty();
        for (VersionedSlice from : inTurn(needed)) {
            if (isDue(pass, from.slice(), epoch)) {
                if (!allowance.take(pass)) {
                    left = Optional.of(from.id());
                    break;
                }
                if (tryToDecide(pass, from, held, meters, epoch)) {
                    decided.add(from.id());
                }
            }
        }
        first = left;
        return decided;
    }

    /** Begins where the last pass had to stop: if some find nothing again and again, the others must get their turn. */
    private List<VersionedSlice> inTurn(List<VersionedSlice> needed) {
        List<VersionedSlice> inTurn = new ArrayList<>(needed);
        inTurn.sort(Comparator.<VersionedSlice, Boolean>comparing(
                        from -> first.filter(id -> from.id().compareTo(id) < 0).isPresent())
                .thenComparing(VersionedSlice::id));
        return inTurn;
    }

    /** Numbers what all slices hold of links: what has another number is something else. */
    private long epoch(Ledger now) {
        if (ledger == null || !ledger.reserved().equals(now.reserved())
                || !ledger.exclusive().equals(now.exclusive())) {
            ledger = now;
            ledgers++;
        }
        return ledgers;
    }

    private boolean isDue(Pass pass, StoredSlice slice, long epoch) {
        Hopeless known = hopeless.get(slice.id());
        if (known != null && known.fabric == pass.fabric() && known.ledger == epoch
                && known.until.isAfter(pass.now())) {
            if (known.until.isBefore(Instant.MAX)) {
                pass.plan().wake(known.until);
            }
            return false;
        }
        Attempt last = attempts.get(slice.id());
        if (last == null || slice.move().isPresent() || !holdsMoveFailed(slice)) {
            return true;
        }
        Instant next = last.next(pass.now(), pass.limits());
        if (next.isAfter(pass.now())) {
            pass.plan().wake(next);
            return false;
        }
        return true;
    }

    private static boolean holdsMoveFailed(StoredSlice slice) {
        return Conditions.of(slice, Conditions.MOVE_FAILED)
                .filter(failed -> failed.status() && !failed.reason().equals(Conditions.LINK_DRAINED)).isPresent();
    }

    private boolean tryToDecide(Pass pass, VersionedSlice from, Ledgers held, MeterBudget meters, long epoch) {
        try {
            return decide(pass, from, held, meters, epoch);
        } catch (RuntimeException e) {
            // one slice that an allocator or a compiler stumbles over must not stop all others
            log.error("Where slice {} would go could not be decided on", from.id(), e);
            return refused(pass, from, Problem.of(ProblemType.NOT_READY,
                    "it could not be decided on; the log of the node that decides says why"), epoch);
        }
    }

    private boolean decide(Pass pass, VersionedSlice from, Ledgers held, MeterBudget meters, long epoch) {
        StoredSlice slice = from.slice();
        Optional<Move> change = slice.move().filter(move -> move.reason() == Move.Reason.CHANGE);
        Optional<Move.Reason> reason = change.map(Move::reason).or(() -> reason(pass, slice));
        if (reason.isEmpty()) {
            // what it was to get away from is well again, and where it was to go is not
            pass.plan().write(new Operation.Write(from, Moves.withdrawn(slice, pass.now())));
            return true;
        }
        return relocation.decide(pass, held, meters, slice, Binding.staying(slice),
                reason.get(), change.flatMap(Move::previousSpec),
                next -> {
                    if (asksForTheSameLight(pass, slice, next)) {
                        return refused(pass, from, Problem.of(ProblemType.NO_CIRCUIT, "there is no other light"), epoch);
                    }
                    held.hold(next);
                    meters.add(next);
                    attempts.compute(slice.id(), (id, last) -> new Attempt(last));
                    hopeless.remove(slice.id());
                    pass.plan().write(new Operation.Allocate(from, next));
                    return true;
                },
                problem -> refused(pass, from, problem, epoch));
    }

    /** What could not be had once would not be had again. */
    private static boolean asksForTheSameLight(Pass pass, StoredSlice slice, StoredSlice next) {
        Optional<Allocation> failed = slice.move().map(Move::allocation)
                .or(() -> slice.allocation().filter(held -> slice.state() == SliceState.RESERVED));
        Optional<Allocation> other = next.move().map(Move::allocation).or(next::allocation);
        return failed.filter(held -> LightProgress.isPlanned(held)
                        && new LightProgress(pass, slice, held).failure().isPresent()).isPresent()
                && other.filter(LightProgress::isPlanned).isPresent()
                && Demanding.wanted(pass, next).equals(Demanding.wanted(pass, slice));
    }

    private boolean refused(Pass pass, VersionedSlice from, Problem problem, long epoch) {
        StoredSlice slice = from.slice();
        hopeless.put(slice.id(), new Hopeless(pass.fabric(), epoch, until(pass, problem), problem.detail()));
        if (slice.move().isEmpty()) {
            return false;
        }
        Move move = slice.move().get();
        LostLinks lost = new LostLinks(pass, Installation.next(slice, move));
        Optional<Trouble> unlit = move.phase() == Move.Phase.MOVING_LIGHT
                ? new LightProgress(pass, slice, move.allocation()).failure() : Optional.empty();
        Trouble trouble = unlit.orElseGet(() -> lost.any() ? lost.trouble()
                : new Trouble(Conditions.LINK_ABSENT, "its new links are drained")).and("no others: " + problem.detail());
        Change change = Change.of(slice, pass.now());
        Moves.giveUp(slice, change, trouble);
        pass.plan().write(new Operation.Write(from, change.slice()));
        return true;
    }

    /** Hosts, tags and meters come free without a trace in what is held of links: they are asked for again after a while. */
    private static Instant until(Pass pass, Problem problem) {
        return problem.type() == ProblemType.TAGS_EXHAUSTED || problem.type() == ProblemType.METERS_EXHAUSTED
                || problem.type() == ProblemType.INSUFFICIENT_HOSTS
                ? pass.now().plus(pass.limits().exhausted()) : Instant.MAX;
    }

    /** Returns why a slice that should move has nowhere to go. */
    public Optional<String> why(SliceId id) {
        return Optional.ofNullable(hopeless.get(id)).map(found -> found.why);
    }

    /** A slice that found no other links in a fabric, with what others held of it. */
    private static final class Hopeless {

        private final Fabric fabric;
        private final long ledger;
        private final Instant until;
        private final String why;

        private Hopeless(Fabric fabric, long ledger, Instant until, String why) {
            this.fabric = fabric;
            this.ledger = ledger;
            this.until = until;
            this.why = why;
        }
    }

    /** The last of several attempts at a move. */
    private static final class Attempt {

        private final int number;
        private Instant next;

        private Attempt(Attempt last) {
            this.number = last == null ? 1 : last.number + 1;
        }

        /** Returns when the next one may begin, asked for the first time when this one has failed. */
        private Instant next(Instant now, Limits limits) {
            if (next == null) {
                Duration wait = limits.firstMoveRetry().multipliedBy(1L << Math.min(number - 1, 16));
                next = now.plus(wait.compareTo(limits.lastMoveRetry()) > 0 ? limits.lastMoveRetry() : wait);
            }
            return next;
        }
    }
}
