package org.cloister.driver.ocs.provider;

import org.cloister.driver.ocs.FakeSwitch;
import org.cloister.driver.ocs.session.OcsSessions;
import org.cloister.driver.ocs.session.OcsSwitch;
import org.cloister.driver.ocs.session.PortState;
import org.cloister.driver.ocs.session.PortStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Port;
import org.onosproject.net.PortNumber;
import org.onosproject.net.SparseAnnotations;
import org.onosproject.net.device.DeviceDescription;
import org.onosproject.net.device.DeviceProviderServiceAdapter;
import org.onosproject.net.device.PortDescription;
import org.onosproject.net.device.PortStatistics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

class ToldDeviceTest {

    private static final DeviceId DEVICE = OcsSessions.device("ocs-1");

    private final FakeSwitch opticalSwitch = new FakeSwitch(4);
    private final Onos onos = new Onos();
    private final ToldDevice told = new ToldDevice("ocs-1", onos);

    @BeforeEach
    void connect() {
        told.update(known(true, true));
    }

    @Test
    void connectedSwitchIsAFibreSwitchWithItsPorts() {
        assertThat(onos.device.deviceUri()).hasToString("ocs:ocs-1");
        assertThat(onos.device.type()).isEqualTo(Device.Type.FIBER_SWITCH);
        assertThat(onos.device.annotations().value("driver")).isEqualTo("cloister-ocs-gnmi");
        assertThat(onos.ports).hasSize(4);
        PortDescription port = onos.port(2);
        assertThat(port.type()).isEqualTo(Port.Type.FIBER);
        assertThat(port.isEnabled()).isTrue();
        assertThat(port.annotations().value("portName")).isEqualTo("2");
        assertThat(port.annotations().value("inputPowerDbm")).isEqualTo("-3.0");
        assertThat(port.annotations().value("outputPowerDbm")).isEqualTo("-4.5");
        assertThat(port.annotations().value("status")).isEqualTo("TUNED");
    }

    @Test
    void portWithoutLightIsDownAndNothingIsToldOfTheOthers() {
        onos.events.clear();
        opticalSwitch.dark("2");
        told.update(known(true, true));
        assertThat(onos.events).containsExactly("port 2 down");
        assertThat(((SparseAnnotations) onos.port(2).annotations()).isRemoved("inputPowerDbm")).isTrue();
    }

    @Test
    void portIsDownWhenItIsBrokenOrSwitchedOff() {
        opticalSwitch.port("1", port -> PortState.builder().from(port).status(PortStatus.FAILED).build());
        opticalSwitch.dark("2");
        opticalSwitch.port("3", port -> PortState.builder().from(port).enabled(false).build());
        onos.events.clear();
        told.update(known(true, true));
        assertThat(onos.events).containsExactly("port 1 down", "port 2 down", "port 3 down");
        assertThat(onos.port(3).annotations().value("adminState")).isEqualTo("disabled");
    }

    @Test
    void peerThatIsGoneIsNotToldAnyMore() {
        opticalSwitch.port("1", port -> PortState.builder().from(port).peer("2").build());
        told.update(known(true, true));
        assertThat(onos.port(1).annotations().value("peer")).isEqualTo("2");
        opticalSwitch.port("1", port -> PortState.builder().from(port).peer(Optional.empty()).build());
        told.update(known(true, true));
        assertThat(((SparseAnnotations) onos.port(1).annotations()).isRemoved("peer")).isTrue();
    }

    @Test
    void powerIsToldWhenItIsItsTime() {
        onos.events.clear();
        opticalSwitch.port("1", port -> PortState.builder().from(port).inputPowerDbm(-9.87).build());
        told.update(known(true, true));
        assertThat(onos.events).isEmpty();

        told.measured(known(true, true));
        assertThat(onos.events).containsExactly("4 ports", "4 statistics");
        assertThat(onos.port(1).annotations().value("inputPowerDbm")).isEqualTo("-9.9");
        assertThat(onos.statistics.get(0).annotations().value("inputPowerDbm")).isEqualTo("-9.9");

        onos.events.clear();
        told.measured(known(true, true));
        assertThat(onos.events).containsExactly("4 statistics");
    }

    @Test
    void lostSwitchIsToldOnceAndComesBackWithAllPorts() {
        onos.events.clear();
        told.update(known(false, false));
        told.update(known(false, false));
        told.measured(known(false, false));
        assertThat(onos.events).containsExactly("disconnected");
        told.update(known(true, true));
        assertThat(onos.events).containsExactly("disconnected", "connected", "4 ports");
    }

    @Test
    void nodeThatBecomesMasterTellsAllPorts() {
        told.update(known(true, false));
        onos.events.clear();
        opticalSwitch.dark("2");
        told.update(known(true, false));
        assertThat(onos.events).isEmpty();
        told.update(known(true, true));
        assertThat(onos.events).containsExactly("4 ports");
    }

    private OcsSwitch known(boolean connected, boolean master) {
        return OcsSwitch.builder().name("ocs-1").dialect("ocp-gnmi").connected(connected).master(master)
                .capabilities(opticalSwitch.capabilities).snapshot(opticalSwitch.snapshot()).build();
    }

    /** What ONOS was told. */
    private static final class Onos extends DeviceProviderServiceAdapter {

        private final List<String> events = new ArrayList<>();
        private final Map<PortNumber, PortDescription> ports = new TreeMap<>(
                Comparator.comparingLong(PortNumber::toLong));
        private final List<PortStatistics> statistics = new ArrayList<>();
        private DeviceDescription device;

        PortDescription port(long number) {
            return ports.get(PortNumber.portNumber(number));
        }

        @Override
        public void deviceConnected(DeviceId id, DeviceDescription description) {
            assertThat(id).isEqualTo(DEVICE);
            device = description;
            events.add("connected");
        }

        @Override
        public void deviceDisconnected(DeviceId id) {
            events.add("disconnected");
        }

        @Override
        public void updatePorts(DeviceId id, List<PortDescription> all) {
            all.forEach(port -> ports.put(port.portNumber(), port));
            events.add(all.size() + " ports");
        }

        @Override
        public void portStatusChanged(DeviceId id, PortDescription port) {
            ports.put(port.portNumber(), port);
            events.add("port " + port.portNumber() + (port.isEnabled() ? " up" : " down"));
        }

        @Override
        public void updatePortStatistics(DeviceId id, Collection<PortStatistics> all) {
            statistics.clear();
            statistics.addAll(all);
            events.add(all.size() + " statistics");
        }
    }
}
