package org.cloister.benchmarks.replay.network;

import org.cloister.benchmarks.replay.Algorithm;
import org.cloister.benchmarks.replay.JobModel;
import org.cloister.benchmarks.replay.Policy;
import org.cloister.benchmarks.replay.ReplayFabric;
import org.cloister.benchmarks.replay.TraceJob;
import org.cloister.benchmarks.replay.job.JobPlan;
import org.cloister.benchmarks.replay.job.JobPlans;
import org.cloister.benchmarks.replay.job.Layout;
import org.cloister.benchmarks.replay.job.Speeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class TrafficTest {

    private static final ReplayFabric FABRIC = ReplayFabric.builder().name("test").leaves(16).hostsPerLeaf(32).spines(32)
            .linkBitsPerSecond(100_000_000_000L).build();
    private static final Speeds SPEEDS = new Speeds(FABRIC);

    /** How much a step of an all-to-all of 512 hosts is slowed by hashing: figures worked out elsewhere, by brute force. */
    @ParameterizedTest
    @CsvSource({"ECMP_1, 5.0", "ECMP_4, 2.7", "ECMP_16, 1.8"})
    void hashingSlowsAnAllToAll(Policy policy, double slowdown) {
        double mean = IntStream.range(0, 4).mapToDouble(seed -> slowdown(policy, seed)).average().orElseThrow();
        assertThat(mean).isCloseTo(slowdown, within(0.1));
    }

    @Test
    void sprayingOverAsManyUplinksAsHostsSlowsNothing() {
        assertThat(slowdown(Policy.SPRAY, 1)).isEqualTo(1);
    }

    @Test
    void sprayingOverHalfAsManyUplinksTakesTwiceAsLong() {
        ReplayFabric half = ReplayFabric.builder().from(FABRIC).spines(16).build();
        Layout layout = layout(new int[]{32, 32});
        JobPlan plan = plan(64, Algorithm.ALL_TO_ALL);
        Traffic traffic = new Traffic(plan, layout, SPEEDS, Wiring.of(half, Policy.SPRAY), 1);
        // in the middle step all send to the other leaf
        assertThat(traffic.alone(31)).isEqualTo(0.5);
        // in the first one of each leaf does
        assertThat(traffic.alone(0)).isEqualTo(1);
    }

    @Test
    void waysLastAsLongAsTheJob() {
        Traffic one = new Traffic(plan(64, Algorithm.ALL_TO_ALL), layout(new int[]{32, 32}), SPEEDS,
                Wiring.of(FABRIC, Policy.ECMP_1), 1);
        Traffic same = new Traffic(plan(64, Algorithm.ALL_TO_ALL), layout(new int[]{32, 32}), SPEEDS,
                Wiring.of(FABRIC, Policy.ECMP_1), 1);
        Traffic redrawn = new Traffic(plan(64, Algorithm.ALL_TO_ALL), layout(new int[]{32, 32}), SPEEDS,
                Wiring.of(FABRIC, Policy.ECMP_1), 2);
        assertThat(ups(one)).isEqualTo(ups(same)).isNotEqualTo(ups(redrawn));
    }

    @Test
    void findsTheStepThatIsUnderWay() {
        Traffic traffic = new Traffic(plan(64, Algorithm.ALL_TO_ALL), layout(new int[]{32, 32}), SPEEDS,
                Wiring.of(FABRIC, Policy.ECMP_1), 1);
        assertThat(traffic.steps()).isEqualTo(63);
        assertThat(traffic.step(0)).isEqualTo(0);
        assertThat(traffic.step(traffic.end(4))).isEqualTo(5);
        assertThat(traffic.step(traffic.end(4) - 1e-6)).isEqualTo(4);
        assertThat(traffic.step(traffic.seconds())).isEqualTo(62);
    }

    private static double slowdown(Policy policy, long seed) {
        int[] shares = new int[16];
        Arrays.fill(shares, 32);
        JobPlan plan = plan(512, Algorithm.ALL_TO_ALL);
        Layout layout = layout(shares);
        Traffic traffic = new Traffic(plan, layout, SPEEDS, Wiring.of(FABRIC, policy), seed);
        return traffic.seconds() / SPEEDS.seconds(plan.collectives().get(0), layout);
    }

    private static String ups(Traffic traffic) {
        Flows flows = new Flows();
        traffic.flows(7, flows);
        return IntStream.range(0, flows.size()).mapToObj(flow -> flows.up(flow) + " ").reduce("", String::concat);
    }

    private static JobPlan plan(int hosts, Algorithm algorithm) {
        return new JobPlans(JobModel.BULK, SPEEDS, 1).plan(TraceJob.builder().id("job").arrivalSeconds(0).hosts(hosts)
                .durationSeconds(100).collective(algorithm).build(), 0);
    }

    private static Layout layout(int[] shares) {
        return new Layout(IntStream.range(0, shares.length).toArray(), shares, 1);
    }
}
