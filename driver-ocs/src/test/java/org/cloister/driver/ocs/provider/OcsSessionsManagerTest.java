package org.cloister.driver.ocs.provider;

import org.cloister.driver.ocs.Dialect;
import org.cloister.driver.ocs.FakeMastership;
import org.cloister.driver.ocs.FakeNetworkConfig;
import org.cloister.driver.ocs.FakeSwitch;
import org.cloister.driver.ocs.OcsTarget;
import org.cloister.driver.ocs.SessionFactory;
import org.cloister.driver.ocs.session.CircuitStatus;
import org.cloister.driver.ocs.session.OcsSession;
import org.cloister.driver.ocs.session.OcsSessions;
import org.cloister.driver.ocs.session.OcsSwitch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;

class OcsSessionsManagerTest {

    private static final String CONFIG = "{'dialect':'ocp-gnmi','address':'%s.example.org','username':'cloister',"
            + "'passwordFile':'/etc/cloister/ocs'}";

    private static final long STORE_BEGAN = 1_700_000_000;

    private final ManualLoop loop = new ManualLoop();
    private final FakeNetworkConfig config = new FakeNetworkConfig();
    private final FakeMastership mastership = new FakeMastership();
    private final OcsSessionsManager manager = new OcsSessionsManager();
    private final Map<String, FakeSwitch> switches = new HashMap<>();
    private final SessionFactory factory = new SessionFactory() {
        @Override
        public Dialect dialect() {
            return Dialect.OCP_GNMI;
        }

        @Override
        public CompletableFuture<OcsSession> open(OcsTarget target) {
            FakeSwitch opticalSwitch = switches.get(target.address());
            // a host that does not answer leaves the future as it is
            return opticalSwitch == null ? new CompletableFuture<>()
                    : CompletableFuture.completedFuture(opticalSwitch.open());
        }

        @Override
        public void close() {
        }
    };

    @BeforeEach
    void configure() {
        manager.networkConfig = config;
        manager.mastershipService = mastership;
        manager.mastershipTermService = mastership;
        switches.put("ocs-1.example.org", new FakeSwitch(4));
        switches.put("ocs-2.example.org", new FakeSwitch(8));
        config.write("ocs-1", String.format(CONFIG, "ocs-1"));
    }

    @Test
    void switchesThatWereConfiguredBeforeAndThoseThatAreAddedLaterAreConnected() {
        start();
        assertThat(manager.switches()).containsOnlyKeys("ocs-1");
        assertThat(known("ocs-1").connected()).isTrue();
        config.write("ocs-2", String.format(CONFIG, "ocs-2"));
        loop.settle();
        assertThat(manager.switches()).containsOnlyKeys("ocs-1", "ocs-2");
        assertThat(known("ocs-2").snapshot().orElseThrow().ports()).hasSize(8);
        assertThat(manager.session("ocs-2")).isPresent();
        assertThat(manager.session("ocs-3")).isEmpty();
    }

    @Test
    void switchThatDoesNotAnswerHoldsUpNoOther() {
        config.write("ocs-0", String.format(CONFIG, "silent"));
        start();
        assertThat(known("ocs-0").connected()).isFalse();
        assertThat(known("ocs-1").connected()).isTrue();
    }

    @Test
    void listenersAreToldOfWhatChangesOnTheSwitch() {
        start();
        int[] told = {0};
        manager.addListener(() -> told[0]++);
        switches.get("ocs-1.example.org").circuit("1", "2", "theirs", CircuitStatus.CONNECTED);
        loop.settle();
        assertThat(told[0]).isEqualTo(1);
        assertThat(known("ocs-1").snapshot().orElseThrow().circuits()).hasSize(1);
    }

    @Test
    void switchThatIsNotConfiguredAnyMoreIsForgottenAndKeepsItsCircuits() {
        FakeSwitch opticalSwitch = switches.get("ocs-1.example.org");
        opticalSwitch.circuit("1", "2", "cloister:1:2", CircuitStatus.CONNECTED);
        start();
        config.remove("ocs-1");
        loop.settle();
        assertThat(manager.switches()).isEmpty();
        assertThat(opticalSwitch.sessions()).isZero();
        assertThat(opticalSwitch.circuits()).hasSize(1);
        assertThat(opticalSwitch.transactions).isEmpty();
    }

    @Test
    void deactivationEndsSessionsAndNothingElse() {
        FakeSwitch opticalSwitch = switches.get("ocs-1.example.org");
        opticalSwitch.circuit("1", "2", "cloister:1:2", CircuitStatus.CONNECTED);
        start();
        manager.deactivate();
        loop.settle();
        assertThat(opticalSwitch.sessions()).isZero();
        assertThat(opticalSwitch.circuits()).hasSize(1);
        assertThat(opticalSwitch.transactions).isEmpty();
    }

    @Test
    void changedConfigurationConnectsElsewhere() {
        start();
        config.write("ocs-1", String.format(CONFIG, "ocs-2"));
        loop.settle();
        assertThat(switches.get("ocs-1.example.org").sessions()).isZero();
        assertThat(known("ocs-1").snapshot().orElseThrow().ports()).hasSize(8);
    }

    @Test
    void storedConfigurationThatIsNotValidIsATroubleThatNamesTheField() {
        config.write("ocs-1", "{'dialect':'tl1','address':'192.0.2.11'}");
        start();
        assertThat(known("ocs-1").trouble().orElseThrow()).contains("/dialect").contains("tl1");
        config.write("ocs-1", String.format(CONFIG, "ocs-1"));
        loop.settle();
        assertThat(known("ocs-1").connected()).isTrue();
        config.write("ocs-1", "{'dialect':'ocp-gnmi','address':'no such host'}");
        loop.settle();
        assertThat(known("ocs-1").connected()).isFalse();
        assertThat(switches.get("ocs-1.example.org").sessions()).isZero();
    }

    @Test
    void partThatSpeaksADialectMayComeLater() {
        manager.start(loop);
        loop.settle();
        assertThat(known("ocs-1").trouble().orElseThrow()).contains("ocp-gnmi").contains("not active");
        manager.bindFactory(factory);
        loop.settle();
        assertThat(known("ocs-1").connected()).isTrue();
    }

    @Test
    void mastershipOfOnosIsTheRightToWrite() {
        start();
        FakeSwitch opticalSwitch = switches.get("ocs-1.example.org");
        assertThat(known("ocs-1").master()).isFalse();
        assertThat(enable()).isCompletedExceptionally();

        mastership.elect(OcsSessions.device("ocs-1"), true);
        loop.settle();
        assertThat(known("ocs-1").master()).isTrue();
        assertThat(enable()).isCompleted();

        assertThat(opticalSwitch.mayWrite.getAsBoolean()).isTrue();

        mastership.elect(OcsSessions.device("ocs-1"), false);
        loop.settle();
        assertThat(enable()).isCompletedExceptionally();
        assertThat(opticalSwitch.mayWrite.getAsBoolean()).as("what was asked for before").isFalse();

        mastership.elect(OcsSessions.device("ocs-1"), true);
        loop.settle();
        assertThat(opticalSwitch.terms).containsExactly(ElectionIds.of(STORE_BEGAN, 1), ElectionIds.of(STORE_BEGAN, 3));
    }

    @Test
    void nobodyWritesWhileItIsNotKnownWhichStoreTheTermIsOf() {
        manager.bindFactory(factory);
        manager.start(loop);
        mastership.elect(OcsSessions.device("ocs-1"), true);
        loop.settle();
        assertThat(known("ocs-1").master()).isFalse();
        assertThat(switches.get("ocs-1.example.org").terms).isEmpty();
        manager.began(STORE_BEGAN);
        loop.settle();
        assertThat(known("ocs-1").master()).isTrue();
    }

    private CompletableFuture<Void> enable() {
        return manager.session("ocs-1").orElseThrow().enable("1", true, Duration.ofSeconds(1));
    }

    private OcsSwitch known(String name) {
        return manager.switches().get(name);
    }

    private void start() {
        manager.bindFactory(factory);
        manager.start(loop);
        manager.began(STORE_BEGAN);
        loop.settle();
    }
}
