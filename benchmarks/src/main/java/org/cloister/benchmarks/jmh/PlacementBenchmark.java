package org.cloister.benchmarks.jmh;

import org.cloister.benchmarks.placement.LaasPlacer;
import org.cloister.isolation.allocation.placement.CloisterPlacer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Placement and what is held, on LaaS's fabric: hosts and links are chosen, taken and given back. */
@FullOnly("laas-baseline .*(fresh|one-leaf|more-leaves)")
@State(Scope.Thread)
public class PlacementBenchmark {

    @Param("laas-11664")
    private String fabric;

    @Param({"cloister", "laas-baseline"})
    private String engine;

    @Param({"fresh one-leaf", "fresh 2-8-leaves", "fresh more-leaves", "fragmented one-leaf", "fragmented 2-8-leaves",
        "fragmented more-leaves", "fragmented refused"})
    private String decision;

    private PlacementWishes wishes;

    /** Makes the fabrics, and finds sizes that the engine answers as the class says. */
    @Setup
    public void setUp() {
        wishes = PlacementWishes.of(fabric, engine.equals("cloister") ? new CloisterPlacer() : new LaasPlacer(),
                decision);
    }

    /** Decides, takes and gives back. */
    @Benchmark
    public int place() {
        return wishes.next();
    }
}
