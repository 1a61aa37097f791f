package org.cloister.isolation.allocation.hosts;

import org.cloister.isolation.fabric.Host;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Units to choose among, at places that are told apart by their leaves, beside some that are chosen already. */
final class Source {

    private final List<Unit> kept;
    private final int wanted;
    private final List<List<Unit>> byPlace;

    /**
     * Creates a source.
     *
     * @param kept the units that are chosen already, in rank order
     * @param units those to choose among, by node
     * @param wanted how many of them
     */
    Source(List<Unit> kept, List<Unit> units, int wanted) {
        this.kept = List.copyOf(kept);
        this.wanted = wanted;
        SortedMap<String, List<Unit>> places = new TreeMap<>();
        units.forEach(unit -> places.computeIfAbsent(String.join(" ", unit.leaves()), leaves -> new ArrayList<>())
                .add(unit));
        this.byPlace = new ArrayList<>(places.values());
    }

    /** Returns how many of the units are wanted. */
    int wanted() {
        return wanted;
    }

    /** Returns whether nothing is chosen yet and each unit is one host, so that places are leaves. */
    boolean isOfLeaves() {
        return kept.isEmpty() && byPlace.stream().allMatch(units -> units.get(0).hosts().size() == 1);
    }

    /** Returns how many units can be chosen on each leaf, where places are leaves. */
    SortedMap<String, Integer> byLeaf(Map<String, Integer> caps) {
        int[] free = free(caps);
        SortedMap<String, Integer> byLeaf = new TreeMap<>();
        for (int place = 0; place < free.length; place++) {
            byLeaf.put(byPlace.get(place).get(0).leaves().get(0), free[place]);
        }
        return byLeaf;
    }

    /** Returns the hosts of a choice of leaves, in rank order, where places are leaves. */
    List<Host> hosts(Map<String, Integer> byLeaf) {
        int[] shape = new int[byPlace.size()];
        Arrays.setAll(shape, place -> byLeaf.getOrDefault(byPlace.get(place).get(0).leaves().get(0), 0));
        return hosts(shape);
    }

    /**
     * Returns choices in the order in which they are to be tried: hosts in rank order. Those beside others that are
     * kept first go where these are.
     *
     * @param caps how many hosts can be chosen on a leaf; all that are free where it is missing
     */
    List<List<Host>> choices(Map<String, Integer> caps) {
        if (wanted == 0) {
            return List.of(hosts(new int[byPlace.size()]));
        }
        int[] free = free(caps);
        List<int[]> shapes = new ArrayList<>();
        if (!kept.isEmpty()) {
            shapes.add(besideKept(free));
        }
        shapes.addAll(Shapes.of(free, wanted));
        return shapes.stream().filter(shape -> Arrays.stream(shape).sum() == wanted).map(this::hosts)
                .collect(Collectors.toList());
    }

    /** As many as can be at the places of those that are kept, the rest where most is free. */
    private int[] besideKept(int[] free) {
        Map<String, Long> here = kept.stream().collect(Collectors.groupingBy(
                unit -> String.join(" ", unit.leaves()), Collectors.counting()));
        List<Integer> order = new ArrayList<>();
        for (int place = 0; place < free.length; place++) {
            order.add(place);
        }
        order.sort(Comparator.<Integer>comparingLong(place ->
                        -here.getOrDefault(String.join(" ", byPlace.get(place).get(0).leaves()), 0L))
                .thenComparingInt(place -> -free[place]).thenComparing(Comparator.naturalOrder()));
        int[] shape = new int[free.length];
        int left = wanted;
        for (int place : order) {
            shape[place] = Math.min(left, free[place]);
            left -= shape[place];
        }
        return shape;
    }

    private int[] free(Map<String, Integer> caps) {
        int[] free = new int[byPlace.size()];
        for (int place = 0; place < free.length; place++) {
            free[place] = byPlace.get(place).size();
            Map<String, Integer> each = new HashMap<>();
            byPlace.get(place).get(0).leaves().forEach(leaf -> each.merge(leaf, 1, Integer::sum));
            for (Map.Entry<String, Integer> leaf : each.entrySet()) {
                free[place] = Math.min(free[place],
                        caps.getOrDefault(leaf.getKey(), Integer.MAX_VALUE) / leaf.getValue());
            }
        }
        return free;
    }

    private List<Host> hosts(int[] shape) {
        List<Host> hosts = new ArrayList<>();
        kept.forEach(unit -> hosts.addAll(unit.hosts()));
        for (int place = 0; place < shape.length; place++) {
            byPlace.get(place).subList(0, shape[place]).forEach(unit -> hosts.addAll(unit.hosts()));
        }
        return hosts;
    }
}
