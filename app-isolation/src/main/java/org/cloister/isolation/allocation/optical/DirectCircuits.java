package org.cloister.isolation.allocation.optical;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Joins two leaves directly, without a spine. The cheapest circuits first: those that are there, then those without
 * light, and those for which least gives way. What one costs does not depend on the others, so these are the fewest
 * moves, unless a circuit without light joins two ports of one leaf: it gives way once, and costs each of them as much.
 */
final class DirectCircuits {

    private static final Comparator<int[]> CHEAPEST_FIRST = Comparator.<int[]>comparingInt(each -> each[0])
            .thenComparingInt(each -> each[1]).thenComparingInt(each -> each[2]);

    private DirectCircuits() {
    }

    /** Returns so many circuits between two leaves; empty if there are not that many ports. */
    static Optional<OpticalPlan> plan(OpticalOccupancy occupancy, int one, int other, int count) {
        List<int[]> pairs = pairs(occupancy, one, other);
        return pairs.size() < count ? Optional.empty() : Optional.of(over(occupancy, pairs.subList(0, count))
                .withProven(!isJoinedWithItself(occupancy, one) && !isJoinedWithItself(occupancy, other)));
    }

    private static boolean isJoinedWithItself(OpticalOccupancy occupancy, int leaf) {
        return Arrays.stream(occupancy.fabric().leafPorts(leaf)).anyMatch(port -> {
            int joined = occupancy.joined(port);
            return joined >= 0 && joined != port && occupancy.fabric().leaf(joined) == leaf;
        });
    }

    /** Returns the circuits that there may be, each over ports of its own, the cheapest first: moves, port, port. */
    static List<int[]> pairs(OpticalOccupancy occupancy, int one, int other) {
        List<int[]> pairs = new ArrayList<>();
        for (int at = 0; at < occupancy.fabric().switches(); at++) {
            pair(occupancy, one, other, at, pairs);
        }
        pairs.sort(CHEAPEST_FIRST);
        return pairs;
    }

    /** Returns the plan over some of these circuits, which is not known to be best. */
    static OpticalPlan over(OpticalOccupancy occupancy, List<int[]> pairs) {
        int[] spines = new int[pairs.size()];
        Arrays.fill(spines, -1);
        List<OpticalPlan.Way> ways = new ArrayList<>();
        for (int colour = 0; colour < spines.length; colour++) {
            int[] pair = pairs.get(colour);
            ways.add(new OpticalPlan.Way(0, colour, pair[1], pair[2]));
            ways.add(new OpticalPlan.Way(1, colour, pair[2], pair[1]));
        }
        return OpticalPlan.of(occupancy, spines, ways, false);
    }

    /** Pairs the ports of two leaves at one optical switch: moves, port, port. */
    private static void pair(OpticalOccupancy occupancy, int one, int other, int at, List<int[]> pairs) {
        List<int[]> ofOne = new ArrayList<>();
        List<int[]> ofOther = new ArrayList<>();
        for (int port : occupancy.fabric().leafPorts(one, at)) {
            if (occupancy.isFree(port)) {
                int joined = occupancy.joined(port);
                if (joins(occupancy, port, other)) {
                    pairs.add(new int[] {occupancy.peer(port) == joined ? 0 : 1, port, joined});
                } else {
                    ofOne.add(new int[] {joined >= 0 ? 1 : 0, port, 0});
                }
            }
        }
        for (int port : occupancy.fabric().leafPorts(other, at)) {
            if (occupancy.isFree(port) && !joins(occupancy, port, one)) {
                ofOther.add(new int[] {occupancy.joined(port) >= 0 ? 1 : 0, port, 0});
            }
        }
        Collections.sort(ofOne, CHEAPEST_FIRST);
        Collections.sort(ofOther, CHEAPEST_FIRST);
        for (int place = 0; place < Math.min(ofOne.size(), ofOther.size()); place++) {
            pairs.add(new int[] {1 + ofOne.get(place)[0] + ofOther.get(place)[0], ofOne.get(place)[1],
                ofOther.get(place)[1]});
        }
    }

    /** Whether a circuit, with or without light, joins a port with a free one of a leaf. */
    private static boolean joins(OpticalOccupancy occupancy, int port, int leaf) {
        int joined = occupancy.joined(port);
        return joined >= 0 && occupancy.isFree(joined) && occupancy.fabric().leaf(joined) == leaf;
    }
}
