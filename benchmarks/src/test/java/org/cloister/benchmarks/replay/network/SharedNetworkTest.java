package org.cloister.benchmarks.replay.network;

import org.cloister.benchmarks.replay.Algorithm;
import org.cloister.benchmarks.replay.JobModel;
import org.cloister.benchmarks.replay.ReplayFabric;
import org.cloister.benchmarks.replay.TraceJob;
import org.cloister.benchmarks.replay.job.JobPlan;
import org.cloister.benchmarks.replay.job.JobPlans;
import org.cloister.benchmarks.replay.job.Layout;
import org.cloister.benchmarks.replay.job.Speeds;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SharedNetworkTest {

    private static final double EXACT = 1e-6;
    /** 1 Gbyte/s, for round numbers. */
    private static final ReplayFabric FABRIC = ReplayFabric.builder().name("test").leaves(4).hostsPerLeaf(8).spines(1)
            .linkBitsPerSecond(8_000_000_000L).build();
    private static final Speeds SPEEDS = new Speeds(FABRIC);

    private final SharedNetwork network = new SharedNetwork(new Wiring(4, 1, 1, 1), 4, SPEEDS, 8, 1, true);
    private final Map<Integer, Double> ends = new TreeMap<>();

    @Test
    void aJobAloneTakesItsTime() {
        start(0, 0, 1, 0);
        finish();
        assertThat(ends.get(0)).isCloseTo(20, within(EXACT));
    }

    @Test
    void jobsShareALinkWhileBothCommunicate() {
        start(0, 0, 1, 0);
        start(1, 0, 1, 0);
        finish();
        assertThat(ends.get(0)).isCloseTo(30, within(EXACT));
        assertThat(ends.get(1)).isCloseTo(30, within(EXACT));
    }

    /** Alone from 10 to 15, at half the speed until 25; the other then has 5 of its 10 seconds left, alone. */
    @Test
    void ratesChangeWhenJobsBeginAndEndToCommunicate() {
        start(0, 0, 1, 0);
        start(1, 0, 1, 5);
        finish();
        assertThat(ends.get(0)).isCloseTo(25, within(EXACT));
        assertThat(ends.get(1)).isCloseTo(30, within(EXACT));
    }

    @Test
    void jobsOnOtherLeavesDoNotMatter() {
        start(0, 0, 1, 0);
        start(1, 2, 3, 0);
        finish();
        assertThat(ends.get(0)).isCloseTo(20, within(EXACT));
        assertThat(ends.get(1)).isCloseTo(20, within(EXACT));
    }

    /** A and C meet B at either end of it: B is slowed by the slower of the two, never by both after one another. */
    @Test
    void aStepEndsWithItsSlowestFlow() {
        start(0, 0, 1, 0);
        start(1, 1, 2, 0);
        start(2, 2, 3, 0);
        finish();
        // a ring of two sends both ways: each job shares its links' ends with a neighbour
        assertThat(ends.get(0)).isCloseTo(30, within(EXACT));
        assertThat(ends.get(1)).isCloseTo(30, within(EXACT));
        assertThat(ends.get(2)).isCloseTo(30, within(EXACT));
    }

    @Test
    void aJobOnOneLeafMeetsNobody() {
        start(0, 0, 1, 0);
        network.start(1, plan(), new Layout(new int[]{0}, new int[]{2}, 1), 0);
        finish();
        assertThat(ends.get(0)).isCloseTo(20, within(EXACT));
        assertThat(ends.get(1)).isCloseTo(20, within(EXACT));
    }

    /** Starts a job that computes for 10 s and then sends for 10 s between two leaves. */
    private void start(int job, int leaf, int other, double when) {
        while (network.next() < when) {
            step();
        }
        network.start(job, plan(), new Layout(new int[]{leaf, other}, new int[]{1, 1}, 1), when);
    }

    private static JobPlan plan() {
        return new JobPlans(JobModel.BULK, SPEEDS, 1).plan(TraceJob.builder().id("job").arrivalSeconds(0).hosts(2)
                .durationSeconds(20).collective(Algorithm.RING).bufferBytes(10_000_000_000L).build(), 0);
    }

    private void finish() {
        while (network.next() < Double.POSITIVE_INFINITY) {
            step();
        }
    }

    private void step() {
        double now = network.next();
        network.advance().forEach(job -> ends.put(job, now));
    }
}
