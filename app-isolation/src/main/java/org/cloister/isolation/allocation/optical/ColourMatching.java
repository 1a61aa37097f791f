package org.cloister.isolation.allocation.optical;

import java.util.Arrays;

/**
 * Gives one colour a spine and ports: the cheapest matching of its leaves with the ports of a spine. An idle circuit
 * that is there costs nothing, one without light only itself; a new one costs itself and those that give way to it.
 * Among equals, optical switches at which spines have few free ports come first: later colours can do least with them;
 * then those in turn that make colours of many leaves a Latin square, where all ports are free.
 */
final class ColourMatching {

    private static final int MOVE = 2048;
    private static final int TIE = 16;
    private static final int TURNS = 256;

    private final Assignment assignment;
    private final StepBudget steps;
    private final CheapestMatching matching = new CheapestMatching();
    private final int[] scarcity;
    private final int[][] cost;
    private final int[][] leafPorts;
    private final int[] columnOf;
    private final int[] reuse;
    private final int[] seen;
    private int stamp;
    private int matched;
    private int moves;

    ColourMatching(Assignment assignment, StepBudget steps) {
        this.assignment = assignment;
        this.steps = steps;
        OpticalFabric fabric = assignment.fabric;
        int rows = 0;
        for (int colour = 0; colour < assignment.need.colours(); colour++) {
            rows = Math.max(rows, assignment.size(colour));
        }
        int columns = rows;
        for (int spine = 0; spine < fabric.spines(); spine++) {
            columns = Math.max(columns, fabric.spinePorts(spine).length);
        }
        this.cost = new int[rows][columns];
        this.leafPorts = new int[rows][columns];
        this.columnOf = new int[rows];
        this.reuse = new int[fabric.spines()];
        this.seen = new int[fabric.spines()];
        this.scarcity = scarcity(assignment.occupancy);
    }

    private static int[] scarcity(OpticalOccupancy occupancy) {
        OpticalFabric fabric = occupancy.fabric();
        int[] free = new int[fabric.switches()];
        for (int spine = 0; spine < fabric.spines(); spine++) {
            for (int port : fabric.spinePorts(spine)) {
                free[fabric.opticalSwitch(port)] += occupancy.isFree(port) ? 1 : 0;
            }
        }
        int most = Math.max(1, Arrays.stream(free).max().orElse(1));
        Arrays.setAll(free, each -> free[each] * TIE / most);
        return free;
    }

    /**
     * Returns, by spine, how many leaves of a colour have an idle circuit to it that nobody has been given; the caller
     * must not change it, and the next call does.
     */
    int[] reuse(int colour) {
        Arrays.fill(reuse, 0);
        OpticalOccupancy occupancy = assignment.occupancy;
        for (int place : assignment.need.places(colour)) {
            stamp++;
            int[] ports = assignment.fabric.leafPorts(assignment.need.leaf(place));
            steps.spend(ports.length);
            for (int port : ports) {
                int peer = occupancy.peer(port);
                if (peer == Assignment.NONE || !assignment.isUnused(port) || assignment.userOf[peer] != Assignment.NONE) {
                    continue;
                }
                int spine = assignment.fabric.spine(peer);
                if (spine >= 0 && seen[spine] != stamp) {
                    seen[spine] = stamp;
                    reuse[spine]++;
                }
            }
        }
        return reuse;
    }

    /** Matches a colour, which has no ports, with a spine's ports; returns for how many leaves that succeeds. */
    int match(int colour, int spine) {
        OpticalFabric fabric = assignment.fabric;
        int[] ports = fabric.spinePorts(spine);
        int rows = assignment.size(colour);
        int columns = Math.max(rows, ports.length);
        int width = Math.max(1, ports.length / fabric.switches());
        steps.spend((long) rows * columns * 4);
        for (int row = 0; row < rows; row++) {
            Arrays.fill(cost[row], 0, columns, CheapestMatching.NEVER);
            int leaf = assignment.leaf(assignment.firstOf[colour] + row);
            int turn = colour + row / width;
            for (int column = 0; column < ports.length; column++) {
                if (assignment.isUnused(ports[column])) {
                    int at = fabric.opticalSwitch(ports[column]);
                    int tie = scarcity[at] + Math.floorMod(at - turn, fabric.switches()) % TURNS;
                    price(row, column, ports[column], fabric.leafPorts(leaf, at), tie);
                }
            }
        }
        steps.spend((long) rows * rows * columns / 4);
        matched = matching.match(cost, rows, columns, columnOf);
        moves = 0;
        for (int row = 0; row < rows; row++) {
            moves += columnOf[row] < 0 ? 0 : cost[row][columnOf[row]] / MOVE;
        }
        return matched;
    }

    private void price(int row, int column, int atSpine, int[] atLeaf, int tie) {
        int joined = assignment.occupancy.joined(atSpine);
        int made = assignment.occupancy.peer(atSpine) == joined ? 0 : 1;
        int way = assignment.givesWay(atSpine);
        for (int port : atLeaf) {
            if (assignment.isUnused(port)) {
                int price = (port == joined ? made : 1 + way + assignment.givesWay(port)) * MOVE + tie;
                if (price < cost[row][column]) {
                    cost[row][column] = price;
                    leafPorts[row][column] = port;
                }
            }
        }
    }

    /** Returns about how many moves the last matching costs. */
    int moves() {
        return moves;
    }

    /** Carries the last matching out, as far as it succeeded. */
    void commit(int colour, int spine) {
        int[] ports = assignment.fabric.spinePorts(spine);
        assignment.setSpine(colour, spine);
        for (int row = 0; row < assignment.size(colour); row++) {
            if (columnOf[row] >= 0) {
                assignment.assign(assignment.firstOf[colour] + row, leafPorts[row][columnOf[row]],
                        ports[columnOf[row]]);
            }
        }
    }
}
