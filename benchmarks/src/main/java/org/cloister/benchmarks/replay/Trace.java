package org.cloister.benchmarks.replay;

import org.immutables.value.Value;

import java.util.List;

/** Jobs in the order of their arrival. */
@Value.Immutable
public interface Trace {

    /** What it is called: part of the names of reports. */
    String name();

    /** The jobs, by arrival; of equal arrivals, in the order of the trace. */
    List<TraceJob> jobs();

    /** Whether what jobs communicate is made up, for lack of recorded volumes. */
    @Value.Derived
    default boolean isSynthetic() {
        return jobs().stream().anyMatch(job -> job.bufferBytes().isEmpty());
    }

    /** Returns a builder. */
    static ImmutableTrace.Builder builder() {
        return ImmutableTrace.builder();
    }
}
