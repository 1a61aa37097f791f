package org.cloister.isolation.allocation.repacking;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.fabric.Link;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds the fewest moves by trying everything: every slice that may be moved, every way to put spines in place of its
 * own, one move after the other. Knows links by the names of their ends only; of parallel ones any may be taken.
 */
final class EveryMove {

    private static final int STATES_MAX = 20_000;

    private final CrowdedFabric crowded;
    private final List<SliceId> movable;

    EveryMove(CrowdedFabric crowded) {
        this.crowded = crowded;
        this.movable = crowded.movable().stream().map(Holding::slice).collect(Collectors.toList());
    }

    /** Returns the fewest moves, up to some; empty if no more than these help. */
    OptionalInt fewest(int most) {
        Set<String> seen = new HashSet<>();
        List<Map<SliceId, Allocation>> layer = List.of(crowded.slices());
        for (int moves = 0; moves <= most; moves++) {
            List<Map<SliceId, Allocation>> next = new ArrayList<>();
            for (Map<SliceId, Allocation> state : layer) {
                if (CrowdedFabric.allocated(crowded.fabric(), CrowdedFabric.ledger(crowded.fabric(), state),
                        crowded.request()).isPresent()) {
                    return OptionalInt.of(moves);
                }
                for (Map<SliceId, Allocation> after : moves == most ? List.<Map<SliceId, Allocation>>of() : after(state)) {
                    if (seen.size() < STATES_MAX && seen.add(key(after))) {
                        next.add(after);
                    }
                }
            }
            layer = next;
        }
        return OptionalInt.empty();
    }

    /** Which spines each slice has where; of parallel links it does not matter which is whose. */
    private String key(Map<SliceId, Allocation> state) {
        return movable.stream().map(id -> state.get(id).links().stream()
                        .map(link -> link.from().switchName() + ">" + link.to().switchName()).sorted()
                        .collect(Collectors.joining(" ")))
                .collect(Collectors.joining("; "));
    }

    private List<Map<SliceId, Allocation>> after(Map<SliceId, Allocation> state) {
        List<Map<SliceId, Allocation>> after = new ArrayList<>();
        for (SliceId id : movable) {
            Set<Link> taken = new HashSet<>();
            state.forEach((other, allocation) -> {
                if (!other.equals(id)) {
                    allocation.links().forEach(link -> taken.add(Link.of(link.from(), link.to())));
                }
            });
            List<String> own = new ArrayList<>(spines(state.get(id)));
            for (Map<String, String> names : names(own, 0, new HashMap<>())) {
                moved(state.get(id), names, taken).ifPresent(allocation -> {
                    Map<SliceId, Allocation> changed = new LinkedHashMap<>(state);
                    changed.put(id, allocation);
                    after.add(changed);
                });
            }
        }
        return after;
    }

    private static Set<String> spines(Allocation allocation) {
        Set<String> spines = new TreeSet<>();
        allocation.links().forEach(link -> spines.add(link.from().switchName().startsWith("spine")
                ? link.from().switchName() : link.to().switchName()));
        return spines;
    }

    private List<Map<String, String>> names(List<String> own, int index, Map<String, String> chosen) {
        if (index == own.size()) {
            return List.of(new HashMap<>(chosen));
        }
        List<Map<String, String>> all = new ArrayList<>();
        crowded.fabric().switches().keySet().stream().filter(name -> name.startsWith("spine"))
                .filter(name -> !chosen.containsValue(name)).forEach(name -> {
                    chosen.put(own.get(index), name);
                    all.addAll(names(own, index + 1, chosen));
                    chosen.remove(own.get(index));
                });
        return all;
    }

    private Optional<Allocation> moved(Allocation allocation, Map<String, String> names, Set<Link> taken) {
        Set<Link> gone = new HashSet<>(taken);
        Map<Link, Link> links = new HashMap<>();
        for (Allocation.ReservedLink each : allocation.links()) {
            String from = names.getOrDefault(each.from().switchName(), each.from().switchName());
            String to = names.getOrDefault(each.to().switchName(), each.to().switchName());
            Optional<Link> free = crowded.fabric().links().stream().filter(link ->
                    link.from().switchName().equals(from) && link.to().switchName().equals(to) && !gone.contains(link))
                    .findFirst();
            if (free.isEmpty()) {
                return Optional.empty();
            }
            gone.add(free.get());
            links.put(Link.of(each.from(), each.to()), free.get());
        }
        return Optional.of(Repinned.of(allocation, links, allocation.tag()));
    }
}
