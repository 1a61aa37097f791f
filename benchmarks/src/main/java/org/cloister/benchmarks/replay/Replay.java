package org.cloister.benchmarks.replay;

import java.util.ArrayList;
import java.util.List;

/** Replays traces: one row for each policy and load. */
public final class Replay {

    private Replay() {
    }

    /**
     * Replays a recorded trace.
     *
     * @throws IllegalArgumentException if a policy cannot be replayed on the fabric, or nothing is left to measure
     */
    public static List<ReplayRow> run(ReplayFabric fabric, Trace trace, ReplaySettings settings,
                                      ProgressListener listener) {
        return run(fabric, TraceSource.of(trace), settings, listener);
    }

    /**
     * Replays the trace of each seed.
     *
     * @throws IllegalArgumentException if a policy cannot be replayed on the fabric, or nothing is left to measure
     */
    public static List<ReplayRow> run(ReplayFabric fabric, TraceSource traces, ReplaySettings settings,
                                      ProgressListener listener) {
        return new ArrayList<>();
    }
}
