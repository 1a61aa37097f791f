package org.cloister.isolation.config;

import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.FabricView.SwitchRole;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.fabric.LinkFailures;
import org.cloister.isolation.fabric.Switch;
import org.junit.jupiter.api.Test;
import org.onosproject.net.DeviceId;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class LinkHistoryTest {

    private static final Instant BEGAN = Instant.parse("2024-01-01T00:00:00Z");
    private static final FabricPort UP = FabricPort.of("leaf-1/5");
    private static final FabricPort DOWN = FabricPort.of("spine-1/1");
    private static final Link LINK = Link.of(UP, DOWN);

    private final ImmutableFabric fabric = Fabric.builder().enforce(true).firstTag(1).lastTag(2)
            .linkBitsPerSecond(1).build();
    private final ImmutableFabric wired = ImmutableFabric.builder().from(fabric)
            .putSwitches("leaf-1", of("leaf-1", SwitchRole.LEAF, 0x11, 5, 6))
            .putSwitches("spine-1", of("spine-1", SwitchRole.SPINE, 0x21, 1, 2))
            .addAvailableDevices(device(0x11), device(0x21)).build();
    private final LinkHistory history = new LinkHistory(BEGAN);

    private static Switch of(String name, SwitchRole role, int device, long... ports) {
        return Switch.builder().name(name).device(device(device)).role(role).addFabricPorts(ports).build();
    }

    private static DeviceId device(int number) {
        return DeviceId.deviceId(String.format("of:%016x", number));
    }

    @Test
    void whatWasNeverSeenHasFailedAMinuteAfterTheFirstLook() {
        Fabric now = history.on(fabric, BEGAN.plusSeconds(30));
        assertThat(LinkFailures.at(now, LINK)).contains(BEGAN.plusSeconds(60));
    }

    @Test
    void whatWasThereHasFailedTenSecondsAfterItWentHoweverOftenThatIsLookedAt() {
        assertThat(LinkFailures.at(history.on(fabric.withLinks(LINK), BEGAN.plusSeconds(1)), LINK)).isEmpty();
        history.on(fabric, BEGAN.plusSeconds(5));
        Fabric later = history.on(fabric, BEGAN.plusSeconds(9));
        assertThat(LinkFailures.at(later, LINK)).contains(BEGAN.plusSeconds(15));
        assertThat(LinkFailures.at(history.on(fabric.withLinks(LINK), BEGAN.plusSeconds(20)), LINK)).isEmpty();
        assertThat(LinkFailures.at(history.on(fabric, BEGAN.plusSeconds(21)), LINK)).contains(BEGAN.plusSeconds(31));
    }

    @Test
    void aPortThatIsDownAtEitherEndIsAFailureAtOnce() {
        history.on(wired.withLinks(LINK), BEGAN);
        for (FabricPort port : List.of(UP, DOWN)) {
            assertThat(LinkFailures.at(history.on(wired.withDownPorts(port), BEGAN.plusSeconds(9)), LINK).orElseThrow())
                    .as("%s", port).isBefore(BEGAN.plusSeconds(9));
        }
    }

    @Test
    void linksOfASwitchThatWasAwayHaveAsLongAsOthersToBeDiscovered() {
        for (String name : List.of("leaf-1", "spine-1")) {
            DeviceId device = wired.switches().get(name).device();
            LinkHistory kept = new LinkHistory(BEGAN);
            kept.on(wired.withLinks(LINK), BEGAN);
            kept.on(without(device), BEGAN.plusSeconds(5));
            Fabric back = kept.on(wired, BEGAN.plusSeconds(100));
            assertThat(LinkFailures.at(back, LINK)).as(name).contains(BEGAN.plusSeconds(110));
            assertThat(LinkFailures.at(back, Link.of(DOWN, UP))).as("never seen").contains(BEGAN.plusSeconds(160));
            assertThat(LinkFailures.at(kept.on(wired, BEGAN.plusSeconds(101)), LINK)).as("it stays")
                    .contains(BEGAN.plusSeconds(110));
        }
    }

    @Test
    void aPortOfASwitchThatHasJustComeBackMayTakeASecondToBeUp() {
        history.on(wired.withLinks(LINK), BEGAN);
        history.on(without(wired.switches().get("leaf-1").device()), BEGAN.plusSeconds(5));
        Fabric back = history.on(wired.withDownPorts(UP), BEGAN.plusSeconds(100));
        assertThat(LinkFailures.at(back, LINK)).contains(BEGAN.plusSeconds(101));
        Fabric other = history.on(wired.withDownPorts(DOWN), BEGAN.plusSeconds(100));
        assertThat(LinkFailures.at(other, LINK).orElseThrow()).as("the other switch was there all the time")
                .isBefore(BEGAN.plusSeconds(100));
    }

    @Test
    void thatAllPortsOfASwitchAreDownIsFirstSaidOfOneThatIsLost() {
        history.on(wired.withLinks(LINK), BEGAN);
        ImmutableFabric lost = wired.withDownPorts(UP, FabricPort.of("leaf-1/6"));
        assertThat(LinkFailures.at(history.on(lost, BEGAN.plusSeconds(5)), LINK)).contains(BEGAN.plusSeconds(15));
        Fabric cut = history.on(lost.withDownPorts(UP, FabricPort.of("leaf-1/6"), DOWN), BEGAN.plusSeconds(5));
        assertThat(LinkFailures.at(cut, LINK).orElseThrow()).as("if they really are, so is the other end")
                .isBefore(BEGAN.plusSeconds(5));
        Fabric back = history.on(wired.withDownPorts(UP), BEGAN.plusSeconds(50));
        assertThat(LinkFailures.at(back, LINK)).contains(BEGAN.plusSeconds(51));
    }

    @Test
    void aLinkThatIsBackIsOnProbationForHalfAMinute() {
        Fabric first = history.on(wired.withLinks(LINK), BEGAN);
        assertThat(LinkFailures.isOnProbation(first, LINK, BEGAN)).as("found for the first time").isFalse();
        history.on(wired, BEGAN.plusSeconds(5));
        Instant back = BEGAN.plusSeconds(7);
        Fabric returned = history.on(wired.withLinks(LINK), back);
        assertThat(LinkFailures.isOnProbation(returned, LINK, back.plusSeconds(29))).isTrue();
        assertThat(LinkFailures.isOnProbation(returned, LINK, back.plusSeconds(30))).isFalse();
        assertThat(history.on(wired.withLinks(LINK), back.plusSeconds(30)).returned()).isEmpty();
    }

    private ImmutableFabric without(DeviceId device) {
        return wired.withAvailableDevices(wired.availableDevices().stream().filter(each -> !each.equals(device))
                .collect(Collectors.toList()));
    }
}
