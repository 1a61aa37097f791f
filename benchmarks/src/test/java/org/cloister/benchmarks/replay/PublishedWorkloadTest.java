package org.cloister.benchmarks.replay;

import org.cloister.benchmarks.replay.files.BadFileException;
import org.cloister.benchmarks.replay.workload.Workloads;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The first jobs of the published workload on the published optical fabric. */
class PublishedWorkloadTest {

    /** How far OCS-vClos's completion times were from those without contention. */
    private static final double PUBLISHED = 1.0338;
    private static final ReplayFabric FABRIC = ReplayFabric.builder().name("ocs-8192").leaves(256).hostsPerLeaf(32)
            .spines(128).linkBitsPerSecond(100_000_000_000L).hostsPerNode(8)
            .optics(ReplayFabric.Optics.builder().switches(32).spinePortsPerSwitch(2).moveSeconds(0.2).build()).build();

    @Test
    void isolationIsNoWorseThanPublishedRulesAndLightNoWorseThanPublished() throws BadFileException {
        ReplaySettings settings = ReplaySettings.builder().addPolicies(Policy.IDEAL, Policy.VCLOS, Policy.LAAS,
                Policy.CLOISTER, Policy.CLOISTER_OCS).addLoads(0.5, 0.8).addSeeds(1L, 2L).build();
        Map<Double, Map<Policy, ReplayRow>> rows = new HashMap<>();
        List<ReplayRow> all = Replay.run(FABRIC, Workloads.of("generate:ocs-vclos?jobs=600", FABRIC.hosts()), settings,
                (policy, load, seed, finished, jobs) -> { });
        all.forEach(row -> rows.computeIfAbsent(row.load(), none -> new HashMap<>()).put(row.policy(), row));
        assertThat(all).hasSize(10);
        rows.forEach((load, row) -> {
            // what a published rule does not find is not there: the bound of its search does not flatter others
            assertThat(row.get(Policy.VCLOS).unprovenRefusals()).isZero();
            assertThat(row.get(Policy.LAAS).unprovenRefusals()).isZero();
            double cloister = row.get(Policy.CLOISTER).jctMeanSeconds().mean();
            assertThat(cloister).isLessThanOrEqualTo(row.get(Policy.VCLOS).jctMeanSeconds().mean());
            assertThat(cloister).isLessThanOrEqualTo(row.get(Policy.LAAS).jctMeanSeconds().mean());
            assertThat(row.get(Policy.CLOISTER_OCS).jctMeanSeconds().mean())
                    .isLessThanOrEqualTo(PUBLISHED * row.get(Policy.IDEAL).jctMeanSeconds().mean());
        });
    }
}
