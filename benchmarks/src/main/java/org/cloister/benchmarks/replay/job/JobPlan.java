package org.cloister.benchmarks.replay.job;

import java.util.List;

/** What a job does: so many iterations of computing, then one collective after another. */
public final class JobPlan {

    private final double computeSeconds;
    private final List<Collective> collectives;
    private final int iterations;
    private final double phase;
    private final double idealSeconds;

    /**
     * Creates a plan.
     *
     * @param computeSeconds how long each iteration computes
     * @param collectives what follows; empty for a single host
     * @param phase where in an iteration the job begins, 0 to below 1; it ends there too
     * @param idealSeconds how long it all takes where nobody slows it
     */
    JobPlan(double computeSeconds, List<Collective> collectives, int iterations, double phase, double idealSeconds) {
        this.computeSeconds = computeSeconds;
        this.collectives = List.copyOf(collectives);
        this.iterations = iterations;
        this.phase = phase;
        this.idealSeconds = idealSeconds;
    }

    /** Returns how long each iteration computes, seconds. */
    public double computeSeconds() {
        return computeSeconds;
    }

    /** Returns what follows the computing of an iteration, in order. */
    public List<Collective> collectives() {
        return collectives;
    }

    /** Returns how many iterations there are. */
    public int iterations() {
        return iterations;
    }

    /** Returns where in an iteration the job begins, 0 to below 1. */
    public double phase() {
        return phase;
    }

    /** Returns how long the job runs on as few servers as can be if nobody slows it, seconds. */
    public double idealSeconds() {
        return idealSeconds;
    }

    /** Returns how long the job runs in a place where nobody slows it, seconds. */
    public double freeSeconds(Layout layout, Speeds speeds) {
        double seconds = computeSeconds;
        for (Collective collective : collectives) {
            seconds += speeds.seconds(collective, layout);
        }
        return seconds * iterations;
    }
}
