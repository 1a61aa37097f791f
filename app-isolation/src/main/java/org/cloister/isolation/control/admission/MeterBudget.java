package org.cloister.isolation.control.admission;

import org.cloister.isolation.allocation.ImmutableLedger;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.FabricView.SwitchRole;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.observed.MeterView;
import org.cloister.isolation.control.plan.MeterNeed;
import org.cloister.isolation.control.plan.Pass;
import org.cloister.isolation.store.StoredMeter;
import org.cloister.isolation.store.StoredSlice;
import org.onosproject.net.DeviceId;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts meters before they are promised: those that slices have or need, and those of others, against what a switch
 * can have.
 */
final class MeterBudget {

    private final Pass pass;
    private final Map<DeviceId, Map<SliceId, Set<MeterNeed>>> promised = new HashMap<>();
    /** Slices that have no meters: what they were promised is theirs to have on other hosts. */
    private final Set<SliceId> reserved = new HashSet<>();

    MeterBudget(Pass pass, Collection<StoredSlice> slices) {
        this.pass = pass;
        slices.forEach(this::add);
    }

    /** Counts what a slice has and needs; what it was promised for hosts that it only reserved counts no more. */
    void add(StoredSlice slice) {
        if (reserved.remove(slice.id())) {
            promised.values().forEach(slices -> slices.remove(slice.id()));
        }
        if (slice.state() == SliceState.RESERVED) {
            reserved.add(slice.id());
        }
        for (StoredMeter meter : slice.meters()) {
            promise(slice, MeterNeed.of(meter));
        }
        if (slice.state() != SliceState.FAILED && slice.state() != SliceState.REMOVING) {
            MeterNeed.held(pass.fabric(), slice).forEach(need -> promise(slice, need));
        }
    }

    private void promise(StoredSlice slice, MeterNeed need) {
        promised.computeIfAbsent(need.device(), device -> new HashMap<>())
                .computeIfAbsent(slice.id(), id -> new HashSet<>()).add(need);
    }

    /** Returns a ledger in which hosts that need meters are only chosen where there are some, if any are to be chosen. */
    Ledger limit(Ledger ledger, SliceId slice, SliceSpec spec) {
        if (spec.placement().isEmpty() || spec.bandwidth().limitBitsPerSecond().isEmpty()) {
            return ledger;
        }
        SortedMap<String, Integer> room = new TreeMap<>();
        pass.fabric().switches().values().stream().filter(each -> each.role() == SwitchRole.LEAF)
                .forEach(leaf -> free(leaf.device(), slice).ifPresent(free ->
                        room.put(leaf.name(), (int) Math.min(free, Integer.MAX_VALUE))));
        return ImmutableLedger.copyOf(ledger).withRoom(room);
    }

    /** Returns why an allocation of a slice cannot have its meters, as far as switches say how many they can have. */
    Optional<Problem> refusal(StoredSlice slice, Allocation allocation) {
        SortedMap<String, Problem> problems = new TreeMap<>();
        Map<DeviceId, Integer> more = new HashMap<>();
        for (MeterNeed need : MeterNeed.of(pass.fabric(), allocation)) {
            if (reserved.contains(slice.id()) || !promised.getOrDefault(need.device(), Map.of())
                    .getOrDefault(slice.id(), Set.of()).contains(need)) {
                more.merge(need.device(), 1, Integer::sum);
            }
        }
        more.forEach((device, needed) -> free(device, slice.id()).ifPresent(free -> {
            if (needed > free) {
                problems.put(pass.name(device), problem(pass.name(device), needed, free));
            }
        }));
        return problems.isEmpty() ? Optional.empty() : Optional.of(problems.get(problems.firstKey()));
    }

    /** Returns how many more meters a switch can have for a slice, if it says so. */
    private OptionalLong free(DeviceId device, SliceId slice) {
        MeterView view = pass.observed().meters(device);
        return view.capacity().isEmpty() ? OptionalLong.empty() : OptionalLong.of(Math.max(0,
                view.capacity().getAsLong() - view.others() - promised(device, slice)));
    }

    private long promised(DeviceId device, SliceId slice) {
        return promised.getOrDefault(device, Map.of()).entrySet().stream()
                .filter(each -> !each.getKey().equals(slice) || !reserved.contains(slice))
                .mapToLong(each -> each.getValue().size()).sum();
    }

    private static Problem problem(String leaf, long needed, long free) {
        return Problem.builder().type(ProblemType.METERS_EXHAUSTED)
                .detail(leaf + " has " + free + " of " + needed + " meters free")
                .shortage(Problem.Shortage.of(leaf, "meters", needed, free)).build();
    }
}
