package org.cloister.benchmarks.replay.job;

import org.cloister.benchmarks.replay.Algorithm;
import org.cloister.benchmarks.replay.JobModel;
import org.cloister.benchmarks.replay.ReplayFabric;
import org.cloister.benchmarks.replay.TraceJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class JobPlansTest {

    private static final Speeds SPEEDS = new Speeds(ReplayFabric.builder().name("test").leaves(4).hostsPerLeaf(32)
            .spines(32).linkBitsPerSecond(8_000_000_000L).hostsPerNode(8).nodeBitsPerSecond(80_000_000_000L).build());

    /** An all-reduce sends 2 (N - 1) / N of the buffer whichever way, an all-to-all (N - 1) / N. */
    @ParameterizedTest
    @CsvSource({"RING, 2", "HALVING_DOUBLING, 2", "ALL_TO_ALL, 1"})
    void stepsShareTheBufferOut(Algorithm algorithm, int times) {
        Collective collective = new Collective(algorithm, 16, 1600);
        double bytes = 0;
        for (int step = 0; step < collective.steps(); step++) {
            bytes += collective.bytes(step);
            Set<Integer> targets = new HashSet<>();
            for (int rank = 0; rank < 16; rank++) {
                targets.add(collective.target(step, rank));
                assertThat(collective.target(step, rank)).isNotEqualTo(rank);
            }
            assertThat(targets).hasSize(16);
        }
        assertThat(bytes).isCloseTo(1500.0 * times, within(1e-9));
    }

    @Test
    void halvingDoublingNeedsAPowerOfTwo() {
        assertThatThrownBy(() -> new Collective(Algorithm.HALVING_DOUBLING, 12, 1))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("halving-doubling among 12");
    }

    @Test
    void withinAServerTheFabricIsNotNeeded() {
        Collective collective = new Collective(Algorithm.ALL_TO_ALL, 8, 8e9);
        assertThat(SPEEDS.seconds(collective, Layout.packed(8, 8))).isCloseTo(0.7, within(1e-9));
        assertThat(SPEEDS.seconds(collective, new Layout(new int[]{0, 1}, new int[]{4, 4}, 8))).isCloseTo(7, within(1e-9));
    }

    @Test
    void recordedCommunicationIsTakenFromTheTime() {
        JobPlan plan = plans(JobModel.ITERATIONS).plan(job(32).iterations(10).collective(Algorithm.RING)
                .bufferBytes(1_600_000_000L).durationSeconds(100).build(), 0);
        // 2 x 31/32 x 1.6 Gbyte at 1 Gbyte/s
        assertThat(plan.computeSeconds()).isCloseTo(10 - 3.1, within(1e-9));
        assertThat(plan.iterations()).isEqualTo(10);
        assertThat(plan.idealSeconds()).isCloseTo(100, within(1e-9));
        JobPlan bulk = plans(JobModel.BULK).plan(job(32).iterations(10).collective(Algorithm.RING)
                .bufferBytes(1_600_000_000L).durationSeconds(100).build(), 0);
        assertThat(bulk.computeSeconds()).isCloseTo(100 - 31, within(1e-9));
        assertThat(bulk.iterations()).isEqualTo(1);
    }

    @Test
    void communicationThatTakesLongerThanTheJobMakesItLonger() {
        JobPlan plan = plans(JobModel.BULK).plan(job(32).collective(Algorithm.RING).bufferBytes(16_000_000_000L)
                .durationSeconds(10).build(), 0);
        assertThat(plan.computeSeconds()).isZero();
        assertThat(plan.idealSeconds()).isCloseTo(31, within(1e-9));
    }

    @Test
    void whatIsNotRecordedIsDrawnAsPublished() {
        Map<Algorithm, Integer> drawn = new TreeMap<>();
        for (int place = 0; place < 10_000; place++) {
            JobPlan plan = plans(JobModel.BULK).plan(job(64).build(), place);
            drawn.merge(plan.collectives().get(0).algorithm(), 1, Integer::sum);
            double share = 1 - plan.computeSeconds() / plan.idealSeconds();
            assertThat(share).isBetween(0.02, 0.26 + 1e-9);
            assertThat(plan.idealSeconds()).isCloseTo(100, within(1e-6));
        }
        assertThat(drawn.get(Algorithm.HALVING_DOUBLING)).isCloseTo(5000, within(200));
        assertThat(drawn.get(Algorithm.RING)).isCloseTo(2000, within(200));
        assertThat(drawn.get(Algorithm.ALL_TO_ALL)).isCloseTo(3000, within(200));
        assertThat(plans(JobModel.BULK).plan(job(65).build(), 0).collectives().get(0).algorithm())
                .isEqualTo(Algorithm.RING);
    }

    /** A mixture of experts exchanges for 26 % of an iteration, and reduces for 7 %. */
    @Test
    void iterationsOfAMixtureOfExpertsHaveTwoCollectives() {
        JobPlan plan = plans(JobModel.ITERATIONS).plan(job(64).collective(Algorithm.ALL_TO_ALL).iterations(1).build(), 0);
        assertThat(plan.iterations()).isEqualTo(100);
        assertThat(plan.computeSeconds()).isCloseTo(0.67, within(1e-9));
        assertThat(plan.collectives()).extracting(Collective::algorithm)
                .containsExactly(Algorithm.ALL_TO_ALL, Algorithm.HALVING_DOUBLING);
        assertThat(plan.phase()).isBetween(0.0, 1.0);
        assertThat(plan.idealSeconds()).isCloseTo(100, within(1e-6));
    }

    @Test
    void aSingleHostOnlyComputes() {
        JobPlan plan = plans(JobModel.ITERATIONS).plan(job(1).build(), 0);
        assertThat(plan.collectives()).isEmpty();
        assertThat(plan.idealSeconds()).isEqualTo(100);
    }

    /** SplitMix64 as published: what it gives is the same everywhere. */
    @Test
    void numbersAreTheSameEverywhere() {
        assertThat(Draws.mix(0x9E3779B97F4A7C15L)).isEqualTo(0xE220A8397B1DCDAFL);
        Draws draws = new Draws(1, 2);
        Draws same = new Draws(1, 2);
        assertThat(draws.next()).isEqualTo(same.next()).isNotEqualTo(new Draws(1, 3).next());
    }

    private static JobPlans plans(JobModel model) {
        return new JobPlans(model, SPEEDS, 1);
    }

    private static org.cloister.benchmarks.replay.ImmutableTraceJob.Builder job(int hosts) {
        return TraceJob.builder().id("job").arrivalSeconds(0).hosts(hosts).durationSeconds(100);
    }
}
