package org.cloister.isolation.proof;

import org.cloister.isolation.api.Member.Role;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.fabric.Host;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Who sends to whom and what may coincide, from the definitions of the patterns: collectives, each of which is either a
 * sequence of steps or pairs of which any may be sent at any time.
 */
final class Traffic {

    private final List<Host> members;
    private final int[] leafOf;
    private final int[] nodeOf;
    private final List<Collective> collectives = new ArrayList<>();

    /** Writes out what patterns say of members, whose roles are given by rank. */
    Traffic(List<Host> members, Collection<Pattern> patterns, Map<Integer, Role> roles) {
        this.members = List.copyOf(members);
        this.leafOf = numbers(host -> host.port().switchName());
        this.nodeOf = numbers(Host::node);
        int entry = 0;
        for (Pattern pattern : patterns) {
            boolean drawn = pattern.rankOrder() == Pattern.RankOrder.UNKNOWN;
            if (pattern.type().equals("steps") && !drawn) {
                collectives.add(new Collective(entry, pattern, members.size()));
            } else {
                for (int[] group : groups(pattern)) {
                    collectives.add(new Collective(entry, pattern, drawn ? "any" : pattern.type(), group, roles));
                }
            }
            entry++;
        }
    }

    private List<int[]> groups(Pattern pattern) {
        List<List<Integer>> groups = pattern.groups().isEmpty() ? List.of(Draws.range(members.size()))
                : pattern.groups();
        List<int[]> rails = new ArrayList<>();
        for (List<Integer> group : groups) {
            Map<Integer, List<Integer>> byNic = new TreeMap<>();
            for (Integer rank : group) {
                byNic.computeIfAbsent(pattern.perRail() ? members.get(rank).nic() : 0, nic -> new ArrayList<>())
                        .add(rank);
            }
            byNic.values().forEach(rail -> rails.add(rail.stream().mapToInt(Integer::intValue).toArray()));
        }
        return rails;
    }

    List<Collective> collectives() {
        return collectives;
    }

    /** Returns the number of ranks. */
    int ranks() {
        return members.size();
    }

    /** Returns whether what one rank sends to another enters the fabric's upper half: other node, and other leaf. */
    boolean crosses(int from, int to) {
        return leafOf[from] != leafOf[to] && nodeOf[from] != nodeOf[to];
    }

    /** Returns whether pairs of two different collectives can be sent at the same time. */
    boolean coincide(Collective one, Collective other) {
        return one.entry == other.entry || one.exclusiveGroup == null
                || !one.exclusiveGroup.equals(other.exclusiveGroup);
    }

    /** Takes a pair that a collective sends in a step; of those without steps in step 0. */
    interface Pairs {
        void pair(int step, int from, int to);
    }

    /** One group that runs one pattern. */
    static final class Collective {
        private final int entry;
        private final String exclusiveGroup;
        private final String type;
        private final int[] group;
        private final boolean[] server;
        private final List<List<List<Integer>>> given;

        private Collective(int entry, Pattern pattern, String type, int[] group, Map<Integer, Role> roles) {
            this.entry = entry;
            this.exclusiveGroup = pattern.exclusiveGroup().orElse(null);
            this.type = type;
            this.group = group;
            this.server = new boolean[group.length];
            this.given = null;
            for (int index = 0; index < group.length; index++) {
                server[index] = roles.get(group[index]) == Role.PARAMETER_SERVER;
            }
        }

        private Collective(int entry, Pattern pattern, int ranks) {
            this.entry = entry;
            this.exclusiveGroup = pattern.exclusiveGroup().orElse(null);
            this.type = pattern.type();
            this.group = new int[ranks];
            this.server = new boolean[ranks];
            this.given = pattern.steps();
        }

        /** Returns whether only pairs of one step are sent at the same time. */
        boolean inSteps() {
            return !type.equals("any") && !type.equals("parameter-server");
        }

        /** Returns the pattern's type. */
        String type() {
            return type;
        }

        /** Names all pairs, step by step. */
        void each(Pairs pairs) {
            int size = group.length;
            switch (type) {
                case "steps":
                    for (int step = 0; step < given.size(); step++) {
                        for (List<Integer> pair : given.get(step)) {
                            pairs.pair(step, pair.get(0), pair.get(1));
                        }
                    }
                    break;
                case "ring":
                    for (int index = 0; size > 1 && index < size; index++) {
                        pairs.pair(0, group[index], group[(index + 1) % size]);
                    }
                    break;
                case "all-to-all":
                    for (int step = 1; step < size; step++) {
                        for (int index = 0; index < size; index++) {
                            pairs.pair(step, group[index], group[(index + step) % size]);
                        }
                    }
                    break;
                case "halving-doubling":
                    for (int distance = 1; distance < size; distance *= 2) {
                        for (int index = 0; index < size; index++) {
                            pairs.pair(distance, group[index], group[index ^ distance]);
                        }
                    }
                    break;
                case "any":
                case "parameter-server":
                    for (int index = 0; index < size; index++) {
                        for (int other = 0; other < size; other++) {
                            if (index != other && (type.equals("any") || server[index] != server[other])) {
                                pairs.pair(0, group[index], group[other]);
                            }
                        }
                    }
                    break;
                default:
                    throw new IllegalArgumentException("pattern " + type);
            }
        }
    }

    /** Returns the leaf of each rank, numbered in the order of the leaves' names among those with members. */
    int[] leafNumbers() {
        return leafOf;
    }

    private int[] numbers(Function<Host, String> name) {
        Map<String, Integer> numbers = new HashMap<>();
        members.stream().map(name).distinct().sorted().forEach(each -> numbers.put(each, numbers.size()));
        return members.stream().mapToInt(host -> numbers.get(name.apply(host))).toArray();
    }
}
