package org.cloister.isolation.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Counts flows on directed links in every moment that lock-step allows: every step of every collective, and every
 * combination of steps of collectives that run concurrently.
 *
 * <p>Pairs with a common end bring one NIC's worth together, so a link is overloaded in some moment exactly if two pairs
 * of the moment without a common end cross it. Two pairs are of one moment if they are of one step, of one collective
 * without steps, or of two collectives that run concurrently: it is enough to look at two pairs at a time.
 */
final class LockStep {

    private final Traffic traffic;
    private final Ways ways;

    LockStep(Traffic traffic, Ways ways) {
        this.traffic = traffic;
        this.ways = ways;
    }

    /** Returns a link that carries two flows' worth in some moment, with the two pairs; empty if there is none. */
    Optional<String> overload(int links) {
        List<Traffic.Collective> collectives = traffic.collectives();
        Map<Integer, List<Sent>> byLink = new HashMap<>();
        boolean alone = collectives.size() == 1 && collectives.get(0).inSteps();
        for (Traffic.Collective collective : collectives) {
            Optional<String> found = inStep(collective, links, alone ? null : byLink);
            if (found.isPresent()) {
                return found;
            }
        }
        for (Map.Entry<Integer, List<Sent>> each : byLink.entrySet()) {
            Optional<String> found = together(each.getKey(), each.getValue());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Within a step no two pairs have a common end: one pair to a link. */
    private Optional<String> inStep(Traffic.Collective collective, int links, Map<Integer, List<Sent>> byLink) {
        int[] lastStep = new int[links];
        Arrays.fill(lastStep, -1);
        List<String> found = new ArrayList<>();
        collective.each((step, from, to) -> {
            if (!traffic.crosses(from, to)) {
                return;
            }
            for (int link : new int[] {ways.first(from, to), ways.last(from, to)}) {
                if (link == Ways.NONE) {
                    continue;
                }
                if (collective.inSteps() && lastStep[link] == step && found.isEmpty()) {
                    found.add("step " + step + " of " + collective.type() + " crosses link " + link
                            + " twice, once from " + from + " to " + to);
                }
                lastStep[link] = step;
                if (byLink != null) {
                    byLink.computeIfAbsent(link, key -> new ArrayList<>()).add(new Sent(collective, from, to));
                }
            }
        });
        return found.stream().findFirst();
    }

    private Optional<String> together(int link, List<Sent> all) {
        Map<Traffic.Collective, List<Sent>> byCollective = new LinkedHashMap<>();
        all.forEach(each -> byCollective.computeIfAbsent(each.collective, key -> new ArrayList<>()).add(each));
        List<Traffic.Collective> collectives = List.copyOf(byCollective.keySet());
        for (int one = 0; one < collectives.size(); one++) {
            for (int other = 0; other <= one; other++) {
                boolean coincide = one == other ? !collectives.get(one).inSteps()
                        : traffic.coincide(collectives.get(one), collectives.get(other));
                Optional<String> found = coincide ? apart(byCollective.get(collectives.get(one)),
                        byCollective.get(collectives.get(other))) : Optional.empty();
                if (found.isPresent()) {
                    return found.map(pairs -> "link " + link + " carries " + pairs + " at the same time");
                }
            }
        }
        return Optional.empty();
    }

    /** Two pairs without a common end; quick where there is one source, or one destination, or some such pairs. */
    private static Optional<String> apart(List<Sent> ones, List<Sent> others) {
        Sent start = ones.get(0);
        if (Stream.concat(ones.stream(), others.stream()).allMatch(each -> each.from == start.from)
                || Stream.concat(ones.stream(), others.stream()).allMatch(each -> each.to == start.to)) {
            return Optional.empty();
        }
        for (Sent one : ones) {
            for (Sent other : others) {
                if (one.from != other.from && one.to != other.to) {
                    return Optional.of(one + " and " + other);
                }
            }
        }
        return Optional.empty();
    }

    /** One pair of one collective. */
    private static final class Sent {
        private final Traffic.Collective collective;
        private final int from;
        private final int to;

        Sent(Traffic.Collective collective, int from, int to) {
            this.collective = collective;
            this.from = from;
            this.to = to;
        }

        @Override
        public String toString() {
            return collective.type() + " " + from + "->" + to;
        }
    }
}
