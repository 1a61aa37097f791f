package org.cloister.isolation.allocation.optical;

import java.util.Arrays;

/**
 * Says which leaf has which of the ports that {@link Spread} gave to colours: colours the edges between virtual spines
 * and uplinks such that each leaf has one of each virtual spine and at most one of each uplink. Which of these leaves
 * is which does not matter to the ports, so each is the one with most idle circuits there.
 */
final class SpreadLeaves {

    private static final int NONE = Assignment.NONE;

    private final Assignment assignment;
    private final StepBudget steps;
    private final int leaves;
    /** By switch, its first row of {@link #atUplink}; one more at the end. */
    private final int[] firstUplink;
    private final int[][] given;
    /** By colour and leaf, the uplink; by uplink and leaf, the colour. Leaves have no places yet. */
    private final int[][] atColour;
    private final int[][] atUplink;
    private final int[] switchOf;

    SpreadLeaves(Assignment assignment, StepBudget steps, int[] uplinks, int[][] given) {
        this.assignment = assignment;
        this.steps = steps;
        this.leaves = assignment.need.size();
        this.given = given;
        this.firstUplink = new int[uplinks.length + 1];
        for (int at = 0; at < uplinks.length; at++) {
            firstUplink[at + 1] = firstUplink[at] + uplinks[at];
        }
        int rows = firstUplink[uplinks.length];
        this.switchOf = new int[rows];
        for (int at = 0; at < uplinks.length; at++) {
            Arrays.fill(switchOf, firstUplink[at], firstUplink[at + 1], at);
        }
        this.atColour = new int[assignment.need.colours()][leaves];
        this.atUplink = new int[rows][leaves];
        Arrays.stream(atColour).forEach(row -> Arrays.fill(row, NONE));
        Arrays.stream(atUplink).forEach(row -> Arrays.fill(row, NONE));
    }

    void give() {
        int[] full = new int[switchOf.length];
        for (int colour = 0; colour < atColour.length; colour++) {
            int[] ports = given[assignment.spineOf[colour]];
            int left = leaves;
            for (int at = 0; left > 0; at++) {
                for (; ports[at] > 0 && left > 0; ports[at]--, left--) {
                    int uplink = firstUplink[at];
                    while (full[uplink] == leaves) {
                        uplink++;
                    }
                    full[uplink]++;
                    add(colour, uplink);
                }
            }
        }
        int[] leafOf = leafOf();
        for (boolean kept : new boolean[] {true, false}) {
            for (int colour = 0; colour < atColour.length; colour++) {
                for (int leaf = 0; leaf < leaves; leaf++) {
                    assign(assignment.firstOf[colour] + leafOf[leaf], switchOf[atColour[colour][leaf]], kept);
                }
            }
        }
    }

    /** Gives an edge to a leaf that has none at its ends, swapping two leaves along a path if there is none. */
    private void add(int colour, int uplink) {
        int ofColour = NONE;
        int ofUplink = NONE;
        steps.spend(leaves);
        for (int leaf = 0; leaf < leaves; leaf++) {
            boolean here = atColour[colour][leaf] == NONE;
            boolean there = atUplink[uplink][leaf] == NONE;
            if (here && there) {
                atColour[colour][leaf] = uplink;
                atUplink[uplink][leaf] = colour;
                return;
            }
            ofColour = here ? leaf : ofColour;
            ofUplink = there ? leaf : ofUplink;
        }
        swap(uplink, ofColour, ofUplink);
        atColour[colour][ofColour] = uplink;
        atUplink[uplink][ofColour] = colour;
    }

    /** Swaps two leaves along the path that begins at an uplink with the edge of the one, which is free afterwards. */
    private void swap(int uplink, int one, int other) {
        int row = uplink;
        int colour = atUplink[row][one];
        atUplink[row][one] = NONE;
        while (true) {
            int next = atColour[colour][other];
            atUplink[row][other] = colour;
            atColour[colour][other] = row;
            atColour[colour][one] = next;
            if (next == NONE) {
                return;
            }
            int following = atUplink[next][one];
            atUplink[next][one] = colour;
            atUplink[next][other] = NONE;
            if (following == NONE) {
                return;
            }
            row = next;
            colour = following;
        }
    }

    private int[] leafOf() {
        int[][] cost = new int[leaves][leaves];
        steps.spend((long) leaves * leaves * atColour.length);
        for (int place = 0; place < leaves; place++) {
            for (int leaf = 0; leaf < leaves; leaf++) {
                for (int colour = 0; colour < atColour.length; colour++) {
                    cost[leaf][place] += idle(place, colour, switchOf[atColour[colour][leaf]]) == NONE ? 1 : 0;
                }
            }
        }
        int[] leafOf = new int[leaves];
        steps.spend((long) leaves * leaves * leaves / 4);
        new CheapestMatching().match(cost, leaves, leaves, leafOf);
        return leafOf;
    }

    /** Returns the port of a leaf at a switch that an idle circuit joins with a colour's spine; none without one. */
    private int idle(int place, int colour, int at) {
        for (int port : assignment.fabric.leafPorts(assignment.need.leaf(place), at)) {
            int peer = assignment.occupancy.peer(port);
            if (peer != NONE && assignment.isUnused(port) && assignment.isUnused(peer)
                    && assignment.fabric.spine(peer) == assignment.spineOf[colour]) {
                return port;
            }
        }
        return NONE;
    }

    private void assign(int circuit, int at, boolean kept) {
        if (assignment.leafPort[circuit] != NONE) {
            return;
        }
        int colour = assignment.colourOf[circuit];
        int idle = idle(assignment.placeOf[circuit], colour, at);
        if (idle != NONE) {
            assignment.assign(circuit, idle, assignment.occupancy.peer(idle));
        } else if (!kept) {
            assignment.assign(circuit, cheapest(assignment.fabric.leafPorts(assignment.leaf(circuit), at)),
                    cheapest(assignment.fabric.spinePorts(assignment.spineOf[colour], at)));
        }
    }

    private int cheapest(int[] ports) {
        int best = NONE;
        for (int port : ports) {
            if (assignment.isUnused(port) && (best == NONE || assignment.givesWay(port) < assignment.givesWay(best))) {
                best = port;
            }
        }
        return best;
    }
}
