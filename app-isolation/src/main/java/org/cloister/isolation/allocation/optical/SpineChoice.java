package org.cloister.isolation.allocation.optical;

/**
 * Gives every colour a spine before any port is given out: one with enough free ports, of these the one that most idle
 * circuits lead to, counting each once; then the one with most free ports.
 */
final class SpineChoice {

    private final Assignment assignment;
    private final Shuffle shuffle;
    /** By place and spine, how many idle circuits join them. */
    private final int[][] idle;
    private final long[][] leafSwitches;
    private final long[][] spineSwitches;

    SpineChoice(Assignment assignment, Shuffle shuffle) {
        this.assignment = assignment;
        this.shuffle = shuffle;
        OpticalOccupancy occupancy = assignment.occupancy;
        OpticalFabric fabric = assignment.fabric;
        int words = fabric.switches() + Long.SIZE - 1 >>> 6;
        this.idle = new int[assignment.need.size()][fabric.spines()];
        this.leafSwitches = new long[assignment.need.size()][words];
        this.spineSwitches = new long[fabric.spines()][words];
        for (int place = 0; place < idle.length; place++) {
            for (int port : fabric.leafPorts(assignment.need.leaf(place))) {
                mark(port, leafSwitches[place]);
                int peer = occupancy.peer(port);
                if (occupancy.isFree(port) && peer != Assignment.NONE && fabric.spine(peer) >= 0) {
                    idle[place][fabric.spine(peer)]++;
                }
            }
        }
        for (int spine = 0; spine < fabric.spines(); spine++) {
            for (int port : fabric.spinePorts(spine)) {
                mark(port, spineSwitches[spine]);
            }
        }
    }

    private void mark(int port, long[] switches) {
        if (assignment.occupancy.isFree(port)) {
            int at = assignment.fabric.opticalSwitch(port);
            switches[at >>> 6] |= 1L << at;
        }
    }

    /**
     * Chooses.
     *
     * @param reuse whether idle circuits count for more than free ports
     * @param random whether free ports count for a random part of them
     */
    void choose(boolean reuse, boolean random) {
        int spines = assignment.fabric.spines();
        int[] left = new int[spines];
        for (int spine = 0; spine < spines; spine++) {
            left[spine] = assignment.occupancy.freeSpinePorts(spine);
        }
        for (int colour = 0; colour < assignment.need.colours(); colour++) {
            int best = Assignment.NONE;
            long most = -1;
            for (int spine = 0; spine < spines; spine++) {
                if (left[spine] < assignment.size(colour) || !assignment.isAllowed(spine)
                        || !reaches(colour, spine)) {
                    continue;
                }
                long kept = kept(colour, spine);
                long free = random ? shuffle.below(1 + left[spine]) : left[spine];
                long score = reuse ? (kept << 32) + free : (free << 32) + kept;
                if (score > most) {
                    most = score;
                    best = spine;
                }
            }
            if (best != Assignment.NONE) {
                assignment.setSpine(colour, best);
                left[best] -= assignment.size(colour);
            }
        }
    }

    /** Of the leaves of a colour, how many have an idle circuit beyond those for the colours that the spine has. */
    private int kept(int colour, int spine) {
        int kept = 0;
        for (int place : assignment.need.places(colour)) {
            kept += idle[place][spine] > assignment.coloursOf[spine] ? 1 : 0;
        }
        return kept;
    }

    private boolean reaches(int colour, int spine) {
        for (int place : assignment.need.places(colour)) {
            long common = 0;
            for (int word = 0; word < spineSwitches[spine].length; word++) {
                common |= leafSwitches[place][word] & spineSwitches[spine][word];
            }
            if (common == 0) {
                return false;
            }
        }
        return true;
    }
}
