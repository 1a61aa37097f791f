package org.cloister.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Whole decisions, from a request and what others hold to an allocation, with names; rules are not compiled. */
@FullOnly("named .* any|placed .* (ring|all-to-all)")
@State(Scope.Thread)
public class DecisionBenchmark {

    @Param("laas-11664")
    private String fabric;

    @Param({"named 2-8-leaves ring", "named 2-8-leaves any", "named 2-8-leaves all-to-all", "placed 2-8-leaves ring",
        "placed 2-8-leaves any", "placed 2-8-leaves all-to-all", "placed refused any"})
    private String fragmented;

    private Decisions decisions;

    /** Fills the fabric and finds requests. */
    @Setup
    public void setUp() {
        decisions = Decisions.of(fragmented);
        decisions.next();
    }

    /** Decides. */
    @Benchmark
    public boolean decide() {
        return decisions.next();
    }
}
