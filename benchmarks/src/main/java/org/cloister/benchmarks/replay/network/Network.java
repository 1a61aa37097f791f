package org.cloister.benchmarks.replay.network;

import org.cloister.benchmarks.replay.job.JobPlan;
import org.cloister.benchmarks.replay.job.Layout;

import java.util.List;

/** Runs jobs in their places and says when they end. Mutable, for one thread; time never goes back. */
public interface Network {

    /**
     * Begins to run a job.
     *
     * @param job its number, which nothing that runs has
     * @param now when, seconds; not before anything that was asked for
     */
    void start(int job, JobPlan plan, Layout layout, double now);

    /** Returns when something happens next, seconds; infinite if nothing runs. */
    double next();

    /** Goes on to the time of {@link #next()}, and returns the jobs that end then: perhaps none. */
    List<Integer> advance();
}
