package org.cloister.benchmarks.replay;

/** Gives the trace to replay for a seed: another one for each if it is generated, always the same if recorded. */
@FunctionalInterface
public interface TraceSource {

    /** Returns the trace for a seed; the same for the same seed. */
    Trace trace(long seed);

    /** Returns a source that always gives the same. */
    static TraceSource of(Trace trace) {
        return seed -> trace;
    }
}
