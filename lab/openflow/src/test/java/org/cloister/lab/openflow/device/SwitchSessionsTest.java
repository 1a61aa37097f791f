package org.cloister.lab.openflow.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.cloister.lab.openflow.FakeController;
import org.cloister.lab.openflow.FakeSwitch;
import org.cloister.lab.openflow.SwitchPolls;
import org.cloister.lab.openflow.Wire;
import org.cloister.testing.VirtualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.util.PredictableExecutor;
import org.onosproject.net.DeviceId;
import org.onosproject.net.device.DeviceDescription;
import org.onosproject.net.device.DeviceProviderServiceAdapter;
import org.onosproject.net.device.PortDescription;
import org.projectfloodlight.openflow.protocol.OFPortDesc;
import org.projectfloodlight.openflow.protocol.OFPortDescStatsRequest;
import org.projectfloodlight.openflow.protocol.OFPortReason;
import org.projectfloodlight.openflow.protocol.OFPortStatus;
import org.projectfloodlight.openflow.types.OFPort;

/** What the core knows in the end, in whatever order the controller's threads come. */
class SwitchSessionsTest {

    private static final long DEADLINE_SECONDS = 20;

    private final FakeController controller = new FakeController();
    private final SlowCore core = new SlowCore();
    private final SwitchPolls polls = new SwitchPolls(
            new VirtualTime(), 5, sw -> sw.factory().buildPortStatsRequest().setPortNo(OFPort.ANY).build());
    private final PredictableExecutor events = new PredictableExecutor(1, Thread::new);
    private final SwitchSessions sessions = new SwitchSessions(controller, core, polls, events);
    private final FakeSwitch sw = new FakeSwitch(0x11);

    @BeforeEach
    void start() {
        controller.addListener(sessions);
        sw.ports.add(PortDescriptions.withoutLink(1));
        sw.ports.add(PortDescriptions.withoutLink(2));
    }

    @AfterEach
    void stop() {
        core.pass.countDown();
        events.shutdownNow();
    }

    private void connect() {
        controller.connect(sw);
        settle();
    }

    private void settle() {
        events.submit(() -> { }, 0).orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** As the controller does it: its own ports first, then the listeners. */
    private void status(OFPortReason reason, OFPortDesc description) {
        sw.ports.removeIf(port -> port.getPortNo().equals(description.getPortNo()));
        if (reason != OFPortReason.DELETE) {
            sw.ports.add(description);
        }
        OFPortStatus status = Wire.carry(Wire.OF13.buildPortStatus().setReason(reason).setDesc(description).build());
        sessions.portChanged(sw.getDpid(), status);
    }

    /** Has the ports read, and told not before {@link SlowCore#pass} opens. */
    private Thread tellPortsSlowly() throws InterruptedException {
        core.slow = true;
        Thread dispatcher = new Thread(() -> sessions.switchChanged(sw.getDpid()));
        dispatcher.start();
        assertThat(core.entered.await(DEADLINE_SECONDS, TimeUnit.SECONDS)).as("the ports were read").isTrue();
        return dispatcher;
    }

    private void letPass(Thread dispatcher) throws InterruptedException {
        core.pass.countDown();
        dispatcher.join(TimeUnit.SECONDS.toMillis(DEADLINE_SECONDS));
        settle();
    }

    @Test
    void aPortThatComesUpWhileAnOlderDescriptionIsToldIsUp() throws InterruptedException {
        connect();
        Thread dispatcher = tellPortsSlowly();
        status(OFPortReason.MODIFY, PortDescriptions.withoutLink(1));
        status(OFPortReason.MODIFY, PortDescriptions.up(1));
        letPass(dispatcher);
        assertThat(core.ports).isEqualTo(Map.of(1L, true, 2L, false));
    }

    @Test
    void aPortThatIsAddedOrDeletedWhileAnOlderDescriptionIsToldStaysSo() throws InterruptedException {
        connect();
        Thread dispatcher = tellPortsSlowly();
        status(OFPortReason.ADD, PortDescriptions.up(3));
        status(OFPortReason.DELETE, PortDescriptions.withoutLink(2));
        letPass(dispatcher);
        assertThat(core.ports).isEqualTo(Map.of(1L, false, 3L, true));
    }

    @Test
    void aDescriptionIsReadNoEarlierThanItIsTold() throws InterruptedException {
        connect();
        Thread dispatcher = tellPortsSlowly();
        status(OFPortReason.MODIFY, PortDescriptions.withoutLink(1));
        sessions.switchChanged(sw.getDpid());
        sw.ports.set(0, PortDescriptions.up(2));
        letPass(dispatcher);
        assertThat(core.ports).isEqualTo(Map.of(1L, false, 2L, true));
    }

    @Test
    void everyFlapIsToldInItsOrder() {
        connect();
        core.told.clear();
        status(OFPortReason.MODIFY, PortDescriptions.up(1));
        status(OFPortReason.MODIFY, PortDescriptions.withoutLink(1));
        status(OFPortReason.MODIFY, PortDescriptions.up(1));
        settle();
        assertThat(core.told).containsExactly("1 true", "1 false", "1 true");
    }

    @Test
    void whatWasToldBeforeThisNodeWasMasterIsToldAgain() {
        core.master = false;
        connect();
        status(OFPortReason.MODIFY, PortDescriptions.up(1));
        settle();
        assertThat(core.ports).isEmpty();
        core.master = true;
        int asked = sw.sent(OFPortDescStatsRequest.class).size();
        sessions.roleChangedToMaster(sw.getDpid());
        settle();
        assertThat(core.ports).isEqualTo(Map.of(1L, true, 2L, false));
        assertThat(sw.sent(OFPortDescStatsRequest.class)).hasSize(asked + 1);
    }

    @Test
    void theLateEndOfAFormerSessionDoesNotEndThePresentOne() {
        connect();
        core.told.clear();
        sessions.switchRemoved(sw.getDpid());
        settle();
        assertThat(core.told).isEmpty();
        controller.disconnect(sw);
        settle();
        assertThat(core.told).containsExactly("disconnected");
    }

    @Test
    void aSwitchThatCannotBeAddedHasToComeBack() {
        core.refuses = true;
        connect();
        assertThat(sw.connected).isFalse();
    }

    /** The core's side of one device's ports, which can be held where it has been handed a description. */
    private static final class SlowCore extends DeviceProviderServiceAdapter {
        final Map<Long, Boolean> ports = new ConcurrentHashMap<>();
        final List<String> told = new CopyOnWriteArrayList<>();
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch pass = new CountDownLatch(1);
        volatile boolean slow;
        volatile boolean master = true;
        volatile boolean refuses;

        @Override
        public void deviceConnected(DeviceId deviceId, DeviceDescription description) {
            if (refuses) {
                throw new IllegalStateException("no election");
            }
        }

        @Override
        public void deviceDisconnected(DeviceId deviceId) {
            told.add("disconnected");
        }

        @Override
        public void updatePorts(DeviceId deviceId, List<PortDescription> descriptions) {
            if (!master) {
                return;
            }
            if (slow) {
                hold();
            }
            ports.clear();
            descriptions.forEach(port -> ports.put(port.portNumber().toLong(), port.isEnabled()));
        }

        private void hold() {
            entered.countDown();
            try {
                assertThat(pass.await(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void portStatusChanged(DeviceId deviceId, PortDescription port) {
            if (master) {
                told.add(port.portNumber() + " " + port.isEnabled());
                ports.put(port.portNumber().toLong(), port.isEnabled());
            }
        }

        @Override
        public void deletePort(DeviceId deviceId, PortDescription port) {
            ports.remove(port.portNumber().toLong());
        }
    }
}
