package org.cloister.ocs.control;

import org.cloister.driver.ocs.session.Capability;
import org.cloister.driver.ocs.session.CircuitStatus;
import org.cloister.ocs.api.DemandPhase;
import org.cloister.ocs.api.DemandStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.ocs.control.Bench.circuit;
import static org.cloister.ocs.control.SimulatedSwitch.ports;

/** What becomes of circuits after they were established. */
class WatchTest {

    private final Bench bench = Bench.of("ocs-1", "ocs-2");

    @BeforeEach
    void establish() {
        bench.establish("slice:a", circuit("ocs-1", 1, 5), circuit("ocs-1", 2, 6));
    }

    @Test
    void lossOfLightIsToldWithItsPortAndMends() {
        bench.at("ocs-1").dark.add("5");
        bench.at("ocs-1").touched();
        DemandStatus broken = bench.until("slice:a", DemandPhase.BROKEN);
        assertThat(broken.reason().orElse("")).contains("no light comes in from leaf-ocs-1/5 at port 5");
        assertThat(broken.troubles()).containsOnlyKeys(circuit("ocs-1", 1, 5));
        bench.at("ocs-1").dark.clear();
        bench.at("ocs-1").touched();
        bench.until("slice:a", DemandPhase.ESTABLISHED);
        assertThat(bench.at("ocs-1").transactions).isEqualTo(1);
    }

    @Test
    void lightThatGrowsWeakIsToldAtOnceAndMends() {
        bench.at("ocs-1").weak.put("5", 20.0);
        bench.at("ocs-1").touched();
        bench.time.pass(Duration.ofSeconds(5));
        assertThat(bench.seen).contains("slice:a BROKEN");
        assertThat(bench.until("slice:a", DemandPhase.BROKEN).reason().orElse("")).contains("too little light", "port 5");
        bench.at("ocs-1").weak.clear();
        bench.at("ocs-1").touched();
        bench.until("slice:a", DemandPhase.ESTABLISHED);
        assertThat(bench.at("ocs-1").transactions).isEqualTo(1);
    }

    @Test
    void lightThatIsBackAtOnceIsNoTrouble() {
        bench.at("ocs-1").say(ports(1, 5), CircuitStatus.FAILED, "for a moment");
        bench.time.pass(Duration.ofMillis(100));
        bench.at("ocs-1").say(ports(1, 5), CircuitStatus.CONNECTED, "");
        bench.time.pass(Duration.ofSeconds(5));
        assertThat(bench.seen).doesNotContain("slice:a BROKEN");
    }

    @Test
    void circuitThatFailsIsBrokenUntilItWorksAgain() {
        bench.at("ocs-1").say(ports(1, 5), CircuitStatus.FAILED, "mirror 5 is broken");
        assertThat(bench.until("slice:a", DemandPhase.BROKEN).reason().orElse("")).contains("mirror 5 is broken");
        bench.at("ocs-1").say(ports(1, 5), CircuitStatus.CONNECTED, "");
        bench.until("slice:a", DemandPhase.ESTABLISHED);
    }

    @Test
    void entryThatIsImpossibleIsRemovedOnceNobodyWantsIt() {
        bench.at("ocs-1").put(ports(3, 7), "somebody");
        bench.at("ocs-1").say(ports(3, 7), CircuitStatus.INVALID, "of somebody else");
        bench.at("ocs-1").say(ports(1, 5), CircuitStatus.INVALID, "ports cannot be joined");
        // who left it left before it was told
        bench.demand("slice:a", circuit("ocs-1", 2, 6));
        bench.time.pass(Duration.ofSeconds(5));
        assertThat(bench.at("ocs-1").circuits()).containsOnlyKeys(ports(2, 6), ports(3, 7));
        assertThat(bench.storage.map("cloister-circuit-debts").size()).isZero();
        bench.demand("slice:a");
        bench.time.pass(Duration.ofSeconds(5));
        assertThat(bench.at("ocs-1").circuits()).as("light stays").containsOnlyKeys(ports(2, 6), ports(3, 7));
    }

    @Test
    void circuitsLostWithThePowerAreMadeAgainAndOthersAreNotTouched() {
        bench.at("ocs-1").reboot();
        bench.time.pass(Duration.ofSeconds(5));
        // meanwhile somebody else has taken a port
        bench.at("ocs-1").put(ports(2, 9), "somebody");
        bench.at("ocs-1").connect();
        bench.until("slice:a", DemandPhase.BROKEN);
        bench.time.pass(Duration.ofMinutes(5));
        assertThat(bench.at("ocs-1").circuits()).containsOnlyKeys(ports(1, 5), ports(2, 9));
        assertThat(bench.status("slice:a").phase()).isEqualTo(DemandPhase.BROKEN);
        bench.at("ocs-1").lose(ports(2, 9));
        bench.time.pass(Duration.ofMinutes(2));
        assertThat(bench.status("slice:a").phase()).isEqualTo(DemandPhase.ESTABLISHED);
    }

    @Test
    void managementThatIsDeadChangesNothing() {
        bench.at("ocs-1").disconnect();
        bench.time.pass(Duration.ofMinutes(5));
        assertThat(bench.status("slice:a").phase()).isEqualTo(DemandPhase.ESTABLISHED);
        bench.at("ocs-1").connect();
        bench.time.pass(Duration.ofMinutes(1));
        assertThat(bench.status("slice:a").phase()).isEqualTo(DemandPhase.ESTABLISHED);
        assertThat(bench.at("ocs-1").transactions).isEqualTo(1);
    }

    @Test
    void mirrorThatMovesByItselfIsFoundByTheNeighbours() {
        bench.at("ocs-1").mirrors.put("1", "9");
        bench.at("ocs-1").touched();
        bench.time.until("the other neighbour is named", Duration.ofSeconds(10), () -> bench.status("slice:a").reason()
                .filter(why -> why.contains("leaf-ocs-1/1 hears leaf-ocs-1/9 and not leaf-ocs-1/5")).isPresent());
        assertThat(bench.status("slice:a").phase()).isEqualTo(DemandPhase.BROKEN);
    }

    @Test
    void brokenCircuitKeepsNobodyFromAnother() {
        bench.at("ocs-1").dark.add("5");
        bench.at("ocs-1").touched();
        bench.until("slice:a", DemandPhase.BROKEN);
        bench.demand("slice:a", circuit("ocs-1", 1, 5), circuit("ocs-1", 2, 6), circuit("ocs-2", 3, 7));
        bench.until("slice:a", DemandPhase.VERIFYING);
        DemandStatus broken = bench.until("slice:a", DemandPhase.BROKEN);
        assertThat(broken.troubles()).containsOnlyKeys(circuit("ocs-1", 1, 5));
        assertThat(bench.at("ocs-2").circuits()).containsOnlyKeys(ports(3, 7));
    }

    @Test
    void switchesWithoutNamesAreToldApartByWhatIsKept() {
        SimulatedSwitch plain = bench.optics.add("plain", 16);
        plain.capabilities.clear();
        plain.capabilities.add(Capability.NOTIFICATIONS);
        plain.put(ports(3, 4), "");
        bench.time.pass(Duration.ofSeconds(1));
        bench.establish("slice:b", circuit("plain", 1, 5));
        assertThat(bench.circuits.view().circuits()).filteredOn(each -> each.circuit().opticalSwitch().equals("plain"))
                .extracting(each -> each.circuit() + " " + each.foreign())
                .containsExactly("plain 1 to 5 false", "plain 3 to 4 true");
        bench.circuits.release("slice:b");
        bench.establish("slice:c", circuit("plain", 1, 6));
        assertThat(plain.circuits()).containsOnlyKeys(ports(1, 6), ports(3, 4));
        bench.kill();
        bench.start();
        bench.establish("slice:c", circuit("plain", 6, 7));
        assertThat(plain.circuits()).containsOnlyKeys(ports(6, 7), ports(3, 4));
    }
}
