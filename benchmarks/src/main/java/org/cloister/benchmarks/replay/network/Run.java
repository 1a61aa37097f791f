package org.cloister.benchmarks.replay.network;

import org.cloister.benchmarks.replay.job.JobPlan;

/**
 * A job that runs: how far it is, in the seconds that it would take with its links for itself, and how fast it goes on.
 */
final class Run {

    /** What is less than this share of an iteration off its end is at its end: sums of times are not exact. */
    private static final double NEGLIGIBLE = 1e-9;
    private static final double ROUNDING = 1e-12;

    private final int job;
    private final Traffic traffic;
    private final int[] leaves;
    private final double compute;
    private final double cycle;
    private final Flows flows = new Flows();
    /** What is left of all iterations. */
    private double remaining;
    /** Where in an iteration it is. */
    private double place;
    private double speed = 1;
    private boolean communicating;
    /** Whether it came to something new since its speed was last worked out. */
    private boolean changed;
    /** The step under way, if it is followed step by step; else -1. */
    private int step = -1;
    private int flowsOf = -1;
    private double limit;

    Run(int job, JobPlan plan, Traffic traffic, int[] leaves) {
        this.job = job;
        this.traffic = traffic;
        this.leaves = leaves;
        this.compute = plan.computeSeconds();
        this.cycle = compute + traffic.seconds();
        this.remaining = cycle * plan.iterations();
        this.place = cycle * plan.phase();
        settle();
    }

    int job() {
        return job;
    }

    Traffic traffic() {
        return traffic;
    }

    int[] leaves() {
        return leaves;
    }

    /** Returns how long an iteration takes while the job has its links for itself, seconds. */
    double cycle() {
        return cycle;
    }

    double remaining() {
        return remaining;
    }

    double speed() {
        return speed;
    }

    /** Returns whether its step, or what it does, is another since {@link #keep} was last called. */
    boolean isChanged() {
        return changed;
    }

    /** Says that its speed has been worked out for what it does now. */
    void keep() {
        changed = false;
    }

    boolean isCommunicating() {
        return communicating;
    }

    boolean isEnded() {
        return remaining <= NEGLIGIBLE * cycle;
    }

    /** Goes on at a speed until something about it changes: it computes, or communicates as a whole. */
    void go(double newSpeed) {
        speed = newSpeed;
        step = -1;
        limit = Math.min(remaining, (communicating ? cycle : compute) - place);
    }

    /** Goes on with the step under way, at a speed, until the step ends. */
    void goStep(double newSpeed) {
        speed = newSpeed;
        limit = Math.min(remaining, compute + traffic.end(step) - place);
    }

    /** Goes on at a speed to its end, whatever it does meanwhile. */
    void goOn(double newSpeed) {
        speed = newSpeed;
        step = -1;
        limit = remaining;
    }

    /** Returns how long it takes to the next change at its speed, seconds. */
    double untilChange() {
        return Math.max(0, limit) / speed;
    }

    /** Goes on for a while; changes itself when it is where something changes. */
    void advance(double seconds) {
        double done = seconds * speed;
        remaining -= done;
        limit -= done;
        place += done;
        if (limit <= ROUNDING * Math.max(done, cycle)) {
            reach();
        }
    }

    /** Returns the flows of the step under way. */
    Flows stepFlows() {
        if (step < 0) {
            step = traffic.step(place - compute);
        }
        if (flowsOf != step) {
            traffic.flows(step, flows);
            flowsOf = step;
        }
        return flows;
    }

    /** Returns how much faster the step under way would be without other jobs' flows. */
    double aloneSpeed() {
        return traffic.alone(step);
    }

    /** Finds out what it is doing, after it went on regardless. */
    void settle() {
        changed = true;
        place = place % cycle;
        communicating = place >= compute && traffic.steps() > 0;
        step = -1;
        limit = 0;
    }

    private void reach() {
        changed = true;
        if (isEnded()) {
            remaining = 0;
        } else if (!communicating) {
            place = compute;
            communicating = true;
            step = -1;
        } else if (step >= 0 && step < traffic.steps() - 1) {
            place = compute + traffic.end(step);
            step++;
        } else {
            place = 0;
            communicating = compute == 0;
            step = -1;
        }
    }
}
