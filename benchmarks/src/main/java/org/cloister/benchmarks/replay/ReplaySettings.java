package org.cloister.benchmarks.replay;

import org.immutables.value.Value;

import java.util.List;
import java.util.OptionalDouble;

/** How a trace is replayed. */
@Value.Immutable
public interface ReplaySettings {

    /** Which policies, in the order of the rows. */
    List<Policy> policies();

    /** Which offered loads, in the order of the rows; each above 0. */
    List<Double> loads();

    /** What random choices begin with: one replay of each policy and load for each. */
    List<Long> seeds();

    /** How jobs alternate between computing and communicating. */
    @Value.Default
    default JobModel jobModel() {
        return JobModel.BULK;
    }

    /** Which of the waiting jobs may start. */
    @Value.Default
    default Discipline discipline() {
        return Discipline.FIFO;
    }

    /** How long a job waits for circuits that are moved for it, seconds; else what the fabric says. */
    OptionalDouble circuitSeconds();

    /** The share of the jobs, first to arrive, that are replayed but not measured. */
    @Value.Default
    default double warmUp() {
        return 0.1;
    }

    /** The share of the jobs, last to arrive, that are replayed but not measured. */
    @Value.Default
    default double tail() {
        return 0.1;
    }

    /**
     * Whether iterations of jobs that share links are followed step by step, however long that takes; else a sample of
     * them stands for all. Bulk communication is always followed step by step.
     */
    @Value.Default
    default boolean exact() {
        return false;
    }

    /** Refuses what makes no sense. */
    @Value.Check
    default void check() {
        require(!policies().isEmpty(), "policies: at least one is needed");
        require(!loads().isEmpty(), "loads: at least one is needed");
        require(!seeds().isEmpty(), "seeds: at least one is needed");
        loads().forEach(load -> require(load > 0 && load < Double.POSITIVE_INFINITY, "loads: " + load
                + " is not above 0"));
        circuitSeconds().ifPresent(seconds -> require(seconds >= 0 && seconds < Double.POSITIVE_INFINITY,
                "circuitSeconds: " + seconds + " is negative"));
        require(warmUp() >= 0 && tail() >= 0 && warmUp() + tail() < 1,
                "warmUp, tail: " + warmUp() + " and " + tail() + " leave nothing to measure");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Returns a builder. */
    static ImmutableReplaySettings.Builder builder() {
        return ImmutableReplaySettings.builder();
    }
}
