package org.cloister.driver.ocs.behaviour;

import org.cloister.driver.ocs.FakeSessions;
import org.cloister.driver.ocs.FakeSwitch;
import org.cloister.driver.ocs.session.CircuitHolds;
import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitStatus;
import org.cloister.driver.ocs.session.OcsSessions;
import org.cloister.driver.ocs.session.OcsSwitch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.alarm.Alarm;
import org.onosproject.alarm.AlarmProvider;
import org.onosproject.alarm.AlarmProviderRegistryAdapter;
import org.onosproject.alarm.AlarmProviderService;
import org.onosproject.cluster.NodeId;
import org.onosproject.mastership.MastershipServiceAdapter;
import org.onosproject.net.DeviceId;
import org.onosproject.net.provider.AbstractProviderService;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

class AlarmBookTest {

    private static final DeviceId DEVICE = OcsSessions.device("ocs-1");

    private final FakeSwitch opticalSwitch = new FakeSwitch(4);
    private final FakeSessions sessions = new FakeSessions();
    private final AlarmBook book = new AlarmBook(Clock.fixed(Instant.ofEpochMilli(4_711), ZoneOffset.UTC));
    private final FaultManagement management = new FaultManagement();
    private NodeId master;

    @BeforeEach
    void start() throws Exception {
        book.sessions = sessions;
        book.mastershipService = new MastershipServiceAdapter() {
            @Override
            public NodeId getMasterFor(DeviceId deviceId) {
                return master;
            }
        };
        book.bindRegistry(management);
        book.activate();
        opticalSwitch.circuit("1", "2", "theirs", CircuitStatus.CONNECTED);
        sessions.show("ocs-1", opticalSwitch);
        assertThat(management.next()).isEmpty();
    }

    @AfterEach
    void end() {
        book.deactivate();
    }

    @Test
    void alarmIsRaisedAndCleared() throws Exception {
        opticalSwitch.dark("1");
        sessions.show("ocs-1", opticalSwitch);
        assertThat(management.next()).singleElement().satisfies(alarm -> {
            assertThat(alarm.deviceId()).isEqualTo(DEVICE);
            assertThat(alarm.description()).contains("port 1: no light");
            assertThat(alarm.severity()).isEqualTo(Alarm.SeverityLevel.MAJOR);
            assertThat(alarm.serviceAffecting()).isTrue();
            assertThat(alarm.timeRaised()).isEqualTo(4_711);
            assertThat(alarm.source().id()).hasToString("port:1");
            assertThat(alarm.id().toString()).isEqualTo("ocs:ocs-1:light/1");
        });
        assertThat(book.alarms(DEVICE)).hasSize(1);

        opticalSwitch.remove("1", "2");
        sessions.show("ocs-1", opticalSwitch);
        assertThat(management.next()).isEmpty();
        assertThat(book.alarms(DEVICE)).isEmpty();
    }

    @Test
    void quarantineOfAPortIsAnAlarmUntilItEnds() throws Exception {
        Quarantine quarantine = new Quarantine();
        book.bindHolds(quarantine);
        quarantine.set(Map.of("3", "mirror 3 is stuck"));
        assertThat(management.next()).singleElement().satisfies(alarm -> {
            assertThat(alarm.description()).isEqualTo("ocs-1: port 3 is quarantined: mirror 3 is stuck");
            assertThat(alarm.id().toString()).isEqualTo("ocs:ocs-1:quarantine/3");
            assertThat(alarm.source().id()).hasToString("port:3");
        });
        sessions.show(OcsSwitch.builder().name("ocs-1").dialect("ocp-gnmi").connected(false).master(false)
                .trouble("connection refused").build());
        assertThat(management.next()).as("a port does not get well with the session").hasSize(2);
        sessions.show("ocs-1", opticalSwitch);
        assertThat(management.next()).hasSize(1);
        quarantine.set(Map.of());
        assertThat(management.next()).isEmpty();
        quarantine.set(Map.of("3", "mirror 3 is stuck"));
        assertThat(management.next()).hasSize(1);
        book.unbindHolds(quarantine);
        assertThat(management.next()).as("nobody keeps it any more").isEmpty();
    }

    private static final class Quarantine implements CircuitHolds {

        private volatile Map<String, String> ports = Map.of();
        private volatile Runnable listener = () -> { };

        void set(Map<String, String> now) {
            ports = now;
            listener.run();
        }

        @Override
        public Optional<String> holder(String opticalSwitch, CircuitPorts circuit) {
            return Optional.empty();
        }

        @Override
        public Map<String, String> quarantined(String opticalSwitch) {
            return opticalSwitch.equals("ocs-1") ? ports : Map.of();
        }

        @Override
        public void addListener(Runnable added) {
            listener = added;
        }

        @Override
        public void removeListener(Runnable removed) {
            listener = () -> { };
        }
    }

    @Test
    void lossOfTheSessionIsAnAlarmUntilItIsBack() throws Exception {
        sessions.show(OcsSwitch.builder().name("ocs-1").dialect("ocp-gnmi").connected(false).master(false)
                .trouble("connection refused").build());
        assertThat(management.next()).extracting(Alarm::description)
                .containsExactly("ocs-1 is not connected: connection refused");
        sessions.show("ocs-1", opticalSwitch);
        assertThat(management.next()).isEmpty();
    }

    @Test
    void switchOfAnotherNodeIsThatNodesToTellOf() throws Exception {
        master = NodeId.nodeId("other");
        sessions.show(OcsSwitch.builder().name("ocs-1").dialect("ocp-gnmi").connected(false).master(false)
                .trouble("connection refused").build());
        assertThat(management.nothingMore()).isTrue();
    }

    @Test
    void alarmsOfASwitchThatIsForgottenAreCleared() throws Exception {
        opticalSwitch.dark("1");
        sessions.show("ocs-1", opticalSwitch);
        assertThat(management.next()).hasSize(1);
        sessions.forget("ocs-1");
        assertThat(management.next()).isEmpty();
    }

    @Test
    void faultManagementThatComesLaterIsToldOfAll() throws Exception {
        opticalSwitch.dark("1");
        sessions.show("ocs-1", opticalSwitch);
        assertThat(management.next()).hasSize(1);
        book.unbindRegistry(management);
        FaultManagement later = new FaultManagement();
        book.bindRegistry(later);
        assertThat(later.next()).hasSize(1);
    }

    /** ONOS's fault management: what it was told last is what is wrong. */
    private static final class FaultManagement extends AlarmProviderRegistryAdapter {

        private final BlockingQueue<List<Alarm>> lists = new LinkedBlockingQueue<>();

        @Override
        public AlarmProviderService register(AlarmProvider provider) {
            return new Told(provider);
        }

        @Override
        public void unregister(AlarmProvider provider) {
        }

        List<Alarm> next() throws InterruptedException {
            List<Alarm> next = lists.poll(20, TimeUnit.SECONDS);
            assertThat(next).as("fault management was told nothing").isNotNull();
            return next;
        }

        boolean nothingMore() throws InterruptedException {
            return lists.poll(200, TimeUnit.MILLISECONDS) == null;
        }

        private final class Told extends AbstractProviderService<AlarmProvider> implements AlarmProviderService {

            Told(AlarmProvider provider) {
                super(provider);
            }

            @Override
            public void updateAlarmList(DeviceId device, Collection<Alarm> alarms) {
                lists.add(new ArrayList<>(alarms));
            }
        }
    }
}
