package org.cloister.benchmarks.replay.schedule;

import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** What a job gets: so many hosts on each of some leaves, and whatever else its policy gives out. */
final class Grant {

    private final int[] leaves;
    private final int[] hosts;
    private final boolean moving;
    private final Object footprint;

    /**
     * Creates a grant.
     *
     * @param leaves the leaves' numbers
     * @param hosts how many hosts on each of them
     * @param moving whether circuits have to be moved first
     * @param footprint what the room takes and gives back
     */
    Grant(int[] leaves, int[] hosts, boolean moving, Object footprint) {
        this.leaves = leaves;
        this.hosts = hosts;
        this.moving = moving;
        this.footprint = footprint;
    }

    /**
     * Returns the grant of a footprint.
     *
     * @param size on how many leaves it is
     * @param leaf the number of the leaf at a place
     * @param hosts how many hosts it takes on the leaf at a place
     */
    static Grant of(int size, IntUnaryOperator leaf, IntUnaryOperator hosts, boolean moving, Object footprint) {
        return new Grant(IntStream.range(0, size).map(leaf).toArray(), IntStream.range(0, size).map(hosts).toArray(),
                moving, footprint);
    }

    int[] leaves() {
        return leaves;
    }

    int[] hosts() {
        return hosts;
    }

    boolean isMoving() {
        return moving;
    }

    Object footprint() {
        return footprint;
    }
}
