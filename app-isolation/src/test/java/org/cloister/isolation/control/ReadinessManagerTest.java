package org.cloister.isolation.control;

import org.cloister.isolation.config.App;
import org.cloister.isolation.control.environment.Services;
import org.cloister.isolation.control.requests.PurgeManager;
import org.cloister.testing.FakeLeadership;
import org.junit.jupiter.api.Test;
import org.onosproject.cluster.LeadershipService;
import org.onosproject.store.service.ConsistentMap;

import java.time.Duration;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class ReadinessManagerTest {

    private final Bench bench = Bench.small().start();
    private final ReadinessManager readiness =
            readiness(bench.leadership);

    private ReadinessManager readiness(LeadershipService leadership) {
        Services services = bench.services(Bench.NODE, bench.store);
        return new ReadinessManager(bench.store, bench.fabric, leadership, services.settings(),
                () -> bench.slices.trouble());
    }

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
        assertThat(readiness(new FakeLeadership(null)).missing())
                .containsExactly("no node decides on slices");
    }

    @Test
    void purgeIsToldWithoutANameInIt() {
        PurgeManager purges = new PurgeManager(bench.services(Bench.NODE, bench.store), null);
        purges.purge("karaf");
        bench.time.pass(Duration.ofSeconds(60));
        assertThat(readiness.missing()).containsExactly("Cloister was purged and takes no requests");
        purges.resume();
        bench.time.pass(Duration.ofSeconds(60));
        assertThat(readiness.missing()).isEmpty();
    }

    @Test
    void documentThatCannotBeReadRefusesEveryRequest() {
        bench.storage.map("cloister-slices").put("job", "{\"version\":99}");
        bench.time.pass(Duration.ofSeconds(1));
        assertThat(readiness.missing()).singleElement().asString().contains("cannot read").doesNotContain("job");
    }

    @Test
    void passesThatKeepFailingAreTold() {
        bench.fabric.breaks(true);
        bench.slices.wake();
        bench.time.pass(Duration.ofSeconds(10));
        bench.fabric.breaks(false);
        assertThat(readiness.missing()).singleElement().asString().contains("fails again and again");
        bench.time.pass(Duration.ofSeconds(5));
        assertThat(readiness.missing()).isEmpty();
    }

    @Test
    void leaderThatMayNotDecideSaysSoAndTriesAgain() {
        ConsistentMap<String, String> journal = bench.storage.map("cloister-journal");
        bench.time.pass(Duration.ofSeconds(1));
        journal.put("head", "{\"version\":1,\"leader\":\"node-0\",\"term\":3,\"sequence\":1}");
        bench.slices.put(Bench.id("job"), Bench.spec("gpu-1-1", "gpu-2-1"), "slurm");
        bench.time.pass(Duration.ofSeconds(40));
        assertThat(readiness.missing()).singleElement().asString().contains("later term");
        // the head is given up, and no event tells
        journal.remove("head");
        bench.time.pass(Duration.ofSeconds(11));
        assertThat(readiness.missing()).isEmpty();
        bench.create("job", "gpu-1-1", "gpu-2-1");
    }
}
