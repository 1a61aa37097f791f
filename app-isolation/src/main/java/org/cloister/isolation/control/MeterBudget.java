package org.cloister.isolation.control;

import org.cloister.isolation.allocation.ImmutableLedger;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.FabricView.SwitchRole;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
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
    private final Map<DeviceId, Set<Object>> promised = new HashMap<>();

    MeterBudget(Pass pass, Collection<StoredSlice> slices) {
        this.pass = pass;
        slices.forEach(this::add);
    }

    /** Counts what a slice has and needs. */
    void add(StoredSlice slice) {
        for (StoredMeter meter : slice.meters()) {
            promise(slice, MeterNeed.of(meter));
        }
        if (slice.state() != SliceState.FAILED && slice.state() != SliceState.REMOVING) {
            MeterNeed.held(pass.fabric(), slice).forEach(need -> promise(slice, need));
        }
    }

    private void promise(StoredSlice slice, MeterNeed need) {
        promised.computeIfAbsent(need.device(), device -> new HashSet<>()).add(Map.entry(slice.id(), need));
    }

    /** Returns a ledger in which hosts that need meters are only chosen where there are some, if any are to be chosen. */
    Ledger limit(Ledger ledger, SliceSpec spec) {
        if (spec.placement().isEmpty() || spec.bandwidth().limitBitsPerSecond().isEmpty()) {
            return ledger;
        }
        SortedMap<String, Integer> room = new TreeMap<>();
        pass.fabric().switches().values().stream().filter(each -> each.role() == SwitchRole.LEAF)
                .forEach(leaf -> free(leaf.device()).ifPresent(free ->
                        room.put(leaf.name(), (int) Math.min(free, Integer.MAX_VALUE))));
        return ImmutableLedger.copyOf(ledger).withRoom(room);
    }

    /** Returns why an allocation of a slice cannot have its meters, as far as switches say how many they can have. */
    Optional<Problem> refusal(StoredSlice slice, Allocation allocation) {
        SortedMap<String, Problem> problems = new TreeMap<>();
        Map<DeviceId, Integer> more = new HashMap<>();
        for (MeterNeed need : MeterNeed.of(pass.fabric(), allocation)) {
            if (!promised.getOrDefault(need.device(), Set.of()).contains(Map.entry(slice.id(), need))) {
                more.merge(need.device(), 1, Integer::sum);
            }
        }
        more.forEach((device, needed) -> free(device).ifPresent(free -> {
            if (needed > free) {
                problems.put(pass.name(device), problem(pass.name(device), needed, free));
            }
        }));
        return problems.isEmpty() ? Optional.empty() : Optional.of(problems.get(problems.firstKey()));
    }

    private OptionalLong free(DeviceId device) {
        MeterView view = pass.observed().meters(device);
        return view.capacity().isEmpty() ? OptionalLong.empty() : OptionalLong.of(Math.max(0,
                view.capacity().getAsLong() - view.others() - promised.getOrDefault(device, Set.of()).size()));
    }

    private static Problem problem(String leaf, long needed, long free) {
        return Problem.builder().type(ProblemType.METERS_EXHAUSTED)
                .detail(leaf + " has " + free + " of " + needed + " meters free")
                .shortage(Problem.Shortage.of(leaf, "meters", needed, free)).build();
    }
}
