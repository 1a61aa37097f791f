package org.cloister.benchmarks.jmh;

import org.cloister.isolation.allocation.optical.OpticalPlaced;
import org.cloister.isolation.allocation.optical.OpticalPlacer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.util.List;

/**
 * Decisions on the published optical fabric (OCS-vClos, Han et al.: 8192 GPUs, 256 leaves, 128 spines, 32 optical
 * switches), for which the published method allows an integer program 180 s: leaves, hosts, and circuits to keep, to
 * make and to remove. By outcome, as each is decided on another way; what is asked, and of which occupancy, comes from
 * {@link OpticalWishes}.
 */
@FullOnly("fresh")
@State(Scope.Benchmark)
public class OpticalBenchmark {

    /** The published set-up. */
    @Param("ocs-8192")
    public String fabric;

    /** All hosts free and no light at all; or 90 to 95 % of hosts in use, after many jobs have come and gone. */
    @Param({"fresh", "busy"})
    public String state;

    private final OpticalPlacer placer = new OpticalPlacer();
    private OpticalWishes wishes;
    private int next;

    /** Lets jobs come and go. */
    @Setup(Level.Trial)
    public void prepare() {
        wishes = new OpticalWishes(state.equals("busy"));
    }

    /** No circuit is needed. */
    @Benchmark
    public OpticalPlaced oneLeaf() {
        return decide(wishes.of(OpticalWishes.Outcome.ONE_LEAF));
    }

    /** Two leaves are joined directly. */
    @Benchmark
    public OpticalPlaced twoLeaves() {
        return decide(wishes.of(OpticalWishes.Outcome.TWO_LEAVES));
    }

    /** Up to eight leaves are joined with spines. */
    @Benchmark
    public OpticalPlaced upTo8Leaves() {
        return decide(wishes.of(OpticalWishes.Outcome.UP_TO_8_LEAVES));
    }

    /** More leaves are joined with spines. */
    @Benchmark
    public OpticalPlaced moreLeaves() {
        return decide(wishes.of(OpticalWishes.Outcome.MORE_LEAVES));
    }

    /** Hosts are free, links are not. */
    @Benchmark
    public OpticalPlaced refused() {
        return decide(wishes.of(OpticalWishes.Outcome.REFUSED));
    }

    private OpticalPlaced decide(List<OpticalWishes.Wish> all) {
        OpticalWishes.Wish wish = all.get(next++ % all.size());
        return placer.place(wish.occupancy(), wish.hosts(), wish.need());
    }
}
