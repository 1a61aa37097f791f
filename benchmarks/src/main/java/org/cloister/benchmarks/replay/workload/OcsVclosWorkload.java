package org.cloister.benchmarks.replay.workload;

import org.cloister.benchmarks.replay.Algorithm;
import org.cloister.benchmarks.replay.Trace;
import org.cloister.benchmarks.replay.TraceJob;
import org.cloister.benchmarks.replay.TraceSource;

import java.util.ArrayList;
import java.util.List;

/**
 * The 5,000 jobs of OCS-vClos's experiment with 8,192 GPUs (Han et al., arXiv 2308.05692): Poisson arrivals, 241 s apart in
 * the mean; sizes as published; powers of two run halving-doubling (50 %), ring (20 %) or pairwise all-to-all (30 %),
 * others a ring; one iteration each. Durations were published as seconds to hours, at an offered load of about 0.92:
 * here their logarithm is uniform, between limits that give this load. How much jobs send is left open.
 */
final class OcsVclosWorkload implements TraceSource {

    static final int JOBS = 5_000;
    static final int LARGEST = 512;
    private static final double MEAN_GAP = 241;
    private static final double SHORTEST = 10;
    /** With the mean size of 251.1 hosts, 0.92 x 8,192 hosts x 241 s needs a mean of 7,233 s. */
    private static final double LONGEST = 63_300;

    private static final int[] SIZES = {8, 64, 128, 192, 256, 384, LARGEST};
    private static final int[] COUNTS = {446, 1501, 699, 31, 501, 5, 1817};
    private static final Algorithm[] ALGORITHMS = {Algorithm.HALVING_DOUBLING, Algorithm.RING, Algorithm.ALL_TO_ALL};
    private static final int[] SHARES = {50, 20, 30};

    private final int jobs;

    OcsVclosWorkload(int jobs) {
        this.jobs = jobs;
    }

    @Override
    public Trace trace(long seed) {
        Draws draws = new Draws(seed);
        int[] sizes = sizes(draws);
        List<TraceJob> drawn = new ArrayList<>();
        double arrival = 0;
        for (int job = 0; job < jobs; job++) {
            arrival += draws.exponential(MEAN_GAP);
            drawn.add(TraceJob.builder().id(String.valueOf(job)).arrivalSeconds(arrival).hosts(sizes[job])
                    .durationSeconds(draws.logUniform(SHORTEST, LONGEST)).iterations(1)
                    .collective(isPowerOfTwo(sizes[job]) ? ALGORITHMS[draws.index(SHARES)] : Algorithm.RING).build());
        }
        return Trace.builder().name("ocs-vclos").jobs(drawn).build();
    }

    /** Of 5,000 jobs exactly the published numbers of each size, in a random order; else by their probability. */
    private int[] sizes(Draws draws) {
        int[] sizes = new int[jobs];
        if (jobs == JOBS) {
            int job = 0;
            for (int size = 0; size < SIZES.length; size++) {
                for (int count = 0; count < COUNTS[size]; count++) {
                    sizes[job++] = SIZES[size];
                }
            }
            draws.shuffle(sizes);
        } else {
            for (int job = 0; job < jobs; job++) {
                sizes[job] = SIZES[draws.index(COUNTS)];
            }
        }
        return sizes;
    }

    private static boolean isPowerOfTwo(int size) {
        return Integer.bitCount(size) == 1;
    }
}
