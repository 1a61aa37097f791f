package org.cloister.isolation.allocation.optical;

import java.util.Arrays;

/**
 * Gives all circuits of one leaf their ports, when colours have their spines: the cheapest matching of its colours with
 * its ports. Where a leaf needs nearly all of its ports this succeeds far more often than colour by colour, which
 * leaves the last colour the ports that no other took.
 */
final class LeafMatching {

    private static final int MOVE = 2048;

    private final Assignment assignment;
    private final StepBudget steps;
    private final CheapestMatching matching = new CheapestMatching();
    private final int[][] circuitsOf;
    private final int[][] cost;
    private final int[][] spinePorts;
    private final int[] columnOf;

    LeafMatching(Assignment assignment, StepBudget steps) {
        this.assignment = assignment;
        this.steps = steps;
        int places = assignment.need.size();
        int[] count = new int[places];
        for (int place : assignment.placeOf) {
            count[place]++;
        }
        this.circuitsOf = new int[places][];
        Arrays.setAll(circuitsOf, place -> new int[count[place]]);
        for (int circuit = assignment.placeOf.length - 1; circuit >= 0; circuit--) {
            circuitsOf[assignment.placeOf[circuit]][--count[assignment.placeOf[circuit]]] = circuit;
        }
        int rows = 0;
        int columns = 0;
        for (int place = 0; place < places; place++) {
            rows = Math.max(rows, circuitsOf[place].length);
            columns = Math.max(columns, assignment.fabric.leafPorts(assignment.need.leaf(place)).length);
        }
        this.cost = new int[rows][Math.max(rows, columns)];
        this.spinePorts = new int[rows][Math.max(rows, columns)];
        this.columnOf = new int[rows];
    }

    /** Returns how many ports of a leaf are left over when it has all its circuits. */
    int slack(int place) {
        return assignment.occupancy.freeUplinks(assignment.need.leaf(place)) - circuitsOf[place].length;
    }

    /** Gives a leaf's circuits, which have no ports, as many as can be; returns whether all have some. */
    boolean match(int place) {
        OpticalFabric fabric = assignment.fabric;
        int[] circuits = circuitsOf[place];
        int[] ports = fabric.leafPorts(assignment.need.leaf(place));
        int columns = Math.max(circuits.length, ports.length);
        int width = Math.max(1, assignment.width());
        steps.spend((long) circuits.length * columns * 4);
        for (int row = 0; row < circuits.length; row++) {
            Arrays.fill(cost[row], 0, columns, CheapestMatching.NEVER);
            int spine = assignment.spineOf[assignment.colourOf[circuits[row]]];
            int turn = assignment.colourOf[circuits[row]] + place / width;
            for (int column = 0; spine != Assignment.NONE && column < ports.length; column++) {
                if (assignment.isUnused(ports[column])) {
                    int at = fabric.opticalSwitch(ports[column]);
                    price(row, column, ports[column], fabric.spinePorts(spine, at),
                            Math.floorMod(at - turn, fabric.switches()) % 256);
                }
            }
        }
        steps.spend((long) circuits.length * circuits.length * columns / 4);
        matching.match(cost, circuits.length, columns, columnOf);
        boolean all = true;
        for (int row = 0; row < circuits.length; row++) {
            all &= columnOf[row] >= 0 && give(circuits[row], ports[columnOf[row]], spinePorts[row][columnOf[row]]);
        }
        return all;
    }

    private void price(int row, int column, int atLeaf, int[] atSpine, int tie) {
        int joined = assignment.occupancy.joined(atLeaf);
        int made = assignment.occupancy.peer(atLeaf) == joined ? 0 : 1;
        int way = assignment.givesWay(atLeaf);
        for (int port : atSpine) {
            if (assignment.isUnused(port)) {
                int price = (port == joined ? made : 1 + way + assignment.givesWay(port)) * MOVE + tie;
                if (price < cost[row][column]) {
                    cost[row][column] = price;
                    spinePorts[row][column] = port;
                }
            }
        }
    }

    /** Two colours of a spine may both have been offered the same port of it where the leaf has several uplinks. */
    private boolean give(int circuit, int atLeaf, int atSpine) {
        int spine = assignment.fabric.spine(atSpine);
        if (assignment.isUnused(atSpine)) {
            assignment.assign(circuit, atLeaf, atSpine);
            return true;
        }
        for (int port : assignment.fabric.spinePorts(spine, assignment.fabric.opticalSwitch(atLeaf))) {
            if (assignment.isUnused(port)) {
                assignment.assign(circuit, atLeaf, port);
                return true;
            }
        }
        return false;
    }

    /** Takes back what a leaf was given. */
    void clear(int place) {
        for (int circuit : circuitsOf[place]) {
            assignment.unassign(circuit);
        }
    }
}
