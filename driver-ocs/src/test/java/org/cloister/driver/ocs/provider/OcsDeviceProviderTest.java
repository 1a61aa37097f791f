package org.cloister.driver.ocs.provider;

import org.cloister.driver.ocs.FakeSessions;
import org.cloister.driver.ocs.FakeSwitch;
import org.cloister.driver.ocs.session.OcsSessions;
import org.cloister.driver.ocs.session.OcsSwitch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.net.DeviceId;
import org.onosproject.net.MastershipRole;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.DeviceDescription;
import org.onosproject.net.device.DeviceProvider;
import org.onosproject.net.device.DeviceProviderRegistryAdapter;
import org.onosproject.net.device.DeviceProviderService;
import org.onosproject.net.device.DeviceProviderServiceAdapter;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

class OcsDeviceProviderTest {

    private static final DeviceId DEVICE = OcsSessions.device("ocs-1");

    private final FakeSessions sessions = new FakeSessions();
    private final FakeSwitch opticalSwitch = new FakeSwitch(4);
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final CountDownLatch election = new CountDownLatch(1);
    private final OcsDeviceProvider provider = new OcsDeviceProvider();

    @BeforeEach
    void start() {
        provider.sessions = sessions;
        provider.providerRegistry = new DeviceProviderRegistryAdapter() {
            @Override
            public DeviceProviderService register(DeviceProvider registered) {
                return new DeviceProviderServiceAdapter() {
                    @Override
                    public void deviceConnected(DeviceId device, DeviceDescription description) {
                        await(device);
                        told.add(device + " connected");
                    }

                    @Override
                    public void deviceDisconnected(DeviceId device) {
                        told.add(device + " disconnected");
                    }

                    @Override
                    public void receivedRoleReply(DeviceId device, MastershipRole asked, MastershipRole got) {
                        told.add(device + " " + asked + " " + got);
                    }
                };
            }
        };
        provider.activate();
    }

    @AfterEach
    void end() {
        election.countDown();
        provider.deactivate();
    }

    @Test
    void deviceIsThereWhileTheSessionIs() throws Exception {
        assertThat(provider.isReachable(DEVICE)).isFalse();
        sessions.show("ocs-1", opticalSwitch);
        assertThat(next()).isEqualTo("ocs:ocs-1 connected");
        assertThat(provider.isReachable(DEVICE)).isTrue();
        sessions.show(OcsSwitch.builder().name("ocs-1").dialect("ocp-gnmi").connected(false).master(false)
                .trouble("connection refused").build());
        assertThat(next()).isEqualTo("ocs:ocs-1 disconnected");
        assertThat(provider.isReachable(DEVICE)).isFalse();
    }

    @Test
    void deviceOfASwitchThatIsForgottenIsDisconnected() throws Exception {
        sessions.show("ocs-1", opticalSwitch);
        next();
        sessions.forget("ocs-1");
        assertThat(next()).isEqualTo("ocs:ocs-1 disconnected");
    }

    @Test
    void electionThatTakesLongHoldsUpNoOtherSwitch() throws Exception {
        sessions.show("slow", opticalSwitch);
        sessions.show("ocs-1", new FakeSwitch(4));
        assertThat(next()).isEqualTo("ocs:ocs-1 connected");
        election.countDown();
        assertThat(next()).isEqualTo("ocs:slow connected");
    }

    @Test
    void roleIsTakenAtOnce() throws Exception {
        provider.roleChanged(DEVICE, MastershipRole.STANDBY);
        assertThat(next()).isEqualTo("ocs:ocs-1 STANDBY STANDBY");
    }

    @Test
    void portIsSwitchedOffAndOn() throws Exception {
        sessions.show("ocs-1", opticalSwitch);
        next();
        provider.changePortState(DEVICE, PortNumber.portNumber(2), false);
        assertThat(opticalSwitch.snapshot().ports().get("2").enabled()).isFalse();
        provider.changePortState(DEVICE, PortNumber.portNumber(2), true);
        assertThat(opticalSwitch.snapshot().ports().get("2").enabled()).isTrue();
        // what is not there is not an error that ONOS could do something about
        provider.changePortState(DEVICE, PortNumber.portNumber(99), true);
        provider.changePortState(OcsSessions.device("none"), PortNumber.portNumber(1), true);
    }

    private void await(DeviceId device) {
        if (device.equals(OcsSessions.device("slow"))) {
            try {
                assertThat(election.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private String next() throws InterruptedException {
        String next = told.poll(20, TimeUnit.SECONDS);
        assertThat(next).as("ONOS was told nothing").isNotNull();
        return next;
    }
}
