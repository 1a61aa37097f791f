package org.cloister.benchmarks.replay.schedule;

import org.cloister.isolation.allocation.placement.LinkNeed;

/** A job as the queue knows it. */
final class Waiting {

    private final int job;
    private final int hosts;
    private final LinkNeed need;
    private final double seconds;

    /**
     * Creates a job.
     *
     * @param job its number
     * @param seconds how long it is known to run: its ideal time
     */
    Waiting(int job, int hosts, LinkNeed need, double seconds) {
        this.job = job;
        this.hosts = hosts;
        this.need = need;
        this.seconds = seconds;
    }

    int job() {
        return job;
    }

    int hosts() {
        return hosts;
    }

    LinkNeed need() {
        return need;
    }

    double seconds() {
        return seconds;
    }

    /** What jobs have in common that fit alike. */
    String kind() {
        return hosts + " " + need;
    }
}
