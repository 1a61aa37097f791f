package org.cloister.benchmarks.replay.workload;

import org.cloister.benchmarks.replay.Trace;
import org.cloister.benchmarks.replay.TraceJob;
import org.cloister.benchmarks.replay.TraceSource;

import java.util.ArrayList;
import java.util.List;

/**
 * LaaS's synthetic tenants (Zahavi et al., ANCS'16): sizes exponential, rounded up, durations uniform from 20 s to
 * 3,000 s. Published with 10,000 tenants of mean size 8 that are all there from the beginning; here they arrive by a
 * Poisson process, as a replay scales arrivals to the offered load. What they communicate is left open.
 */
final class LaasWorkload implements TraceSource {

    static final int JOBS = 10_000;
    static final double MEAN_SIZE = 8;
    private static final double SHORTEST = 20;
    private static final double LONGEST = 3_000;
    private static final double MEAN_GAP = 1;

    private final int jobs;
    private final double meanSize;
    private final int mostHosts;

    /** Sizes above the fabric's hosts are drawn again. */
    LaasWorkload(int jobs, double meanSize, int mostHosts) {
        this.jobs = jobs;
        this.meanSize = meanSize;
        this.mostHosts = mostHosts;
    }

    @Override
    public Trace trace(long seed) {
        Draws draws = new Draws(seed);
        List<TraceJob> drawn = new ArrayList<>();
        double arrival = 0;
        for (int job = 0; job < jobs; job++) {
            drawn.add(TraceJob.builder().id(String.valueOf(job)).arrivalSeconds(arrival).hosts(size(draws))
                    .durationSeconds(draws.uniform(SHORTEST, LONGEST)).build());
            arrival += draws.exponential(MEAN_GAP);
        }
        return Trace.builder().name(LaasWorkload.name(meanSize)).jobs(drawn).build();
    }

    private static String name(double meanSize) {
        return "laas-" + (meanSize == Math.rint(meanSize) ? String.valueOf((long) meanSize)
                : String.valueOf(meanSize));
    }

    private int size(Draws draws) {
        long size;
        do {
            size = Math.max(1, (long) Math.ceil(draws.exponential(meanSize)));
        } while (size > mostHosts);
        return (int) size;
    }
}
