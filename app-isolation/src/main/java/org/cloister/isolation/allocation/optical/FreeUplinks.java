package org.cloister.isolation.allocation.optical;

/** By leaf, the optical switches at which it has free ports: bit sets, one for each port that it may have at one. */
final class FreeUplinks {

    private final long[][][] atLeast;

    FreeUplinks(OpticalOccupancy occupancy) {
        OpticalFabric fabric = occupancy.fabric();
        int words = fabric.switches() + Long.SIZE - 1 >>> 6;
        this.atLeast = new long[fabric.leaves()][][];
        int[] free = new int[fabric.switches()];
        for (int leaf = 0; leaf < atLeast.length; leaf++) {
            int most = 0;
            for (int at = 0; at < free.length; at++) {
                free[at] = 0;
                for (int port : fabric.leafPorts(leaf, at)) {
                    free[at] += occupancy.isFree(port) ? 1 : 0;
                }
                most = Math.max(most, free[at]);
            }
            atLeast[leaf] = new long[most][words];
            for (int at = 0; at < free.length; at++) {
                for (int level = 0; level < free[at]; level++) {
                    atLeast[leaf][level][at >>> 6] |= 1L << at;
                }
            }
        }
    }

    /** Returns how many circuits can join two leaves directly. */
    int common(int one, int other) {
        int common = 0;
        for (int level = 0; level < Math.min(atLeast[one].length, atLeast[other].length); level++) {
            for (int word = 0; word < atLeast[one][level].length; word++) {
                common += Long.bitCount(atLeast[one][level][word] & atLeast[other][level][word]);
            }
        }
        return common;
    }
}
