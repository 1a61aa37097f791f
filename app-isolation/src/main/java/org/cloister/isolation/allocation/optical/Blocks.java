package org.cloister.isolation.allocation.optical;

import java.util.Arrays;

/**
 * Circuits for leaves that are alike: each of them in each colour, with one free uplink at each optical switch. A colour
 * gets all ports of a spine at a block of neighbouring switches, of the smallest block that is left whole: a buddy
 * allocator, by which large blocks stay whole for jobs of many leaves. Where spines are chosen by what they have left
 * alone, their free ports are soon scattered such that no colour of many leaves finds a spine, with twice the ports free
 * that it takes.
 *
 * <p>A block serves as many colours as it has switches, so each leaf uses each switch at most once; which leaf uses
 * which for which colour is, by König, the sum of matchings of colours and switches: one for each leaf.
 */
final class Blocks {

    private final Assignment assignment;
    private final StepBudget steps;
    private final int leaves;
    private final int switches;
    private final int width;
    /** How many switches make a block. */
    private final int size;
    /** By spine and switch, whether all ports are free. */
    private final boolean[][] free;
    /** By spine and block, how many idle circuits join it with the leaves. */
    private final int[][] idle;
    private final CheapestMatching matching = new CheapestMatching();

    Blocks(Assignment assignment, StepBudget steps) {
        this.assignment = assignment;
        this.steps = steps;
        this.leaves = assignment.need.size();
        this.switches = assignment.fabric.switches();
        this.width = assignment.width();
        this.size = width == 0 ? 0 : leaves / width;
        this.free = new boolean[assignment.fabric.spines()][switches];
        this.idle = new int[free.length][size == 0 ? 0 : switches / size];
    }

    /**
     * Gives all circuits their ports, where none has any.
     *
     * @return whether all have; if not, none has
     */
    boolean give() {
        int colours = assignment.need.colours();
        if (size == 0 || size * width != leaves || Integer.bitCount(size) != 1 || switches % size != 0
                || colours > switches || assignment.need.distinctSpines() || !alike()) {
            return false;
        }
        findFree();
        for (int colour = 0; colour < colours; colour++) {
            int from = colour / size * size;
            int spine = smallest(from);
            if (spine == Assignment.NONE) {
                assignment.clear();
                return false;
            }
            Arrays.fill(free[spine], from, from + size, false);
            assignment.setSpine(colour, spine);
        }
        int[][] open = new int[colours][switches];
        for (int colour = 0; colour < colours; colour++) {
            int from = colour / size * size;
            Arrays.fill(open[colour], from, from + size, width);
        }
        for (int place = 0; place < leaves; place++) {
            if (!match(place, open)) {
                assignment.clear();
                return false;
            }
        }
        return true;
    }

    private boolean alike() {
        for (int colour = 0; colour < assignment.need.colours(); colour++) {
            if (assignment.size(colour) != leaves) {
                return false;
            }
        }
        for (int place = 0; place < leaves; place++) {
            for (int at = 0; at < switches; at++) {
                int[] ports = assignment.fabric.leafPorts(assignment.need.leaf(place), at);
                if (ports.length != 1 || !assignment.occupancy.isFree(ports[0])) {
                    return false;
                }
            }
        }
        return true;
    }

    private void findFree() {
        for (int spine = 0; spine < free.length; spine++) {
            steps.spend((long) switches * width);
            for (int at = 0; at < switches; at++) {
                int count = 0;
                for (int port : assignment.fabric.spinePorts(spine, at)) {
                    count += assignment.occupancy.isFree(port) ? 1 : 0;
                }
                free[spine][at] = count == width;
            }
        }
        for (int place = 0; place < leaves; place++) {
            for (int port : assignment.fabric.leafPorts(assignment.need.leaf(place))) {
                int peer = assignment.occupancy.peer(port);
                if (peer != Assignment.NONE && assignment.fabric.spine(peer) >= 0) {
                    idle[assignment.fabric.spine(peer)][assignment.fabric.opticalSwitch(port) / size]++;
                }
            }
        }
    }

    /**
     * Returns the spine at which a block is free and the free block around it is the smallest, of these the one with
     * most idle circuits there; none if there is none.
     */
    private int smallest(int from) {
        int best = Assignment.NONE;
        int least = Integer.MAX_VALUE;
        int most = 0;
        for (int spine = 0; spine < free.length; spine++) {
            int whole = whole(free[spine], from);
            int kept = idle[spine][from / size];
            if (whole > 0 && (whole < least || whole == least && kept > most)) {
                least = whole;
                most = kept;
                best = spine;
            }
        }
        steps.spend((long) free.length * size);
        return best;
    }

    /** The size of the largest block that is free around one; 0 if that is not free itself. */
    private int whole(boolean[] freeAt, int from) {
        int whole = 0;
        for (int block = size; block <= switches && switches % block == 0; block *= 2) {
            int begin = from / block * block;
            for (int at = begin; at < begin + block; at++) {
                if (!freeAt[at]) {
                    return whole;
                }
            }
            whole = block;
        }
        return whole;
    }

    /**
     * Gives one leaf a port for each colour. Each colour has as many circuits left as there are leaves left, and no
     * switch has more; switches that have as many cannot be left out.
     */
    private boolean match(int place, int[][] open) {
        int colours = open.length;
        int[] left = new int[switches];
        for (int[] row : open) {
            Arrays.setAll(left, at -> left[at] + row[at]);
        }
        int[][] cost = new int[colours][Math.max(colours, switches)];
        int[] ports = new int[switches];
        Arrays.setAll(ports, at -> assignment.fabric.leafPorts(assignment.need.leaf(place), at)[0]);
        for (int colour = 0; colour < colours; colour++) {
            Arrays.fill(cost[colour], CheapestMatching.NEVER);
            for (int at = 0; at < switches; at++) {
                if (open[colour][at] > 0) {
                    int slack = leaves - place - left[at];
                    int peer = assignment.occupancy.peer(ports[at]);
                    boolean idle = peer != Assignment.NONE && assignment.isUnused(peer)
                            && assignment.fabric.spine(peer) == assignment.spineOf[colour];
                    cost[colour][at] = (slack == 0 ? 0 : switches * 2) + (idle ? 0 : 1);
                }
            }
        }
        steps.spend((long) colours * colours * switches / 4);
        int[] columnOf = new int[colours];
        if (matching.match(cost, colours, cost[0].length, columnOf) < colours) {
            return false;
        }
        for (int colour = 0; colour < colours; colour++) {
            int at = columnOf[colour];
            open[colour][at]--;
            assign(assignment.firstOf[colour] + place, ports[at], at);
        }
        return true;
    }

    private void assign(int circuit, int atLeaf, int at) {
        int best = Assignment.NONE;
        int least = Integer.MAX_VALUE;
        for (int port : assignment.fabric.spinePorts(assignment.spineOf[assignment.colourOf[circuit]], at)) {
            int moves = assignment.moves(atLeaf, port);
            if (assignment.isUnused(port) && moves < least) {
                least = moves;
                best = port;
            }
        }
        assignment.assign(circuit, atLeaf, best);
    }
}
