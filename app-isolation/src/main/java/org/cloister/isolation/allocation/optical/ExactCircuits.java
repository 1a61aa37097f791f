package org.cloister.isolation.allocation.optical;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Looks at all choices of spines and ports, as far as they can lead to fewer moves than are known to do: depth first,
 * the largest colours first, with a bound on what is left. Colours of the same leaves are alike, and so are dark ports
 * of one leaf or spine at one optical switch: of several orders one is looked at.
 */
final class ExactCircuits {

    private final Assignment assignment;
    private final StepBudget steps;
    private final int bound;
    private final int[] order;
    private final int[] linksLeft;
    private OpticalPlan best;
    private int limit;

    /**
     * Creates a search.
     *
     * @param assignment to work on; what it holds is lost
     * @param bound fewer moves than these are not looked for
     */
    ExactCircuits(Assignment assignment, int bound, StepBudget steps) {
        this.assignment = assignment;
        this.steps = steps;
        this.bound = bound;
        OpticalNeed need = assignment.need;
        this.order = IntStream.range(0, need.colours()).boxed()
                .sorted(Comparator.<Integer>comparingInt(colour -> -assignment.size(colour))
                        .thenComparing(need::places, Arrays::compare).thenComparingInt(colour -> colour))
                .mapToInt(Integer::intValue).toArray();
        this.linksLeft = new int[need.size()];
    }

    /**
     * Returns the plan with fewest moves of those with fewer than a number; null if there is none, or it was not found
     * before the budget ended.
     */
    OpticalPlan fewerThan(int moves) {
        assignment.clear();
        limit = moves;
        Arrays.fill(linksLeft, 0);
        for (int place : assignment.placeOf) {
            linksLeft[place]++;
        }
        colour(0);
        return best;
    }

    private boolean isOver() {
        return limit <= bound || !steps.isLeft();
    }

    private void colour(int turn) {
        if (turn == order.length) {
            limit = assignment.moves();
            best = assignment.plan(false);
            return;
        }
        int colour = order[turn];
        boolean alike = turn > 0
                && Arrays.equals(assignment.need.places(colour), assignment.need.places(order[turn - 1]));
        int first = alike ? assignment.spineOf[order[turn - 1]] : 0;
        for (int spine = first; spine < assignment.fabric.spines() && !isOver(); spine++) {
            if (assignment.freeOf[spine] >= assignment.size(colour) && assignment.isAllowed(spine)) {
                assignment.setSpine(colour, spine);
                circuit(turn, assignment.firstOf[colour]);
                assignment.setSpine(colour, Assignment.NONE);
            }
        }
    }

    private void circuit(int turn, int circuit) {
        if (!steps.spend(1) || assignment.moves() + left() >= limit) {
            return;
        }
        if (circuit == assignment.firstOf[order[turn] + 1]) {
            colour(turn + 1);
            return;
        }
        OpticalFabric fabric = assignment.fabric;
        int spine = assignment.spineOf[order[turn]];
        int place = assignment.placeOf[circuit];
        int[] ports = fabric.leafPorts(assignment.need.leaf(place));
        for (int from = 0; from < ports.length && !isOver(); from++) {
            if (isAlikeEarlier(ports, from)) {
                continue;
            }
            int[] ends = fabric.spinePorts(spine, fabric.opticalSwitch(ports[from]));
            for (int to = 0; to < ends.length && !isOver(); to++) {
                if (!isAlikeEarlier(ends, to)) {
                    assignment.assign(circuit, ports[from], ends[to]);
                    linksLeft[place]--;
                    circuit(turn, circuit + 1);
                    linksLeft[place]++;
                    assignment.unassign(circuit);
                }
            }
        }
    }

    /** Whether a port cannot be used, or one before it is as good. */
    private boolean isAlikeEarlier(int[] ports, int index) {
        if (!assignment.isUnused(ports[index])) {
            return true;
        }
        if (assignment.occupancy.joined(ports[index]) != Assignment.NONE) {
            return false;
        }
        int at = assignment.fabric.opticalSwitch(ports[index]);
        for (int before = index - 1; before >= 0 && assignment.fabric.opticalSwitch(ports[before]) == at; before--) {
            if (assignment.isUnused(ports[before]) && assignment.occupancy.joined(ports[before]) == Assignment.NONE) {
                return true;
            }
        }
        return false;
    }

    /** What the circuits that are still without ports cost at least; more than anything if there are too few ports. */
    private int left() {
        int moves = 0;
        for (int place = 0; place < linksLeft.length; place++) {
            if (linksLeft[place] == 0) {
                continue;
            }
            int idle = 0;
            int unused = 0;
            for (int port : assignment.fabric.leafPorts(assignment.need.leaf(place))) {
                if (assignment.isUnused(port)) {
                    int peer = assignment.occupancy.peer(port);
                    unused++;
                    idle += peer != Assignment.NONE && assignment.userOf[peer] == Assignment.NONE ? 1 : 0;
                }
            }
            if (unused < linksLeft[place]) {
                return Integer.MAX_VALUE / 2;
            }
            moves += Math.max(0, linksLeft[place] - idle);
        }
        return moves;
    }
}
