package org.cloister.benchmarks.replay.network;

/** Flows between leaves, each with the two links that it takes; grows as needed, and is used again and again. */
final class Flows {

    private static final int FIRST_SIZE = 64;

    private int[] up = new int[FIRST_SIZE];
    private int[] down = new int[FIRST_SIZE];
    private int size;

    void clear() {
        size = 0;
    }

    void add(int upLink, int downLink) {
        if (size == up.length) {
            up = java.util.Arrays.copyOf(up, 2 * size);
            down = java.util.Arrays.copyOf(down, 2 * size);
        }
        up[size] = upLink;
        down[size++] = downLink;
    }

    int size() {
        return size;
    }

    int up(int flow) {
        return up[flow];
    }

    int down(int flow) {
        return down[flow];
    }
}
