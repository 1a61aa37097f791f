package org.cloister.isolation.allocation.optical;

import java.util.Arrays;

/**
 * Moves that a need cannot do without. Each leaf keeps at most as many idle circuits as it has; what it needs more is
 * made, and once its ports without light are used up an idle circuit gives way for each. Nor can a colour keep more circuits
 * than its spine has idle ones to leaves of the slice.
 */
final class MoveBound {

    private MoveBound() {
    }

    /** Returns the bound; {@link Integer#MAX_VALUE} if a leaf has fewer free ports than it needs. */
    static int of(OpticalOccupancy occupancy, OpticalNeed need) {
        OpticalFabric fabric = occupancy.fabric();
        int[] links = new int[need.size()];
        for (int colour = 0; colour < need.colours(); colour++) {
            for (int place : need.places(colour)) {
                links[place]++;
            }
        }
        // by spine and how many circuits a leaf has to it at least: how many leaves
        int[][] layers = new int[fabric.spines()][need.colours()];
        int moves = 0;
        int kept = 0;
        int cheap = 0;
        for (int place = 0; place < links.length; place++) {
            int idle = 0;
            int other = 0;
            int[] to = new int[fabric.spines()];
            for (int port : fabric.leafPorts(need.leaf(place))) {
                if (!occupancy.isFree(port)) {
                    continue;
                }
                int spine = occupancy.peer(port) < 0 ? -1 : fabric.spine(occupancy.peer(port));
                if (spine < 0) {
                    other++;
                    continue;
                }
                idle++;
                if (to[spine] < need.colours() && (to[spine] == 0 || !need.distinctSpines())) {
                    layers[spine][to[spine]]++;
                }
                to[spine]++;
            }
            if (idle + other < links[place]) {
                return Integer.MAX_VALUE;
            }
            int keeps = Math.min(links[place], idle);
            int made = links[place] - keeps;
            moves += made + Math.max(0, made - other);
            kept += keeps;
            cheap += Math.min(keeps, Math.max(0, other - made));
        }
        int lost = Math.max(0, kept - keepable(layers, need.colours()));
        return moves + lost + Math.max(0, lost - cheap);
    }

    /** The best layers, one for each colour. */
    private static int keepable(int[][] layers, int colours) {
        int[] all = Arrays.stream(layers).flatMapToInt(Arrays::stream).filter(count -> count > 0).sorted().toArray();
        int keepable = 0;
        for (int colour = 0; colour < Math.min(colours, all.length); colour++) {
            keepable += all[all.length - 1 - colour];
        }
        return keepable;
    }
}
