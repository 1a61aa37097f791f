package org.cloister.isolation.control;

import org.cloister.isolation.config.App;
import org.junit.jupiter.api.Test;

import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class ReadinessManagerTest {

    private final Bench bench = Bench.small().start();
    private final ReadinessManager readiness =
            new ReadinessManager(bench.store, bench.fabric, bench.leadership);

    @Test
    void nothingIsMissingWhereSlicesCanBeAskedFor() {
        assertThat(readiness.missing()).isEmpty();
    }

    @Test
    void silentStoreIsMissing() {
        bench.storage.silent(true);
        assertThat(readiness.missing()).containsExactly("the store does not answer");
        bench.storage.silent(false);
        assertThat(readiness.missing()).isEmpty();
    }

    @Test
    void configurationAndLeaderAreMissingTogether() {
        bench.fabric.configure(Optional.empty());
        bench.leadership.choose(App.NAME, null);
        assertThat(readiness.missing()).containsExactly("there is no valid configuration of the fabric",
                "no node decides on slices");
    }

    @Test
    void clusterWithoutAnyElectionHasNoLeader() {
        assertThat(new ReadinessManager(bench.store, bench.fabric, new FakeLeadership(null)).missing())
                .containsExactly("no node decides on slices");
    }
}
