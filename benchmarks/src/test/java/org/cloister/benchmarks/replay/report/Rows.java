package org.cloister.benchmarks.replay.report;

import org.cloister.benchmarks.replay.Estimate;
import org.cloister.benchmarks.replay.ImmutableReplaySettings;
import org.cloister.benchmarks.replay.Policy;
import org.cloister.benchmarks.replay.ReplayFabric;
import org.cloister.benchmarks.replay.ReplayRow;
import org.cloister.benchmarks.replay.ReplaySettings;
import org.cloister.benchmarks.replay.Trace;
import org.cloister.benchmarks.replay.TraceJob;

import java.util.List;

/** Made-up outcomes of two seeds, whose intervals can be worked out by hand: t is 12.706 with one degree of freedom. */
final class Rows {

    private Rows() {
    }

    /** A row whose completion times are the given two; all other figures are fixed. */
    static ReplayRow row(Policy policy, double load, double first, double second) {
        return ReplayRow.builder().policy(policy).load(load).seeds(2)
                .jctMeanSeconds(Estimate.of(first, second)).jctP99Seconds(Estimate.of(4000, 4000))
                .jwtMeanSeconds(Estimate.of(0, 0)).jrtMeanSeconds(Estimate.of(10, 12))
                .utilisation(Estimate.of(0.5, 0.5)).fragmentation(Estimate.of(0.75, 1))
                .measured(160).censored(3).build();
    }

    static Outcome outcome(boolean synthetic, ReplayRow... rows) {
        return outcome(synthetic, ReplaySettings.builder().addPolicies(Policy.IDEAL).addLoads(0.5).addSeeds(1, 2),
                rows);
    }

    static Outcome outcome(boolean synthetic, ImmutableReplaySettings.Builder settings, ReplayRow... rows) {
        TraceJob job = synthetic
                ? TraceJob.builder().id("a").arrivalSeconds(0).hosts(2).durationSeconds(5).build()
                : TraceJob.builder().id("a").arrivalSeconds(0).hosts(2).durationSeconds(5).bufferBytes(1).build();
        return new Outcome(ReplayFabric.builder().name("small").leaves(4).hostsPerLeaf(8).spines(2)
                .linkBitsPerSecond(1).build(), Trace.builder().name("jobs").addJobs(job).build(), settings.build(),
                List.of(rows));
    }
}
