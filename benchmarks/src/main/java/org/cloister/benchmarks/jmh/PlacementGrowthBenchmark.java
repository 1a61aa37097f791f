package org.cloister.benchmarks.jmh;

import org.cloister.isolation.allocation.placement.CloisterPlacer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** {@link PlacementBenchmark} on smaller and larger fabrics: leaves × hosts of a leaf × spines. */
@FullOnly
@State(Scope.Thread)
public class PlacementGrowthBenchmark {

    @Param({"32x32x32", "324x36x36", "1600x64x64", "800x128x128"})
    private String fabric;

    @Param({"fragmented 2-8-leaves", "fragmented refused"})
    private String decision;

    private PlacementWishes wishes;

    /** Makes the fabrics, and finds sizes that are answered as the class says. */
    @Setup
    public void setUp() {
        wishes = PlacementWishes.of(fabric, new CloisterPlacer(), decision);
    }

    /** Decides, takes and gives back. */
    @Benchmark
    public int place() {
        return wishes.next();
    }
}
