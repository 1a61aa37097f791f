package org.cloister.lab.openflow.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.cloister.lab.openflow.FakeController;
import org.cloister.lab.openflow.FakeSwitch;
import org.cloister.lab.openflow.Wire;
import org.cloister.testing.ComponentSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.util.PredictableExecutor;
import org.onosproject.cfg.ComponentConfigAdapter;
import org.onosproject.net.AnnotationKeys;
import org.onosproject.net.MastershipRole;
import org.onosproject.net.Port;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.PortDescription;
import org.onosproject.net.device.PortStatistics;
import org.onosproject.openflow.controller.RoleState;
import org.projectfloodlight.openflow.protocol.OFPortConfig;
import org.projectfloodlight.openflow.protocol.OFPortDesc;
import org.projectfloodlight.openflow.protocol.OFPortDescStatsRequest;
import org.projectfloodlight.openflow.protocol.OFPortMod;
import org.projectfloodlight.openflow.protocol.OFPortReason;
import org.projectfloodlight.openflow.protocol.OFPortStatsEntry;
import org.projectfloodlight.openflow.protocol.OFPortStatus;
import org.projectfloodlight.openflow.protocol.OFStatsReplyFlags;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.U64;

class OpenFlowDeviceProviderTest {

    private final FakeController controller = new FakeController();
    private final FakeDeviceService core = new FakeDeviceService();
    private final OpenFlowDeviceProvider provider = new OpenFlowDeviceProvider();
    private final FakeSwitch sw = new FakeSwitch(0x11);

    @BeforeEach
    void start() {
        provider.controller = controller;
        provider.providerRegistry = core;
        provider.configService = new ComponentConfigAdapter();
        provider.start(ComponentSettings.defaults(OpenFlowDeviceProvider.Settings.class), atOnce());
        sw.ports.add(PortDescriptions.up(1));
        sw.ports.add(PortDescriptions.withoutLink(2));
        sw.ports.add(PortDescriptions.shut(3));
        controller.connect(sw);
    }

    private static PredictableExecutor atOnce() {
        return new PredictableExecutor(1, Thread::new, true);
    }

    @AfterEach
    void stop() {
        provider.deactivate();
        assertThat(controller.listeners()).isZero();
    }

    @Test
    void aSwitchThatConnectsIsADeviceWithItsPorts() {
        assertThat(core.told).containsExactly("connected of:0000000000000011", "ports of:0000000000000011");
        assertThat(core.description.manufacturer()).isEqualTo("maker");
        assertThat(core.description.hwVersion()).isEqualTo("hardware");
        assertThat(core.description.chassisId().value()).isEqualTo(0x11);
        assertThat(core.description.annotations().value(AnnotationKeys.MANAGEMENT_ADDRESS)).isEqualTo("192.0.2.1");
        PortDescription port = core.ports.get(0);
        assertThat(port.portNumber()).isEqualTo(PortNumber.portNumber(1));
        assertThat(port.portSpeed()).as("Mbit/s").isEqualTo(10_000);
        assertThat(port.type()).isEqualTo(Port.Type.COPPER);
        assertThat(port.annotations().value(AnnotationKeys.PORT_NAME)).isEqualTo("leaf-1-eth1");
        assertThat(port.annotations().value(AnnotationKeys.PORT_MAC)).isEqualTo("02:00:00:00:00:01");
        assertThat(core.ports).extracting(PortDescription::isEnabled).containsExactly(true, false, false);
        assertThat(core.ports).extracting(p -> p.annotations().value(AnnotationKeys.ADMIN_STATE))
                .containsExactly("enabled", "enabled", "disabled");
    }

    @Test
    void switchesThatWereThereBeforeTheProviderAreDevicesToo() {
        FakeDeviceService later = new FakeDeviceService();
        OpenFlowDeviceProvider second = new OpenFlowDeviceProvider();
        second.controller = controller;
        second.providerRegistry = later;
        second.configService = new ComponentConfigAdapter();
        second.start(ComponentSettings.defaults(OpenFlowDeviceProvider.Settings.class), atOnce());
        assertThat(later.told).contains("connected of:0000000000000011");
        second.deactivate();
    }

    @Test
    void aSwitchThatGoesAwayIsTold() {
        core.told.clear();
        controller.disconnect(sw);
        assertThat(core.told).containsExactly("disconnected of:0000000000000011");
        assertThat(provider.isReachable(sw.deviceId())).isFalse();
    }

    @Test
    void portsThatChangeComeAndGoAreTold() {
        core.told.clear();
        port(OFPortReason.MODIFY, PortDescriptions.withoutLink(1));
        assertThat(core.port.isEnabled()).isFalse();
        port(OFPortReason.ADD, PortDescriptions.up(9));
        assertThat(core.port.isEnabled()).isTrue();
        port(OFPortReason.DELETE, PortDescriptions.up(9));
        assertThat(core.port.isEnabled()).isFalse();
        assertThat(core.told).containsExactly("changed of:0000000000000011/1", "changed of:0000000000000011/9",
                                              "deleted of:0000000000000011/9");
    }

    private void port(OFPortReason reason, OFPortDesc description) {
        OFPortStatus status = Wire.carry(Wire.OF13.buildPortStatus().setReason(reason).setDesc(description).build());
        controller.switchListeners().forEach(listener -> listener.portChanged(sw.getDpid(), status));
    }

    @Test
    void rolesGoDownAndTheirRepliesComeUp() {
        core.told.clear();
        provider.roleChanged(sw.deviceId(), MastershipRole.MASTER);
        assertThat(controller.rolesAskedFor).containsEntry(sw.getDpid(), RoleState.MASTER);
        provider.roleChanged(sw.deviceId(), MastershipRole.STANDBY);
        assertThat(controller.rolesAskedFor).containsEntry(sw.getDpid(), RoleState.EQUAL);
        provider.roleChanged(sw.deviceId(), MastershipRole.NONE);
        assertThat(controller.rolesAskedFor).containsEntry(sw.getDpid(), RoleState.SLAVE);
        controller.switchListeners().forEach(
                listener -> listener.receivedRoleReply(sw.getDpid(), RoleState.MASTER, RoleState.EQUAL));
        assertThat(core.told).containsExactly("role of:0000000000000011 MASTER STANDBY");
    }

    @Test
    void aPortIsShutAndOpened() {
        provider.changePortState(sw.deviceId(), PortNumber.portNumber(1), false);
        provider.changePortState(sw.deviceId(), PortNumber.portNumber(1), true);
        assertThat(sw.sent(OFPortMod.class)).extracting(OFPortMod::getConfig)
                .containsExactly(Set.of(OFPortConfig.PORT_DOWN), Set.of());
        assertThat(sw.sent(OFPortMod.class)).allSatisfy(mod -> {
            assertThat(mod.getMask()).isEqualTo(Set.of(OFPortConfig.PORT_DOWN));
            assertThat(mod.getHwAddr().toString()).isEqualTo("02:00:00:00:00:01");
        });
        provider.changePortState(sw.deviceId(), PortNumber.portNumber(77), false);
        assertThat(sw.sent(OFPortMod.class)).hasSize(2);
    }

    @Test
    void aProbeAsksForThePortsAgain() {
        int before = sw.sent(OFPortDescStatsRequest.class).size();
        provider.triggerProbe(sw.deviceId());
        assertThat(sw.sent(OFPortDescStatsRequest.class)).hasSize(before + 1);
        sw.connected = false;
        core.told.clear();
        provider.triggerProbe(sw.deviceId());
        assertThat(core.told).containsExactly("disconnected of:0000000000000011");
    }

    @Test
    void portStatisticsInPartsAreOneAndLeaveOutTheSwitchItself() {
        controller.arrive(sw, Wire.OF13.buildPortStatsReply().setXid(4).setFlags(Set.of(OFStatsReplyFlags.REPLY_MORE))
                .setEntries(List.of(statistics(1), statistics(2))).build());
        assertThat(core.statistics).isNull();
        controller.arrive(sw, Wire.OF13.buildPortStatsReply().setXid(4).setFlags(Set.of())
                .setEntries(List.of(statistics(3), statistics(OFPort.LOCAL.getPortNumber()))).build());
        assertThat(core.statistics.stream().map(PortStatistics::portNumber).map(PortNumber::toLong).collect(Collectors.toList()))
                .containsExactly(1L, 2L, 3L);
        PortStatistics first = core.statistics.iterator().next();
        assertThat(first.bytesReceived()).isEqualTo(3);
        assertThat(first.bytesSent()).isEqualTo(4);
        assertThat(first.packetsTxDropped()).isEqualTo(6);
        assertThat(first.durationSec()).isEqualTo(7);
    }

    private static OFPortStatsEntry statistics(int port) {
        return Wire.OF13.buildPortStatsEntry().setPortNo(OFPort.of(port))
                .setRxPackets(U64.of(1)).setTxPackets(U64.of(2)).setRxBytes(U64.of(3)).setTxBytes(U64.of(4))
                .setRxDropped(U64.of(5)).setTxDropped(U64.of(6)).setDurationSec(7).build();
    }

    @Test
    void settingsAreDeclaredAsTheyAre() throws Exception {
        assertThat(ComponentSettings.declared(OpenFlowDeviceProvider.class))
                .isEqualTo(ComponentSettings.inCode(OpenFlowDeviceProvider.Settings.class))
                .containsEntry("portStatsPollFrequency", "INTEGER|5");
    }
}
