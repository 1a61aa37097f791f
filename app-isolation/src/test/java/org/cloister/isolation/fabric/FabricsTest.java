package org.cloister.isolation.fabric;

import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.FabricView.FabricProblem;
import org.cloister.isolation.api.FabricView.SwitchRole;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.LinkKey;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Two leaves and two spines; leaf ports 1 and 2 for hosts, 3 and 4 upwards; host gpu-1 on leaf-1/1. */
class FabricsTest {

    private static final String LEAF_1 = "of:0000000000000011";
    private static final String LEAF_2 = "of:0000000000000012";
    private static final String SPINE_1 = "of:0000000000000021";
    private static final String SPINE_2 = "of:0000000000000022";

    /** The links of leaf-1/3 with spine-1/1 and of leaf-2/4 with spine-2/2 are light. */
    private static final Map<String, Map<String, FabricPort>> FIBRES = Map.of("ocs-1", Map.of(
            "1", FabricPort.of("leaf-1/3"), "5", FabricPort.of("spine-1/1"),
            "2", FabricPort.of("leaf-2/4"), "6", FabricPort.of("spine-2/2")));

    private final FabricSettings settings = FabricSettings.builder()
            .enforce(true).firstTag(100).lastTag(200).linkBitsPerSecond(1_000)
            .putSwitches("leaf-1", leaf("leaf-1", LEAF_1)).putSwitches("leaf-2", leaf("leaf-2", LEAF_2))
            .putSwitches("spine-1", spine("spine-1", SPINE_1)).putSwitches("spine-2", spine("spine-2", SPINE_2))
            .putHosts("gpu-1", Host.builder().name("gpu-1").node("gpu-1").nic(0).port(FabricPort.of("leaf-1/1"))
                    .mac(MacAddress.valueOf("02:00:00:00:00:01")).addIpv4(Ip4Address.valueOf("10.0.0.1")).build())
            .build();

    private final Set<DeviceId> available = new HashSet<>();
    private final Set<ConnectPoint> up = new HashSet<>();
    private final Set<ConnectPoint> down = new HashSet<>();
    private final Set<LinkKey> links = new HashSet<>();
    private final Map<DeviceId, Map<String, Integer>> foreign = new HashMap<>();
    private boolean keepsUnknownRules = true;

    FabricsTest() {
        List.of(LEAF_1, LEAF_2).forEach(leaf -> List.of(1, 2, 3, 4).forEach(port -> up.add(end(leaf, port))));
        List.of(SPINE_1, SPINE_2).forEach(spine -> List.of(1, 2).forEach(port -> up.add(end(spine, port))));
        List.of(LEAF_1, LEAF_2, SPINE_1, SPINE_2).forEach(device -> available.add(DeviceId.deviceId(device)));
        both(LEAF_1, 3, SPINE_1, 1);
        both(LEAF_1, 4, SPINE_2, 1);
        both(LEAF_2, 3, SPINE_1, 2);
        both(LEAF_2, 4, SPINE_2, 2);
    }

    @Test
    void aSoundFabricHasAllLinksAndNoProblems() {
        Fabric fabric = snapshot();

        assertThat(fabric.problems()).isEmpty();
        assertThat(fabric.links()).hasSize(8).contains(
                Link.of(FabricPort.of("leaf-1/3"), FabricPort.of("spine-1/1")),
                Link.of(FabricPort.of("spine-1/1"), FabricPort.of("leaf-1/3")));
        assertThat(fabric.switches()).isEqualTo(settings.switches());
        assertThat(fabric.hosts()).isEqualTo(settings.hosts());
        assertThat(fabric.linkBitsPerSecond()).isEqualTo(1_000);
        assertThat(fabric.firstTag()).isEqualTo(100);
        assertThat(fabric.lastTag()).isEqualTo(200);
        assertThat(fabric.enforce()).isTrue();
    }

    @Test
    void twoLeavesAreJoinedDirectlyOnlyByFibresToOneOpticalSwitch() {
        links.clear();
        both(LEAF_1, 3, LEAF_2, 3);

        assertThat(snapshot().problems()).extracting(FabricProblem::at)
                .containsExactly("leaf-1/3->leaf-2/3", "leaf-2/3->leaf-1/3");
        assertThat(snapshot(Map.of("ocs-1", Map.of("1", FabricPort.of("leaf-1/3")),
                "ocs-2", Map.of("1", FabricPort.of("leaf-2/3")))).links()).isEmpty();
        Fabric joined = snapshot(Map.of("ocs-1", Map.of("1", FabricPort.of("leaf-1/3"),
                "2", FabricPort.of("leaf-2/3"))));
        assertThat(joined.problems()).isEmpty();
        assertThat(joined.links()).hasSize(2);
    }

    @Test
    void aLinkThatFibresContradictIsNone() {
        Fabric contradicted = snapshot(Map.of("ocs-1", Map.of("1", FabricPort.of("leaf-1/3")),
                "ocs-2", Map.of("7", FabricPort.of("spine-1/1"))));

        assertThat(contradicted.links()).hasSize(6);
        assertThat(contradicted.problems()).extracting(FabricProblem::message).contains(
                "discovered link leaf-1/3->spine-1/1 contradicts the fibres: leaf-1/3 is at ocs-1/1,"
                        + " spine-1/1 is at ocs-2/7");
    }

    @Test
    void lightIsShownOnlyOfOpticalSwitchesThatHaveFibres() {
        Map<String, Map<String, FabricPort>> fibres = Map.of("ocs-1", Map.of("1", FabricPort.of("leaf-1/3"),
                "5", FabricPort.of("spine-1/1")));
        Fabric fabric = Fabrics.snapshot(ImmutableFabricSettings.copyOf(settings).withFibres(fibres),
                ImmutableTopologyView.copyOf(view()).withOptics(Optics.builder().putSwitches("ocs-1", connected())
                        .putSwitches("ocs-9", connected()).addCircuits(Circuit.of("ocs-1", "5", "1")).build()));

        assertThat(fabric.opticalSwitches()).containsExactly("ocs-1");
        assertThat(fabric.circuits()).containsExactly(Circuit.of("ocs-1", "1", "5"));
        assertThat(fabric.fibreIndex().under(Link.of(FabricPort.of("leaf-1/3"), FabricPort.of("spine-1/1"))))
                .contains(Circuit.of("ocs-1", "1", "5"));
        assertThat(fabric.fibreIndex().under(Link.of(FabricPort.of("leaf-1/4"), FabricPort.of("spine-2/1"))))
                .isEmpty();
    }

    @Test
    void lightThatGoesElsewhereMakesNoLink() {
        // the mirror is said to join 1 and 5, and leads to 6
        links.remove(LinkKey.linkKey(end(LEAF_1, 3), end(SPINE_1, 1)));
        links.remove(LinkKey.linkKey(end(SPINE_1, 1), end(LEAF_1, 3)));
        both(LEAF_1, 3, SPINE_2, 2);
        Fabric fabric = lit(Circuit.of("ocs-1", "1", "5"), Circuit.of("ocs-1", "2", "6"));

        assertThat(fabric.links()).hasSize(6).contains(
                Link.of(FabricPort.of("leaf-2/4"), FabricPort.of("spine-2/2")));
        assertThat(fabric.problems()).extracting(FabricProblem::message).contains(
                "discovered link leaf-1/3->spine-2/2 contradicts the circuits: ocs-1/1 is joined with 5,"
                        + " ocs-1/6 is joined with 2");
    }

    @Test
    void aCircuitThatIsNotConnectedMakesNoLink() {
        assertThat(lit(Circuit.of("ocs-1", "1", "5"), Circuit.of("ocs-1", "2", "6")).problems()).isEmpty();

        Fabric pending = lit(ImmutableCircuit.copyOf(Circuit.of("ocs-1", "1", "5")).withState("PENDING"),
                Circuit.of("ocs-1", "2", "6"));

        assertThat(pending.links()).hasSize(6);
        assertThat(pending.lit()).containsExactly(Circuit.of("ocs-1", "2", "6"));
        assertThat(pending.problems()).extracting(FabricProblem::message).contains(
                "discovered link leaf-1/3->spine-1/1 contradicts the circuits: ocs-1/1 is joined with 5 by a circuit"
                        + " that is PENDING, ocs-1/5 is joined with 1 by a circuit that is PENDING");
    }

    @Test
    void whereAnOpticalSwitchDoesNotTellOfLightDiscoveryDoes() {
        Fabric silent = lit(ImmutableCircuit.copyOf(Circuit.of("ocs-1", "1", "5")).withState("UNKNOWN"),
                ImmutableCircuit.copyOf(Circuit.of("ocs-1", "2", "6")).withState("UNKNOWN"));

        assertThat(silent.problems()).isEmpty();
        assertThat(silent.links()).hasSize(8);
    }

    @Test
    void whatWasLastSeenOfAnOpticalSwitchThatIsAwayCountsOn() {
        Optics.OpticalSwitch away = Optics.OpticalSwitch.builder().available(false).trouble("no answer").build();
        Circuit seen = ImmutableCircuit.copyOf(Circuit.of("ocs-1", "1", "5")).withState("UNKNOWN");

        Fabric fabric = lit(away, seen);

        assertThat(fabric.opticalSwitches()).as("it takes no moves").isEmpty();
        assertThat(fabric.links()).hasSize(6).contains(
                Link.of(FabricPort.of("leaf-1/3"), FabricPort.of("spine-1/1")));
        assertThat(fabric.problems()).extracting(FabricProblem::reason, FabricProblem::message).contains(
                tuple("OpticalSwitchAbsent", "optical switch ocs-1 is not connected: no answer"));
        assertThat(lit(away).links()).as("nothing was ever seen of it").hasSize(8);
    }

    @Test
    void aPortWithoutLightIsNoTroubleAsLongAsNoneIsLedThere() {
        links.remove(LinkKey.linkKey(end(LEAF_1, 3), end(SPINE_1, 1)));
        links.remove(LinkKey.linkKey(end(SPINE_1, 1), end(LEAF_1, 3)));
        up.remove(end(LEAF_1, 3));
        down.add(end(LEAF_1, 3));

        assertThat(lit(Circuit.of("ocs-1", "2", "6")).problems()).isEmpty();
        assertThat(lit(Circuit.of("ocs-1", "2", "6"), Circuit.of("ocs-1", "1", "5")).problems())
                .extracting(FabricProblem::reason).containsExactly("PortDown");
    }

    @Test
    void fibresThatNobodyCanLeadLightOverAreToldOf() {
        Optics.OpticalSwitch found = Optics.OpticalSwitch.builder().available(true).addPorts("1", "2", "5")
                .putUnusable("2", "it is in quarantine: no light").build();

        Fabric fabric = lit(found, Circuit.of("ocs-1", "1", "5"), Circuit.of("ocs-1", "2", "6"));

        assertThat(fabric.problems()).extracting(FabricProblem::reason, FabricProblem::at).contains(
                tuple("OpticalPortUnknown", "ocs-1/6"), tuple("OpticalPortUnusable", "ocs-1/2"));
        assertThat(fabric.unusable(Circuit.of("ocs-1", "2", "6"))).contains("it is in quarantine: no light");
        assertThat(lit().problems()).as("connected, without a circuit").extracting(FabricProblem::reason)
                .containsOnly("LinkMiswired");
        assertThat(snapshot(FIBRES, Optics.builder().build()).problems()).extracting(FabricProblem::reason,
                FabricProblem::at).containsExactly(tuple("OpticalSwitchUnknown", "ocs-1"));
        assertThat(snapshot(FIBRES, Optics.unwatched()).problems()).isEmpty();
    }

    @Test
    void anAbsentDeviceIsOneProblemAndTakesItsLinks() {
        available.remove(DeviceId.deviceId(SPINE_2));

        assertProblem("DeviceAbsent", "spine-2");
        assertThat(snapshot().links()).hasSize(4).noneMatch(link -> link.toString().contains("spine-2"));
    }

    @Test
    void aPortThatIsDownTakesBothDirections() {
        up.remove(end(LEAF_1, 3));

        assertProblem("PortDown", "leaf-1/3");
        assertThat(snapshot().links()).hasSize(6).noneMatch(link -> link.toString().contains("leaf-1/3"));
    }

    @Test
    void aPortIsDownOnlyIfItsDeviceSaysSo() {
        up.remove(end(LEAF_1, 3));
        assertThat(snapshot().downPorts()).as("not told yet").isEmpty();
        down.add(end(LEAF_1, 3));
        down.add(end(LEAF_1, 1));
        assertThat(snapshot().downPorts()).containsExactly(FabricPort.of("leaf-1/3"));
    }

    @Test
    void onlyPortsThatSomebodyMissesAreReported() {
        up.remove(end(LEAF_1, 1));
        up.remove(end(LEAF_1, 2));

        assertProblem("PortDown", "leaf-1/1");
        assertThat(snapshot().problems().get(0).message()).contains("gpu-1");
    }

    @Test
    void aLinkCountsInTheDirectionThatWasDiscovered() {
        links.remove(LinkKey.linkKey(end(SPINE_1, 1), end(LEAF_1, 3)));

        assertThat(snapshot().links()).hasSize(7)
                .contains(Link.of(FabricPort.of("leaf-1/3"), FabricPort.of("spine-1/1")));
    }

    @Test
    void forgedDiscoveryAtAHostPortMakesNoLink() {
        links.add(LinkKey.linkKey(end(SPINE_1, 1), end(LEAF_1, 2)));

        assertProblem("LldpOnHostPort", "leaf-1/2");
        assertThat(snapshot().links()).hasSize(8);
    }

    @Test
    void leavesAreNotJoinedDirectly() {
        up.remove(end(SPINE_1, 1));
        links.add(LinkKey.linkKey(end(LEAF_1, 3), end(LEAF_2, 3)));
        links.remove(LinkKey.linkKey(end(LEAF_1, 3), end(SPINE_1, 1)));

        assertThat(snapshot().problems()).extracting(FabricProblem::reason)
                .containsExactlyInAnyOrder("PortDown", "LinkMiswired");
    }

    @Test
    void aLinkToAnUnknownSwitchOrPortIsMiswired() {
        links.add(LinkKey.linkKey(end("of:00000000000000ff", 1), end(LEAF_1, 3)));
        links.add(LinkKey.linkKey(end(SPINE_1, 2), end(LEAF_1, 7)));

        assertThat(snapshot().problems()).extracting(FabricProblem::reason, FabricProblem::at).containsExactly(
                tuple("LinkMiswired", "of:00000000000000ff/1->leaf-1/3"),
                tuple("LinkMiswired", "spine-1/2->leaf-1/7"));
        assertThat(snapshot().links()).hasSize(8);
    }

    @Test
    void linksElsewhereDoNotMatter() {
        links.add(LinkKey.linkKey(end("of:00000000000000fe", 1), end("of:00000000000000ff", 1)));

        assertThat(snapshot().problems()).isEmpty();
    }

    @Test
    void ofTwoLinksThatClaimAPortNoneCounts() {
        links.add(LinkKey.linkKey(end(LEAF_1, 3), end(SPINE_2, 2)));

        assertThat(snapshot().problems()).extracting(FabricProblem::reason, FabricProblem::at).containsExactly(
                tuple("LinkContradiction", "leaf-1/3"), tuple("LinkContradiction", "spine-2/2"));
        assertThat(snapshot().links()).hasSize(6).noneMatch(link ->
                link.from().toString().equals("leaf-1/3") || link.to().toString().equals("spine-2/2"));
    }

    @Test
    void rulesOfOthersAreReportedWithTheirOwner() {
        foreign.put(DeviceId.deviceId(LEAF_2), Map.of("org.onosproject.fwd", 3));

        assertProblem("ForeignRules", "leaf-2");
        assertThat(snapshot().problems().get(0).message()).contains("3").contains("org.onosproject.fwd");
    }

    @Test
    void anOnosThatClearsUpIsAProblem() {
        keepsUnknownRules = false;

        assertProblem("UnsafeRestart", "onos");
    }

    @Test
    void theSameObservationGivesTheSameSnapshot() {
        links.add(LinkKey.linkKey(end(SPINE_1, 1), end(LEAF_1, 2)));
        available.remove(DeviceId.deviceId(SPINE_2));

        assertThat(snapshot()).isEqualTo(snapshot());
    }

    private static Optics.OpticalSwitch connected() {
        return Optics.OpticalSwitch.builder().available(true).build();
    }

    private void assertProblem(String reason, String at) {
        assertThat(snapshot().problems()).extracting(FabricProblem::reason, FabricProblem::at)
                .containsExactly(tuple(reason, at));
    }

    private Fabric snapshot() {
        return Fabrics.snapshot(settings, view());
    }

    private Fabric snapshot(Map<String, Map<String, FabricPort>> fibres) {
        return Fabrics.snapshot(ImmutableFabricSettings.copyOf(settings).withFibres(fibres), view());
    }

    private Fabric lit(Circuit... circuits) {
        return lit(connected(), circuits);
    }

    private Fabric lit(Optics.OpticalSwitch opticalSwitch, Circuit... circuits) {
        return snapshot(FIBRES, Optics.builder().putSwitches("ocs-1", opticalSwitch).addCircuits(circuits).build());
    }

    private Fabric snapshot(Map<String, Map<String, FabricPort>> fibres, Optics optics) {
        return Fabrics.snapshot(ImmutableFabricSettings.copyOf(settings).withFibres(fibres),
                ImmutableTopologyView.copyOf(view()).withOptics(optics));
    }

    private TopologyView view() {
        return TopologyView.builder().availableDevices(available).enabledPorts(up).disabledPorts(down).links(links)
                .foreignRules(foreign).keepsUnknownRules(keepsUnknownRules).build();
    }

    private void both(String one, int onePort, String other, int otherPort) {
        links.add(LinkKey.linkKey(end(one, onePort), end(other, otherPort)));
        links.add(LinkKey.linkKey(end(other, otherPort), end(one, onePort)));
    }

    private static ConnectPoint end(String device, int port) {
        return ConnectPoint.deviceConnectPoint(device + "/" + port);
    }

    private static Switch leaf(String name, String device) {
        return Switch.builder().name(name).device(DeviceId.deviceId(device)).role(SwitchRole.LEAF)
                .addHostPorts(1, 2).addFabricPorts(3, 4).build();
    }

    private static Switch spine(String name, String device) {
        return Switch.builder().name(name).device(DeviceId.deviceId(device)).role(SwitchRole.SPINE)
                .addFabricPorts(1, 2).build();
    }
}
