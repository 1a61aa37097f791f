package org.cloister.lab.discovery.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.lab.discovery.link.FakeFabric.id;
import static org.cloister.lab.discovery.link.FakeFabric.point;
import static org.cloister.lab.discovery.link.FakeLinkService.name;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.cloister.testing.ComponentSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.ChassisId;
import org.onlab.packet.Ethernet;
import org.onlab.packet.MacAddress;
import org.onlab.packet.ONOSLLDP;
import org.onosproject.cfg.ComponentConfigAdapter;
import org.onosproject.cluster.ClusterMetadataServiceAdapter;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreServiceAdapter;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.Device;
import org.onosproject.net.Link;
import org.onosproject.net.LinkKey;
import org.onosproject.net.packet.PacketContext;

class LldpLinkProviderTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final FakeFabric fabric = new FakeFabric();
    private final FakeLinkService core = new FakeLinkService();
    private final LldpLinkProvider provider = new LldpLinkProvider();
    private final Map<String, Object> settings = new HashMap<>();

    @BeforeEach
    void wireTwoSwitches() {
        // no link goes for want of probes, unless a test wants it to
        settings.put("staleLinkAge", 600_000);
        fabric.devices.add(1, Device.Type.SWITCH, 3);
        fabric.devices.add(2, Device.Type.SWITCH, 3);
        fabric.wire(point(1, 1), point(2, 1));
        fabric.wire(point(1, 2), point(2, 2));
        provider.coreService = new CoreServiceAdapter() {
            @Override
            public ApplicationId registerApplication(String name) {
                return new DefaultApplicationId(3, name);
            }
        };
        provider.providerRegistry = core;
        provider.deviceService = fabric.devices;
        provider.packetService = fabric.packets;
        provider.mastershipService = fabric.masterships;
        provider.clusterMetadataService = new ClusterMetadataServiceAdapter();
        provider.configService = new ComponentConfigAdapter();
    }

    @AfterEach
    void stop() {
        provider.deactivate();
        assertThat(fabric.packets.processors).isEmpty();
        assertThat(fabric.packets.requests).isEmpty();
    }

    private void start() {
        provider.activate(ComponentSettings.of(LldpLinkProvider.Settings.class, settings));
    }

    private void startAndFindAllLinks() {
        start();
        await(() -> core.links.size() == 4);
    }

    private static void await(BooleanSupplier condition) {
        await(condition, DEADLINE);
    }

    private static void await(BooleanSupplier condition, Duration deadline) {
        Instant end = Instant.now().plus(deadline);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("deadline").isBefore(end);
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void everyWireIsALinkInEachDirection() {
        startAndFindAllLinks();
        assertThat(core.names()).containsExactlyInAnyOrder(
                name(point(1, 1), point(2, 1)), name(point(2, 1), point(1, 1)),
                name(point(1, 2), point(2, 2)), name(point(2, 2), point(1, 2)));
        assertThat(fabric.packets.sentThrough).as("edge ports are probed as well").contains(point(1, 3), point(2, 3));
    }

    @Test
    void probesAreAskedForAtPriorityControlUnderStocksName() {
        start();
        assertThat(fabric.packets.requests).containsExactly(
                "[ETH_TYPE:lldp] 40000 org.onosproject.provider.lldp",
                "[ETH_TYPE:bddp] 40000 org.onosproject.provider.lldp");
    }

    @Test
    void withoutBddpOnlyLldpIsAskedForAndSent() {
        settings.put("useBddp", false);
        startAndFindAllLinks();
        assertThat(fabric.packets.requests).hasSize(1);
        assertThat(core.links.values()).containsOnly(Link.Type.DIRECT);
    }

    @Test
    void aPortThatGoesDownTakesItsLinksAlongAtOnce() {
        startAndFindAllLinks();
        fabric.devices.enable(point(1, 1), false);
        await(() -> core.links.size() == 2);
        assertThat(core.names()).containsExactlyInAnyOrder(
                name(point(1, 2), point(2, 2)), name(point(2, 2), point(1, 2)));
    }

    @Test
    void aPortThatComesUpIsProbedAtOnce() {
        // neither a round nor a look at all devices comes before the deadline
        settings.put("probeRate", 600_000);
        fabric.devices.enable(point(1, 1), false);
        fabric.devices.enable(point(2, 1), false);
        start();
        await(() -> fabric.packets.sentThrough.containsAll(List.of(point(1, 3), point(2, 3))));
        fabric.devices.enable(point(1, 1), true);
        fabric.devices.enable(point(2, 1), true);
        await(() -> fabric.packets.sentThrough.containsAll(List.of(point(1, 1), point(2, 1))), Duration.ofSeconds(3));
    }

    @Test
    void aLinkWhosePortsComeUpOneAfterTheOtherIsFoundInBothDirections() {
        settings.put("probeRate", 100);
        fabric.devices.enable(point(1, 1), false);
        fabric.devices.enable(point(2, 1), false);
        start();
        await(() -> core.links.size() == 2);
        fabric.devices.enable(point(1, 1), true);
        fabric.devices.enable(point(2, 1), true);
        await(() -> core.links.size() == 4);
    }

    @Test
    void aPortThatIsRemovedTakesItsLinksAlong() {
        startAndFindAllLinks();
        fabric.devices.remove(point(2, 2));
        await(() -> core.links.size() == 2);
    }

    @Test
    void aDeviceThatDisconnectsTakesItsLinksAlong() {
        startAndFindAllLinks();
        fabric.devices.available(id(2), false);
        await(core.links::isEmpty);
        fabric.devices.available(id(2), true);
        await(() -> core.links.size() == 4);
    }

    @Test
    void aProbeThatIsReadWhileItsDeviceGoesLeavesNoLink() {
        settings.put("probeRate", 50);
        startAndFindAllLinks();
        AtomicInteger before = new AtomicInteger(Integer.MAX_VALUE);
        core.meanwhile.set(() -> {
            fabric.devices.available(id(2), false);
            await(() -> core.gone.contains(id(2)));
            before.set(core.detections.get());
        });
        await(() -> core.detections.get() > before.get());
        await(core.links::isEmpty);
    }

    @Test
    void aLinkThatNoProbeConfirmsGoesStale() {
        settings.put("probeRate", 50);
        settings.put("staleLinkAge", 200);
        startAndFindAllLinks();
        fabric.cut(point(1, 1));
        // the others may go for a moment on a machine that is busy with something else
        await(() -> core.names().equals(Set.of(name(point(1, 2), point(2, 2)), name(point(2, 2), point(1, 2)))));
    }

    @Test
    void opticalSwitchesAndMarkedPortsAreNotProbed() {
        fabric.devices.add(3, Device.Type.FIBER_SWITCH, 2);
        fabric.devices.annotate(point(1, 3), "no-lldp");
        startAndFindAllLinks();
        assertThat(fabric.packets.sentThrough).doesNotContain(point(3, 1), point(3, 2), point(1, 3)).contains(point(2, 3));
    }

    @Test
    void anotherNodesSwitchesAreNotProbed() {
        fabric.masterships.elsewhere.add(id(1));
        start();
        await(() -> fabric.packets.sentThrough.contains(point(2, 3)));
        assertThat(fabric.packets.sentThrough).noneMatch(point -> point.deviceId().equals(id(1)));
    }

    @Test
    void aProbeOfAnotherClusterMakesAnEdgeLink() {
        startAndFindAllLinks();
        byte[] frame = probe(MacAddress.valueOf("02:eb:01:02:03:04"), "of:00000000000000ff", 7, "another secret");
        fabric.receive(point(1, 3), frame);
        ConnectPoint source = point(0xff, 7);
        assertThat(core.links).containsEntry(LinkKey.linkKey(source, point(1, 3)), Link.Type.EDGE);
    }

    @Test
    void aProbeOfOursThatIsNotSignedByUsMakesNoLink() {
        startAndFindAllLinks();
        MacAddress ours = MacAddress.valueOf(new ClusterIdentity(new ClusterMetadataServiceAdapter()).mac());
        PacketContext context = fabric.receive(point(1, 3), probe(ours, id(2).toString(), 3, "another secret"));
        assertThat(core.links).hasSize(4);
        assertThat(context.isHandled()).isFalse();
    }

    @Test
    void anOldProbeMakesNoLink() throws InterruptedException {
        settings.put("maxDiscoveryDelayMs", 700);
        settings.put("useBddp", false);
        startAndFindAllLinks();
        MacAddress ours = MacAddress.valueOf(new ClusterIdentity(new ClusterMetadataServiceAdapter()).mac());
        byte[] frame = probe(ours, id(2).toString(), 3, "test-secret");
        Thread.sleep(800);
        fabric.receive(point(1, 3), frame);
        assertThat(core.links).hasSize(4);
        fabric.receive(point(1, 3), probe(ours, id(2).toString(), 3, "test-secret"));
        assertThat(core.links).hasSize(5);
    }

    private static byte[] probe(MacAddress source, String device, int port, String secret) {
        Ethernet frame = new Ethernet();
        frame.setEtherType(Ethernet.TYPE_LLDP).setSourceMACAddress(source).setDestinationMACAddress(MacAddress.ONOS_LLDP)
                .setPad(true).setPayload(ONOSLLDP.onosSecureLLDP(device, new ChassisId(1), port, "", secret));
        return frame.serialize();
    }

    @Test
    void whatIsNotLldpIsLeftToOthers() {
        startAndFindAllLinks();
        byte[] frame = new Ethernet().setEtherType((short) 0x88b5).setSourceMACAddress(MacAddress.ONOS)
                .setDestinationMACAddress(MacAddress.BROADCAST).setPad(true).serialize();
        assertThat(fabric.receive(point(1, 1), frame).isHandled()).isFalse();
    }

    @Test
    void settingsAreDeclaredAsTheyAre() throws Exception {
        start();
        assertThat(ComponentSettings.declared(LldpLinkProvider.class))
                .isEqualTo(ComponentSettings.inCode(LldpLinkProvider.Settings.class))
                .containsEntry("probeRate", "INTEGER|3000")
                .containsEntry("staleLinkAge", "INTEGER|10000")
                .containsEntry("maxDiscoveryDelayMs", "INTEGER|1000")
                .containsEntry("useBddp", "BOOLEAN|true");
    }
}
