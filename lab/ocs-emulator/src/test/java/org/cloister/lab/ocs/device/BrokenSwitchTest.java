package org.cloister.lab.ocs.device;

import org.cloister.lab.ocs.fault.Fault;
import org.cloister.lab.ocs.fault.FaultKind;
import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What the switch says and what light does, fault by fault; port 7-8 is joined all the time and never notices. */
class BrokenSwitchTest {

    private final Bench bench = new Bench();

    BrokenSwitchTest() {
        bench.establish("other=7-8");
    }

    private void settle() {
        bench.time.pass(1_000);
        assertThat(bench.plant.joined()).containsEntry(7, 8).containsEntry(8, 7);
        assertThat(bench.plant.bright()).contains(7, 8);
        assertThat(bench.status("other")).isEqualTo(ConnectionStatus.CONNECTED);
    }

    @Test
    void aStuckMirrorNeverArrivesUntilItIsMended() {
        Fault fault = bench.breaks(FaultKind.STUCK_MIRROR, Map.of("port", "1"));
        bench.configure("a=1-2", "b=3-4", "other=7-8");
        settle();
        assertThat(bench.status("a")).isEqualTo(ConnectionStatus.PENDING_CONNECTION);
        assertThat(bench.device.port("1").status()).isEqualTo(PortStatus.TUNING);
        assertThat(bench.status("b")).isEqualTo(ConnectionStatus.CONNECTED);
        assertThat(bench.plant.joined()).doesNotContainKeys(1, 2);

        bench.mends(fault);
        settle();
        assertThat(bench.status("a")).isEqualTo(ConnectionStatus.CONNECTED);
        assertThat(bench.plant.joined()).containsEntry(1, 2);
    }

    @Test
    void aStuckMirrorFails() {
        bench.breaks(FaultKind.STUCK_MIRROR, Map.of("port", "2", "mode", "failed"));
        bench.configure("a=1-2", "other=7-8");
        settle();
        assertThat(bench.status("a")).isEqualTo(ConnectionStatus.FAILED);
        assertThat(bench.reason("a")).isEqualTo("mirror of port 2 does not move");
        assertThat(bench.device.port("2").status()).isEqualTo(PortStatus.FAILED);
        assertThat(bench.device.port("1").status()).isEqualTo(PortStatus.TUNED);

        bench.configure("other=7-8");
        settle();
        assertThat(bench.status("a")).as("can be deleted").isNull();
    }

    @Test
    void aStuckMirrorKeepsItsOldLight() {
        bench.configure("a=1-2", "other=7-8");
        settle();
        bench.breaks(FaultKind.STUCK_MIRROR, Map.of("port", "1", "mode", "old"));
        assertThat(bench.status("a")).as("where it should be").isEqualTo(ConnectionStatus.CONNECTED);

        bench.configure("b=1-3", "other=7-8");
        settle();
        assertThat(bench.status("b")).isEqualTo(ConnectionStatus.FAILED);
        assertThat(bench.plant.joined()).containsEntry(1, 2).containsEntry(2, 1);

        bench.configure("b=1-3", "c=2-4", "other=7-8");
        settle();
        assertThat(bench.plant.joined()).as("the other end turned away").doesNotContainKey(1).containsEntry(2, 4);
    }

    @Test
    void aMisSteeredMirrorIsNotNoticedByTheSwitch() {
        Fault fault = bench.breaks(FaultKind.MIS_STEER, Map.of("port", "1", "to", "5"));
        bench.configure("a=1-2", "other=7-8");
        settle();
        assertThat(bench.status("a")).isEqualTo(ConnectionStatus.CONNECTED);
        assertThat(bench.device.port("1").status()).isEqualTo(PortStatus.TUNED);
        assertThat(bench.device.port("1").peer()).isEqualTo("2");
        assertThat(bench.plant.joined()).containsEntry(1, 5).containsEntry(5, 1).doesNotContainKey(2);
        assertThat(bench.plant.bright()).contains(1, 5).doesNotContain(2);

        bench.mends(fault);
        settle();
        assertThat(bench.plant.joined()).containsEntry(1, 2).containsEntry(2, 1).doesNotContainKey(5);
    }

    @Test
    void aMisSteeredMirrorNeverLightsAPortInUse() {
        bench.breaks(FaultKind.MIS_STEER, Map.of("port", "1", "to", "7"));
        bench.configure("a=1-2", "other=7-8");
        settle();
        assertThat(bench.plant.joined()).doesNotContainKeys(1, 2);
    }

    @Test
    void lostLightIsDarkAtBothEndsAndComesBack() {
        bench.configure("a=1-2", "other=7-8");
        settle();
        Fault fault = bench.breaks(FaultKind.LOSS_OF_LIGHT, Map.of("port", "1"));
        assertThat(bench.plant.bright()).doesNotContain(1, 2);
        assertThat(bench.device.port("1").inputDbm()).isEqualTo(-60);
        assertThat(bench.device.port("2").outputDbm()).isEqualTo(-60);
        assertThat(bench.device.port("2").inputDbm()).isPositive();
        assertThat(bench.status("a")).as("the mirrors are right").isEqualTo(ConnectionStatus.CONNECTED);

        bench.mends(fault);
        assertThat(bench.plant.bright()).as("receivers lock on").doesNotContain(1);
        settle();
        assertThat(bench.plant.bright()).contains(1, 2);
    }

    @Test
    void degradedLightIsWeakerBothWays() {
        bench.configure("a=1-2", "other=7-8");
        settle();
        PortView before = bench.device.port("2");
        PortView near = bench.device.port("1");
        bench.breaks(FaultKind.DEGRADED_POWER, Map.of("port", "1", "db", 6));
        assertThat(bench.device.port("2").outputDbm()).isEqualTo(Power.rounded(before.outputDbm() - 6));
        assertThat(bench.device.port("1").outputDbm()).isEqualTo(Power.rounded(near.outputDbm() - 6));
        assertThat(bench.device.port("2").inputDbm()).isEqualTo(before.inputDbm());
        assertThat(bench.plant.bright()).contains(1, 2);
    }

    @Test
    void bitErrorsLosePacketsBothWaysUntilMended() {
        bench.configure("a=1-2", "other=7-8");
        settle();
        Fault fault = bench.breaks(FaultKind.BIT_ERRORS, Map.of("port", "1", "probability", 0.1));
        assertThat(bench.plant.errors()).isEqualTo(Map.of(1, 0.1, 2, 0.1));
        bench.configure("b=2-3", "other=7-8");
        settle();
        assertThat(bench.plant.errors()).as("the circuit is gone from the port").isEmpty();
        bench.configure("c=1-4", "other=7-8");
        settle();
        assertThat(bench.plant.errors()).isEqualTo(Map.of(1, 0.1, 4, 0.1));
        bench.mends(fault);
        assertThat(bench.plant.errors()).isEmpty();
    }

    @Test
    void aConnectionFoundInvalidStaysSoUntilItIsDeleted() {
        Fault fault = bench.breaks(FaultKind.SET_THEN_INVALID, Map.of("port", "1"));
        bench.configure("a=1-2", "other=7-8");
        assertThat(bench.status("a")).isEqualTo(ConnectionStatus.PENDING_CONNECTION);
        settle();
        assertThat(bench.status("a")).isEqualTo(ConnectionStatus.INVALID);
        bench.mends(fault);
        settle();
        assertThat(bench.status("a")).isEqualTo(ConnectionStatus.INVALID);

        bench.restart();
        settle();
        assertThat(bench.status("a")).isEqualTo(ConnectionStatus.INVALID);
        bench.configure("other=7-8");
        settle();
        assertThat(bench.status("a")).isNull();
        bench.configure("a=1-2", "other=7-8");
        settle();
        assertThat(bench.status("a")).isEqualTo(ConnectionStatus.CONNECTED);
    }

    @Test
    void aBrokenConnectionIsMadeAgainIfOneRequestDeletesAndMakesIt() {
        Fault fault = bench.breaks(FaultKind.SET_THEN_INVALID, Map.of("port", "1"));
        bench.configure("a=1-2", "other=7-8");
        settle();
        bench.mends(fault);
        bench.configure("a=1-2", "other=7-8");
        assertThat(bench.status("a")).isEqualTo(ConnectionStatus.PENDING_CONNECTION);
        settle();
        assertThat(bench.status("a")).isEqualTo(ConnectionStatus.CONNECTED);
    }

    @Test
    void aConnectionThatWorksMayBeFoundInvalid() {
        bench.configure("a=1-2", "other=7-8");
        settle();
        bench.breaks(FaultKind.SET_THEN_INVALID, Map.of("name", "a"));
        assertThat(bench.status("a")).isEqualTo(ConnectionStatus.INVALID);
        settle();
        assertThat(bench.plant.joined()).doesNotContainKey(1);
    }

    @Test
    void lightThatNobodyConfiguredIsShownAndGoesWithTheFault() {
        Fault fault = bench.breaks(FaultKind.HARDWARE_ONLY_CONNECTION, Map.of("one", "3", "other", "4"));
        settle();
        assertThat(bench.device.connections().get("hardware-3-4").configured()).isFalse();
        assertThat(bench.device.port("3").peer()).isEqualTo("4");
        bench.restart();
        settle();
        assertThat(bench.status("hardware-3-4")).isEqualTo(ConnectionStatus.CONNECTED);
        bench.mends(fault);
        assertThat(bench.plant.joined()).doesNotContainKey(3);
        assertThat(bench.device.port("3").status()).isEqualTo(PortStatus.BLOCKED);
    }
}
