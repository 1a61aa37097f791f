package org.cloister.benchmarks.replay.job;

import org.cloister.benchmarks.replay.ReplayFabric;

/** How long steps take where no two flows share a link. */
public final class Speeds {

    private static final double BITS = 8;

    private final double linkBytes;
    private final double nodeBytes;
    private final int hostsPerNode;

    /** Creates the speeds of a fabric. */
    public Speeds(ReplayFabric fabric) {
        this.linkBytes = fabric.linkBitsPerSecond() / BITS;
        this.nodeBytes = fabric.nodeBitsPerSecond() / BITS;
        this.hostsPerNode = fabric.hostsPerNode();
    }

    /** Returns how many hosts make a server. */
    public int hostsPerNode() {
        return hostsPerNode;
    }

    /** Returns how long a step takes, seconds: as long as its slowest pair, which is one between servers if any is. */
    public double seconds(Collective collective, int step, Layout layout) {
        for (int rank = 0; rank < collective.hosts(); rank++) {
            if (!layout.sameNode(rank, collective.target(step, rank))) {
                return collective.bytes(step) / linkBytes;
            }
        }
        return collective.bytes(step) / nodeBytes;
    }

    /** Returns how long a collective takes, seconds. */
    public double seconds(Collective collective, Layout layout) {
        double seconds = 0;
        for (int step = 0; step < collective.steps(); step++) {
            seconds += seconds(collective, step, layout);
        }
        return seconds;
    }
}
