package org.cloister.benchmarks.replay.schedule;

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
