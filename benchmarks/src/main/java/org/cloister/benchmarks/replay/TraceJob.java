package org.cloister.benchmarks.replay;

import org.immutables.value.Value;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A job of a trace: what was recorded of it, no more. What it communicates may be missing. */
@Value.Immutable
public interface TraceJob {

    /** Its name, unique in its trace. */
    String id();

    /** When it came, seconds since the trace began. */
    double arrivalSeconds();

    /** How many hosts, one NIC each. */
    int hosts();

    /** How long it ran, or would run if nobody slowed its communication, seconds. */
    double durationSeconds();

    /** How many iterations it makes. */
    OptionalInt iterations();

    /** The collective at the end of each iteration. */
    Optional<Algorithm> collective();

    /**
     * How large the buffer is that each host reduces or exchanges in the collective of one iteration, bytes; what it
     * sends of it in each step is up to the algorithm.
     */
    OptionalLong bufferBytes();

    /** Refuses what no job can be. */
    @Value.Check
    default void check() {
        require(hosts() >= 1, "hosts: " + hosts() + " is below 1");
        require(arrivalSeconds() >= 0 && arrivalSeconds() < Double.POSITIVE_INFINITY,
                "arrivalSeconds: " + arrivalSeconds() + " is negative");
        require(durationSeconds() >= 0 && durationSeconds() < Double.POSITIVE_INFINITY,
                "durationSeconds: " + durationSeconds() + " is negative");
        require(iterations().orElse(1) >= 1, "iterations: " + iterations().orElse(1) + " is below 1");
        require(bufferBytes().orElse(0) >= 0, "bufferBytes: " + bufferBytes().orElse(0) + " is negative");
        require(collective().orElse(Algorithm.RING) != Algorithm.HALVING_DOUBLING || Integer.bitCount(hosts()) == 1,
                "collective: halving-doubling among " + hosts() + " hosts, which is no power of two");
    }

    private void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException("job " + id() + ": " + message);
        }
    }

    /** Returns a builder. */
    static ImmutableTraceJob.Builder builder() {
        return ImmutableTraceJob.builder();
    }
}
