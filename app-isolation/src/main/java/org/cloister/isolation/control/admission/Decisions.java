package org.cloister.isolation.control.admission;

import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.plan.Desired;
import org.cloister.isolation.control.plan.Pass;
import org.cloister.isolation.store.Proposal;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gives out links, hosts and tags: to new slices and to those that want to change, in the order of their wishes; then to
 * those whose light could not be moved and those that cannot stay where they are. A bounded number at a time, the rest in the next pass; as long as there are
 * both, neither gets less than half.
 */
public final class Decisions {

    private final Pending pending;
    private final Proposals proposals;
    private final Repairs repairs;
    private final Relighting relighting;
    private final Room room;

    /** Creates what decides by what decides on each kind of wish. */
    public Decisions(Pending pending, Proposals proposals, Repairs repairs, Relighting relighting, Room room) {
        this.pending = pending;
        this.proposals = proposals;
        this.repairs = repairs;
        this.relighting = relighting;
        this.room = room;
    }

    /** Returns the slices whose next document is planned: what else is to be done with them comes after that. */
    public Set<SliceId> plan(Pass pass, Desired desired) {
        Set<SliceId> decided = new HashSet<>();
        List<VersionedSlice> waiting = desired.slices().stream()
                .filter(each -> isNew(each) || each.slice().proposal().isPresent())
                .sorted(Comparator.comparing(Decisions::asked).thenComparing(VersionedSlice::id))
                .collect(Collectors.toList());
        Set<SliceId> wished = waiting.stream().map(VersionedSlice::id).collect(Collectors.toSet());
        List<VersionedSlice> needed = repairs.needed(pass, desired, wished);
        List<VersionedSlice> unlit = relighting.needed(pass, desired, wished);
        if (waiting.isEmpty() && needed.isEmpty() && unlit.isEmpty()) {
            return decided;
        }
        List<StoredSlice> all = desired.slices().stream().map(VersionedSlice::slice).collect(Collectors.toList());
        Ledgers ledgers = Ledgers.of(all, pass.observed().heldTags())
                .outOfUse(pass.drained(), pass.fabric());
        MeterBudget meters = new MeterBudget(pass, all);
        Optional<Problem> unready = unready(desired);
        int reserved = Math.min(needed.size() + unlit.size(), pass.limits().decisions() / 2);
        Allowance moves = new Allowance(reserved);
        Allowance wishes = new Allowance(pass.limits().decisions() - reserved);
        Set<SliceId> busy = new HashSet<>(wished);
        needed.forEach(each -> busy.add(each.id()));
        room.begin(pass, desired, waiting, busy);
        for (VersionedSlice slice : waiting) {
            if (isNew(slice) ? pending.plan(pass, slice, ledgers, meters, unready, wishes)
                    : proposals.plan(pass, slice, ledgers, meters, unready, wishes)) {
                decided.add(slice.id());
            }
        }
        decided.addAll(room.moved());
        if (unready.isEmpty()) {
            Allowance left = moves.and(wishes);
            decided.addAll(relighting.plan(pass, unlit, ledgers, meters, left));
            decided.addAll(repairs.plan(pass, needed, ledgers, meters, left));
        }
        return decided;
    }

    private static boolean isNew(VersionedSlice slice) {
        return slice.slice().state() == SliceState.PENDING;
    }

    static Instant asked(VersionedSlice slice) {
        return slice.slice().proposal().map(Proposal::created).orElse(slice.slice().created());
    }

    private static Optional<Problem> unready(Desired desired) {
        int unreadable = desired.unreadable().size();
        // not which: whoever asks may know nothing of them; administrators see them among the fabric's problems
        return unreadable == 0 ? Optional.empty() : Optional.of(Problem.of(ProblemType.NOT_READY,
                (unreadable == 1 ? "1 slice is" : unreadable + " slices are") + " stored in a form that this version"
                        + " cannot read, so what is free is not known"));
    }
}
