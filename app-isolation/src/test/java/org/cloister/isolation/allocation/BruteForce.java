package org.cloister.isolation.allocation;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Allocation.Detour;
import org.cloister.isolation.api.Allocation.LeafDetour;
import org.cloister.isolation.api.Allocation.ReservedLink;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.api.Pattern;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Judges allocations a second time, slowly and by definition: pairs are written out, every combination of steps that
 * can coincide is looked at, and matchings are found by trying everything. Shares no code with what it judges.
 */
public final class BruteForce {

    private final Allocation allocation;

    /** Creates the judge of an allocation. */
    public BruteForce(Allocation allocation) {
        this.allocation = allocation;
    }

    /** Returns the guarantee that holds, by definition. */
    public Guarantee guarantee(List<Pattern> patterns) {
        if (maxFlows(patterns) <= 1) {
            return Guarantee.ANY_TIMING;
        }
        return moments(patterns).stream().allMatch(moment -> load(moment) <= 1)
                ? Guarantee.LOCK_STEP : Guarantee.ISOLATED;
    }

    /** Returns the most flows' worth on one link when all pairs of all patterns may be sent. */
    public int maxFlows(List<Pattern> patterns) {
        Set<Pair> all = new LinkedHashSet<>();
        groups(patterns).forEach((group, steps) -> steps.forEach(all::addAll));
        return load(all);
    }

    /** Returns the most flows' worth that leaves (enters) a leaf in any moment. */
    public int busiest(List<Pattern> patterns, String leaf, boolean outwards) {
        return moments(patterns).stream().mapToInt(moment -> matching(moment.stream().filter(this::crosses)
                .filter(pair -> allocation.members().get(outwards ? pair.from : pair.to).leaf().equals(leaf))
                .collect(Collectors.toList()))).max().orElse(0);
    }

    /** Returns whether two sources may load one side of some leaf with two flows' worth in a moment. */
    public boolean meet(List<Pattern> patterns, int one, int other) {
        return moments(patterns).stream().anyMatch(moment -> meet(moment, one, other));
    }

    /** Returns whether two sources may load one side of some leaf with two flows' worth when all pairs are sent. */
    public boolean meetAtAnyTime(List<Pattern> patterns, int one, int other) {
        Set<Pair> all = new LinkedHashSet<>();
        groups(patterns).forEach((group, steps) -> steps.forEach(all::addAll));
        return meet(all, one, other);
    }

    private boolean meet(Set<Pair> moment, int one, int other) {
        for (Pair first : moment) {
            for (Pair second : moment) {
                if (first.from == one && second.from == other && first.to != second.to
                        && crosses(first) && crosses(second)
                        && (leaf(one).equals(leaf(other)) || leaf(first.to).equals(leaf(second.to)))) {
                    return true;
                }
            }
        }
        return false;
    }

    private String leaf(int rank) {
        return allocation.members().get(rank).leaf();
    }

    /** Returns whether one rank sends to another across the fabric in some pattern. */
    public boolean sends(List<Pattern> patterns, int from, int to) {
        Pair pair = new Pair(from, to);
        return crosses(pair) && groups(patterns).values().stream()
                .anyMatch(steps -> steps.stream().anyMatch(step -> step.contains(pair)));
    }

    /** Returns the ways of all ordered pairs of members on different leaves: the links that each crosses. */
    public Map<Pair, List<ReservedLink>> ways() {
        Map<Pair, List<ReservedLink>> ways = new LinkedHashMap<>();
        for (AllocatedMember from : allocation.members()) {
            for (AllocatedMember to : allocation.members()) {
                if (!from.leaf().equals(to.leaf())) {
                    ways.put(new Pair(from.rank(), to.rank()), way(from, to));
                }
            }
        }
        return ways;
    }

    private List<ReservedLink> way(AllocatedMember from, AllocatedMember to) {
        List<ReservedLink> way = new ArrayList<>();
        FabricPort up = from.detours().stream().filter(detour -> detour.toRank() == to.rank())
                .map(Detour::uplink).findFirst().orElseGet(() -> from.leafDetours().stream()
                        .filter(detour -> detour.toLeaf().equals(to.leaf())).map(LeafDetour::uplink).findFirst()
                        .orElse(from.uplink().orElse(null)));
        for (ReservedLink first : allocation.links()) {
            for (ReservedLink last : allocation.links()) {
                if (first.from().equals(up)
                        && first.from().switchName().equals(from.leaf())
                        && last.from().switchName().equals(first.to().switchName())
                        && last.to().switchName().equals(to.leaf())) {
                    way.add(first);
                    way.add(last);
                }
            }
        }
        return way;
    }

    private boolean crosses(Pair pair) {
        AllocatedMember from = allocation.members().get(pair.from);
        AllocatedMember to = allocation.members().get(pair.to);
        return !from.leaf().equals(to.leaf()) && !from.node().equals(to.node());
    }

    private int load(Set<Pair> pairs) {
        Map<ReservedLink, Set<Pair>> byLink = new HashMap<>();
        for (Pair pair : pairs) {
            if (crosses(pair)) {
                way(allocation.members().get(pair.from), allocation.members().get(pair.to))
                        .forEach(link -> byLink.computeIfAbsent(link, key -> new LinkedHashSet<>()).add(pair));
            }
        }
        return byLink.values().stream().mapToInt(BruteForce::matching).max().orElse(0);
    }

    /** Returns the size of a maximum matching, by trying for each source every destination that is left, and none. */
    public static int matching(Collection<Pair> pairs) {
        Map<Integer, Set<Integer>> rows = new TreeMap<>();
        pairs.forEach(pair -> rows.computeIfAbsent(pair.from, from -> new TreeSet<>()).add(pair.to));
        return matching(new ArrayList<>(rows.values()), 0, new HashSet<>());
    }

    private static int matching(List<Set<Integer>> rows, int row, Set<Integer> taken) {
        if (row == rows.size()) {
            return 0;
        }
        int best = matching(rows, row + 1, taken);
        for (Integer to : rows.get(row)) {
            if (best == rows.size() - row) {
                return best;
            }
            if (taken.add(to)) {
                best = Math.max(best, 1 + matching(rows, row + 1, taken));
                taken.remove(to);
            }
        }
        return best;
    }

    /** Everything that can be sent at the same time: of each exclusive group one pattern, of each its groups' steps. */
    private Set<Set<Pair>> moments(List<Pattern> patterns) {
        Map<Object, List<Set<Set<Pair>>>> rivals = new LinkedHashMap<>();
        for (int index = 0; index < patterns.size(); index++) {
            Object key = patterns.get(index).exclusiveGroup().isPresent()
                    ? patterns.get(index).exclusiveGroup().get() : Integer.valueOf(index);
            rivals.computeIfAbsent(key, first -> new ArrayList<>()).add(momentsOf(patterns.get(index)));
        }
        Set<Set<Pair>> moments = Set.of(Set.of());
        for (List<Set<Set<Pair>>> entries : rivals.values()) {
            Set<Set<Pair>> one = new LinkedHashSet<>();
            entries.forEach(one::addAll);
            moments = product(moments, one);
        }
        return moments;
    }

    private Set<Set<Pair>> momentsOf(Pattern pattern) {
        Set<Set<Pair>> moments = Set.of(Set.of());
        for (List<Set<Pair>> steps : groups(List.of(pattern)).values()) {
            moments = product(moments, steps.isEmpty() ? Set.of(Set.of()) : steps);
        }
        return moments;
    }

    private static Set<Set<Pair>> product(Collection<Set<Pair>> ones, Collection<Set<Pair>> others) {
        Set<Set<Pair>> product = new LinkedHashSet<>();
        for (Set<Pair> one : ones) {
            for (Set<Pair> other : others) {
                Set<Pair> both = new LinkedHashSet<>(one);
                both.addAll(other);
                product.add(both);
            }
        }
        return product;
    }

    /** Returns how many combinations {@link #guarantee} would look at. */
    public double combinations(List<Pattern> patterns) {
        return groups(patterns).values().stream().mapToDouble(steps -> Math.max(1, steps.size()))
                .reduce(1, (one, other) -> one * other);
    }

    /** The steps of each group, rails apart; of {@code any} one step in which everybody sends to everybody. */
    private Map<String, List<Set<Pair>>> groups(List<Pattern> patterns) {
        Map<String, List<Set<Pair>>> groups = new LinkedHashMap<>();
        for (int index = 0; index < patterns.size(); index++) {
            Pattern pattern = patterns.get(index);
            if (pattern.type().equals("steps")) {
                groups.put(index + "/" + groups.size(), given(pattern));
            }
            for (List<Integer> group : pattern.groups()) {
                Map<Integer, List<Integer>> rails = new TreeMap<>();
                for (Integer rank : group) {
                    int rail = pattern.perRail() ? allocation.members().get(rank).nic() : 0;
                    rails.computeIfAbsent(rail, nic -> new ArrayList<>()).add(rank);
                }
                for (List<Integer> rail : rails.values()) {
                    groups.put(index + "/" + groups.size(), steps(pattern.type(), rail));
                }
            }
        }
        return groups;
    }

    private static List<Set<Pair>> given(Pattern pattern) {
        List<Set<Pair>> steps = new ArrayList<>();
        for (List<List<Integer>> step : pattern.steps()) {
            Set<Pair> pairs = new LinkedHashSet<>();
            step.forEach(pair -> pairs.add(new Pair(pair.get(0), pair.get(1))));
            steps.add(pairs);
        }
        return steps;
    }

    private List<Set<Pair>> steps(String type, List<Integer> group) {
        int n = group.size();
        List<Set<Pair>> steps = new ArrayList<>();
        if (type.equals("ring")) {
            steps.add(shifted(group, 1));
        } else if (type.equals("all-to-all")) {
            for (int k = 1; k < n; k++) {
                steps.add(shifted(group, k));
            }
        } else if (type.equals("halving-doubling")) {
            for (int distance = 1; distance < n; distance *= 2) {
                Set<Pair> step = new LinkedHashSet<>();
                for (int i = 0; i < n; i++) {
                    step.add(new Pair(group.get(i), group.get(i ^ distance)));
                }
                steps.add(step);
            }
        } else {
            Set<Pair> anything = new LinkedHashSet<>();
            for (Integer from : group) {
                group.stream().filter(to -> !to.equals(from))
                        .filter(to -> type.equals("any")
                                || !allocation.members().get(from).role().equals(allocation.members().get(to).role()))
                        .forEach(to -> anything.add(new Pair(from, to)));
            }
            steps.add(anything);
        }
        return steps;
    }

    private static Set<Pair> shifted(List<Integer> group, int by) {
        Set<Pair> pairs = new LinkedHashSet<>();
        for (int i = 0; i < group.size(); i++) {
            pairs.add(new Pair(group.get(i), group.get((i + by) % group.size())));
        }
        return pairs;
    }

    /** A source and a destination rank. */
    public static final class Pair {

        public final int from;
        public final int to;

        /** Creates a pair of ranks. */
        public Pair(int from, int to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Pair && ((Pair) other).from == from && ((Pair) other).to == to;
        }

        @Override
        public int hashCode() {
            return Objects.hash(from, to);
        }

        @Override
        public String toString() {
            return from + "->" + to;
        }
    }
}
