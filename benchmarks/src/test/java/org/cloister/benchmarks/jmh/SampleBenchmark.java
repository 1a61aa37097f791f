package org.cloister.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

import java.util.concurrent.locks.LockSupport;

/** Takes at least half a millisecond, or fails. */
@State(Scope.Thread)
public class SampleBenchmark {

    private static final long HALF_A_MILLISECOND = 500_000;

    @Param({"good", "bad"})
    private String fabric;

    @Benchmark
    public long sleep() {
        if (fabric.equals("bad")) {
            throw new IllegalStateException("asked for");
        }
        long began = System.nanoTime();
        while (System.nanoTime() - began < HALF_A_MILLISECOND) {
            LockSupport.parkNanos(HALF_A_MILLISECOND);
        }
        return began;
    }
}
