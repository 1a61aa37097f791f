package org.cloister.lab.ocs.device;

import org.cloister.lab.ocs.Times;
import org.cloister.lab.ocs.fault.FaultKind;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

class OpticalSwitchTest {

    private final Bench bench = new Bench();

    @Test
    void lightComesAfterMirrorsAndReceivers() {
        bench.configure("a=1-2");
        assertThat(bench.status("a")).isEqualTo(ConnectionStatus.PENDING_CONNECTION);
        assertThat(bench.device.port("1").status()).isEqualTo(PortStatus.TUNING);
        assertThat(bench.device.port("1").peer()).isEqualTo("2");
        assertThat(bench.device.port("1").connected()).isFalse();

        bench.time.pass(24);
        assertThat(bench.plant.joined()).isEmpty();
        bench.time.pass(1);
        assertThat(bench.status("a")).isEqualTo(ConnectionStatus.CONNECTED);
        assertThat(bench.device.port("1").status()).isEqualTo(PortStatus.TUNED);
        assertThat(bench.device.port("1").connected()).isTrue();
        assertThat(bench.plant.joined()).isEqualTo(Map.of(1, 2, 2, 1));
        assertThat(bench.plant.bright()).as("receivers still lock on").isEmpty();

        bench.time.pass(100);
        assertThat(bench.plant.bright()).containsExactly(1, 2);
    }

    @Test
    void lightGoesAtOnceAndTheEntryWhenMirrorsHaveMoved() {
        bench.establish("a=1-2");

        bench.configure();
        assertThat(bench.status("a")).isEqualTo(ConnectionStatus.PENDING_DELETION);
        assertThat(bench.plant.bright()).isEmpty();
        assertThat(bench.plant.joined()).isEmpty();
        bench.time.pass(25);
        assertThat(bench.status("a")).isNull();
        assertThat(bench.device.port("1").status()).isEqualTo(PortStatus.BLOCKED);
        assertThat(bench.device.port("1").peer()).isEmpty();
    }

    @Test
    void aMoveLeavesOtherCircuitsAlone() {
        bench.establish("a=1-2", "b=3-4");

        bench.configure("b=3-4", "c=1-5");
        for (int millis = 0; millis < 200; millis++) {
            bench.time.pass(1);
            assertThat(bench.plant.joined()).containsEntry(3, 4).containsEntry(4, 3);
            assertThat(bench.plant.bright()).contains(3, 4);
        }
        assertThat(bench.plant.joined()).isEqualTo(Map.of(1, 5, 5, 1, 3, 4, 4, 3));
        assertThat(bench.plant.bright()).containsExactly(1, 3, 4, 5);
    }

    @Test
    void aCircuitTakenAwayWhileItMovesNeverCarriesLight() {
        bench.configure("a=1-2");
        bench.time.pass(10);
        bench.configure("b=2-3");
        bench.time.pass(15);
        assertThat(bench.plant.joined()).isEmpty();
        bench.time.pass(10);
        assertThat(bench.plant.joined()).isEqualTo(Map.of(2, 3, 3, 2));
        assertThat(bench.device.connections()).containsOnlyKeys("b");
    }

    @Test
    void receiversLockOnAnewAfterEachMove() {
        bench.configure("a=1-2");
        bench.time.pass(100);
        bench.configure("b=1-3");
        bench.time.pass(30);
        assertThat(bench.plant.bright()).as("the first lock came to nothing").isEmpty();
        bench.time.pass(94);
        assertThat(bench.plant.bright()).isEmpty();
        bench.time.pass(1);
        assertThat(bench.plant.bright()).containsExactly(1, 3);
    }

    @Test
    void aPortThatIsOffBreaksItsConnection() {
        bench.establish("a=1-2");

        bench.disable("2");
        assertThat(bench.status("a")).isEqualTo(ConnectionStatus.FAILED);
        assertThat(bench.reason("a")).isEqualTo("port 2 is disabled");
        assertThat(bench.plant.bright()).isEmpty();
        bench.disable();
        assertMadeAgain();
    }

    @Test
    void powersAreWhatTransmittersSendLessWhatMirrorsTake() {
        bench.configure("a=1-2");
        assertThat(bench.device.port("1").outputDbm()).isEqualTo(-60);
        bench.time.pass(25);
        PortView one = bench.device.port("1");
        PortView two = bench.device.port("2");
        assertThat(one.inputDbm()).isBetween(0.0, 1.5).isNotEqualTo(two.inputDbm());
        double loss = one.inputDbm() - two.outputDbm();
        assertThat(loss).isBetween(1.0, 2.0);
        assertThat(two.inputDbm() - one.outputDbm()).isCloseTo(loss, offset(0.011));
    }

    @Test
    void whenItsProcessEndsLightStays() {
        bench.establish("a=1-2");
        int changes = bench.plant.changes();

        bench.restart();
        assertThat(bench.status("a")).isEqualTo(ConnectionStatus.CONNECTED);
        assertThat(bench.plant.joined()).isEqualTo(Map.of(1, 2, 2, 1));
        assertThat(bench.plant.bright()).containsExactly(1, 2);
        bench.time.pass(1_000);
        assertThat(bench.plant.changes()).as("what it tells the plant at a start").isLessThanOrEqualTo(changes + 1);
    }

    @Test
    void whatMovedWhenItsProcessEndedIsMadeAgain() {
        bench.configure("a=1-2");
        bench.time.pass(10);
        bench.restart();
        assertMadeAgain();
    }

    @Test
    void afterAColdBootCircuitsAreKeptMadeAgainOrForgotten() {
        bench.establish("a=1-2");
        bench.device.powerOff();
        assertThat(bench.plant.bright()).isEmpty();
        bench.device.powerOn();
        assertThat(bench.status("a")).isEqualTo(ConnectionStatus.CONNECTED);
        bench.time.pass(100);
        assertThat(bench.plant.bright()).containsExactly(1, 2);

        bench.recover(Recovery.RESTORE);
        bench.device.powerOff();
        bench.device.powerOn();
        assertMadeAgain();

        bench.recover(Recovery.REMOVE);
        bench.device.powerOff();
        bench.device.powerOn();
        bench.time.pass(1_000);
        assertThat(bench.device.connections()).isEmpty();
        assertThat(bench.plant.joined()).isEmpty();
    }

    @Test
    void nobodyTakesPortsOfLightThatNobodyConfigured() {
        bench.breaks(FaultKind.HARDWARE_ONLY_CONNECTION, Map.of("one", "3", "other", "4"));
        assertThat(bench.plant.joined()).isEqualTo(Map.of(3, 4, 4, 3));
        Edit edit = new Edit(bench.device.configuration().withConnections(new TreeMap<>(
                Map.of("a", new Circuit("4", "5")))), Set.of());
        assertThatThrownBy(() -> bench.device.check(edit)).isInstanceOf(Refusal.class).hasMessageContaining("hardware-3-4");

        bench.establish("a=4-5");
        assertThat(bench.plant.joined()).as("deleted by name").isEqualTo(Map.of(4, 5, 5, 4));
    }

    @Test
    void lightThatDoesNotComeInDoesNotLeave() {
        bench.establish("a=1-2", "b=3-4");
        bench.plant.farEnd(1, false);
        bench.device.lookAtFibres();
        assertThat(bench.plant.bright()).containsExactly(1, 3, 4);
        assertThat(bench.device.port("1").inputDbm()).isEqualTo(-60);
        assertThat(bench.device.port("2").outputDbm()).isEqualTo(-60);
        assertThat(bench.status("a")).isEqualTo(ConnectionStatus.CONNECTED);

        bench.plant.farEnd(1, true);
        bench.device.lookAtFibres();
        assertThat(bench.plant.bright()).as("the receiver locks on").containsExactly(1, 3, 4);
        bench.time.pass(100);
        assertThat(bench.plant.bright()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void lightComesBackAfterBothEndsWereDark() {
        bench.establish("a=1-2");
        bench.plant.farEnd(1, false);
        bench.plant.farEnd(2, false);
        bench.device.lookAtFibres();
        assertThat(bench.plant.bright()).containsExactly(1, 2);
        for (int port : new int[] {1, 2}) {
            bench.plant.farEnd(port, true);
            bench.device.lookAtFibres();
            bench.device.lookAtFibres();
            bench.time.pass(100);
        }
        assertThat(bench.plant.bright()).containsExactly(1, 2);
    }

    @Test
    void aRenamedCircuitKeepsItsLight() {
        bench.establish("a=1-2");
        bench.configure("b=2-1");
        assertThat(bench.status("b")).isEqualTo(ConnectionStatus.CONNECTED);
        assertThat(bench.status("a")).isNull();
        assertThat(bench.plant.bright()).containsExactly(1, 2);
        assertThat(bench.plant.losses(1)).isZero();
    }

    @Test
    void carriersAreLostEvenIfMirrorsTakeNoTime() {
        bench.times = Times.PRESETS.get("instant");
        bench.configure("a=1-2");
        bench.configure("b=1-3");
        assertThat(bench.plant.bright()).containsExactly(1, 3);
        assertThat(bench.plant.losses(1)).as("whoever is at the other end is to notice").isEqualTo(1);
    }

    @Test
    void aReceiverThatLocksOnStartsAgainWhenItsLightIsAnother() {
        bench.times = Times.ofMillis(0, 100);
        bench.configure("a=1-2");
        bench.time.pass(60);
        bench.configure("b=1-3");
        bench.time.pass(60);
        assertThat(bench.plant.bright()).isEmpty();
        bench.time.pass(40);
        assertThat(bench.plant.bright()).containsExactly(1, 3);
    }

    /** Circuit a: its mirrors move, and its receivers lock on anew. */
    private void assertMadeAgain() {
        assertThat(bench.status("a")).isEqualTo(ConnectionStatus.PENDING_CONNECTION);
        bench.time.pass(125);
        assertThat(bench.plant.bright()).containsExactly(1, 2);
    }
}
