package org.cloister.ocs.control;

import org.assertj.core.api.AbstractThrowableAssert;
import org.cloister.driver.ocs.session.CircuitStatus;
import org.cloister.driver.ocs.session.OcsSwitch;
import org.cloister.ocs.api.CircuitRefusedException;
import org.cloister.ocs.api.DemandPhase;
import org.cloister.ocs.api.DemandStatus;
import org.cloister.ocs.api.DirectCircuits;
import org.cloister.ocs.api.OpticalCircuit;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cloister.ocs.control.Bench.circuit;
import static org.cloister.ocs.control.SimulatedSwitch.ports;

/** Demands that are carried out, refused and given up. */
class MovesTest {

    private final Bench bench = Bench.of("ocs-1", "ocs-2");

    @Test
    void demandIsCarriedOutOverTwoSwitches() {
        bench.establish("slice:a", circuit("ocs-1", 1, 5), circuit("ocs-2", 2, 6));
        assertThat(bench.at("ocs-1").circuits()).containsOnlyKeys(ports(1, 5));
        assertThat(bench.at("ocs-2").circuits()).containsOnlyKeys(ports(2, 6));
        assertThat(bench.at("ocs-1").isPending()).isFalse();
        assertThat(bench.seen).containsExactly("slice:a SWITCHING", "slice:a TUNING",
                "slice:a VERIFYING", "slice:a ESTABLISHED");
        assertThat(bench.status("slice:a").phaseMillis()).containsOnlyKeys("draining", "preparing", "setting",
                "tuning", "verifying", "discovering").containsEntry("setting", 3L).containsEntry("tuning", 25L);
    }

    @Test
    void discoveryIsShownApartFromTheTimeOfTheOptics() {
        bench.optics.optics = Duration.ofMillis(5700);
        bench.establish("slice:a", circuit("ocs-1", 1, 5));
        assertThat(bench.status("slice:a").phaseMillis().get("verifying")).isBetween(5600L, 5800L);
        assertThat(bench.status("slice:a").phaseMillis().get("discovering")).isBetween(1L, 3000L);
    }

    @Test
    void idleCircuitsGiveWayAndOthersStay() {
        bench.at("ocs-1").put(ports(1, 2), "cloister:1:2");
        bench.at("ocs-1").put(ports(5, 6), "cloister:5:6");
        bench.at("ocs-1").put(ports(7, 8), "cloister:7:8");
        bench.establish("slice:a", circuit("ocs-1", 1, 5));
        assertThat(bench.at("ocs-1").circuits()).containsOnlyKeys(ports(1, 5), ports(7, 8));
        assertThat(bench.at("ocs-1").transactions).isEqualTo(1);
    }

    @Test
    void circuitsOfOthersAreRefused() {
        bench.establish("slice:a", circuit("ocs-1", 1, 5));
        bench.at("ocs-1").put(ports(7, 8), "somebody");
        bench.time.pass(Duration.ofSeconds(1));
        assertRefused(CircuitRefusedException.Reason.HELD, circuit("ocs-1", 1, 6)).hasMessageContaining("slice:a");
        assertRefused(CircuitRefusedException.Reason.FOREIGN, circuit("ocs-1", 2, 8)).hasMessageContaining("somebody");
        assertRefused(CircuitRefusedException.Reason.UNKNOWN_PORT, circuit("ocs-1", 2, 17)).hasMessageContaining("17");
        // what is wrong for good, though the other port is held
        assertRefused(CircuitRefusedException.Reason.UNKNOWN_PORT, circuit("ocs-1", 1, 17)).hasMessageContaining("17");
        assertRefused(CircuitRefusedException.Reason.UNKNOWN_SWITCH, circuit("ocs-9", 2, 3));
        bench.at("ocs-2").disconnect();
        bench.time.pass(Duration.ofSeconds(1));
        assertRefused(CircuitRefusedException.Reason.UNAVAILABLE, circuit("ocs-2", 2, 3))
                .hasMessageContaining("management is dead");
        assertThat(bench.circuits.demands()).containsOnlyKeys("slice:a");
    }

    private AbstractThrowableAssert<?, ?> assertRefused(CircuitRefusedException.Reason reason,
                                                                           OpticalCircuit circuit) {
        return assertThatThrownBy(() -> bench.demand("slice:b", circuit))
                .isInstanceOfSatisfying(CircuitRefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @Test
    void circuitsOfSeveralOwnersStayUntilTheLastGivesThemUp() {
        bench.establish("slice:a", circuit("ocs-1", 1, 5));
        bench.establish("slice:b", circuit("ocs-1", 1, 5), circuit("ocs-1", 2, 6));
        bench.circuits.release("slice:a");
        bench.time.pass(Duration.ofSeconds(1));
        assertThat(bench.circuits.demands()).containsOnlyKeys("slice:b");
        assertThatThrownBy(() -> bench.demand("slice:c", circuit("ocs-1", 1, 6)))
                .isInstanceOf(CircuitRefusedException.class);
        bench.circuits.release("slice:b");
        bench.establish("slice:c", circuit("ocs-1", 1, 6));
        assertThat(bench.at("ocs-1").circuits()).containsOnlyKeys(ports(1, 6));
    }

    @Test
    void disconnectRemovesWhatNobodyElseWants() {
        bench.establish("slice:a", circuit("ocs-1", 1, 5), circuit("ocs-1", 2, 6));
        bench.establish("slice:b", circuit("ocs-1", 1, 5));
        bench.circuits.disconnect("slice:a");
        bench.time.pass(Duration.ofSeconds(1));
        assertThat(bench.at("ocs-1").circuits()).containsOnlyKeys(ports(1, 5));
        assertThat(bench.circuits.demands()).containsOnlyKeys("slice:b");
    }

    @Test
    void idleCircuitsThatCarryPacketsAreWaitedForButNotForEver() {
        bench.at("ocs-1").put(ports(1, 2), "cloister:1:2");
        bench.optics.packets.put("ocs-1/1", 1000L);
        bench.time.pass(Duration.ofSeconds(5));
        bench.demand("slice:a", circuit("ocs-1", 1, 5));
        bench.until("slice:a", DemandPhase.DRAINING);
        bench.time.pass(Duration.ofSeconds(1));
        assertThat(bench.status("slice:a").phase()).isEqualTo(DemandPhase.DRAINING);
        bench.until("slice:a", DemandPhase.ESTABLISHED);
        assertThat(bench.status("slice:a").phaseMillis().get("draining")).isBetween(1900L, 2100L);
    }

    @Test
    void demandsForOtherPortsDoNotWaitForEachOther() {
        bench.optics.optics = Duration.ofSeconds(5);
        bench.demand("slice:a", circuit("ocs-1", 1, 5));
        bench.demand("slice:b", circuit("ocs-1", 2, 6));
        bench.time.pass(Duration.ofSeconds(1));
        assertThat(bench.status("slice:a").phase()).isEqualTo(DemandPhase.VERIFYING);
        assertThat(bench.status("slice:b").phase()).isEqualTo(DemandPhase.VERIFYING);
    }

    @Test
    void mirrorThatIsStuckRollsBackAndIsQuarantined() {
        bench.at("ocs-1").put(ports(1, 2), "cloister:1:2");
        bench.at("ocs-1").stuck.add("5");
        bench.time.pass(Duration.ofSeconds(5));
        bench.demand("slice:a", circuit("ocs-1", 1, 5), circuit("ocs-2", 1, 5));
        DemandStatus failed = bench.until("slice:a", DemandPhase.FAILED);
        assertThat(failed.reason().orElse("")).contains("ocs-1", "5");
        bench.time.pass(Duration.ofSeconds(1));
        assertThat(bench.at("ocs-1").circuits()).containsOnlyKeys(ports(1, 2));
        assertThat(bench.at("ocs-2").circuits()).isEmpty();
        assertThat(quarantined()).contains("ocs-1/5");
        assertThat(bench.circuits.quarantined("ocs-1")).containsKey("5");
        assertThat(bench.circuits.quarantined("ocs-2")).isEmpty();
        assertRefused(CircuitRefusedException.Reason.UNUSABLE, circuit("ocs-1", 5, 6));
        assertThat(bench.circuits.unquarantine("ocs-1", "5")).isTrue();
        bench.at("ocs-1").stuck.clear();
        bench.establish("slice:b", circuit("ocs-1", 5, 6));
    }

    @Test
    void idleCircuitOfAQuarantinedPortCanBeRemoved() {
        bench.at("ocs-1").misSteered.put("1", "7");
        bench.demand("slice:a", circuit("ocs-1", 1, 5));
        bench.until("slice:a", DemandPhase.FAILED);
        bench.circuits.release("slice:a");
        bench.at("ocs-1").put(ports(1, 5), "cloister:1:5");
        bench.at("ocs-1").say(ports(1, 5), CircuitStatus.FAILED, "mirror 1 is lost");
        bench.time.pass(Duration.ofSeconds(5));
        assertThat(quarantined()).containsExactly("ocs-1/1");
        DirectCircuits direct = new DirectCircuits(bench.circuits);
        CompletableFuture<Boolean> gone = direct.disconnect(circuit("ocs-1", 1, 5)).orElseThrow();
        bench.time.pass(Duration.ofSeconds(5));
        assertThat(gone).isCompletedWithValue(true);
        assertThat(bench.at("ocs-1").circuits()).isEmpty();
        assertThat(bench.circuits.demands()).isEmpty();
    }

    private Set<String> quarantined() {
        return bench.circuits.view().switches().stream().flatMap(each -> each.ports().stream()
                .filter(port -> port.quarantine().isPresent()).map(port -> each.name() + "/" + port.name()))
                .collect(Collectors.toSet());
    }

    @Test
    void mirrorThatPointsElsewhereIsFoundByTheNeighbours() {
        bench.at("ocs-1").misSteered.put("1", "7");
        bench.demand("slice:a", circuit("ocs-1", 1, 5));
        DemandStatus failed = bench.until("slice:a", DemandPhase.FAILED);
        assertThat(failed.reason().orElse("")).contains("leaf-ocs-1/1 hears leaf-ocs-1/7 and not leaf-ocs-1/5");
        assertThat(quarantined()).containsExactly("ocs-1/1");
        assertThat(bench.at("ocs-1").circuits()).isEmpty();
    }

    @Test
    void firstFailureIsTriedOnceMore() {
        bench.at("ocs-1").invalid.add("5");
        bench.demand("slice:a", circuit("ocs-1", 1, 5));
        bench.time.until("an entry that is invalid", Duration.ofSeconds(5), () -> bench.at("ocs-1").circuits().values()
                .stream().anyMatch(each -> each.status() == CircuitStatus.INVALID));
        bench.at("ocs-1").invalid.clear();
        bench.until("slice:a", DemandPhase.ESTABLISHED);
        assertThat(bench.metrics.prometheusText()).contains("cloister_circuit_retries_total 1.0");
    }

    @Test
    void weakLightFailsWithItsPort() {
        bench.at("ocs-1").weak.put("5", 12.0);
        bench.demand("slice:a", circuit("ocs-1", 1, 5));
        DemandStatus failed = bench.until("slice:a", DemandPhase.FAILED);
        assertThat(failed.reason().orElse("")).contains("-12.00 dBm").contains("leaf-ocs-1/5").contains("port 5");
        assertThat(quarantined()).containsExactly("ocs-1/5");
    }

    @Test
    void answerThatDoesNotComeIsReadBack() {
        bench.at("ocs-1").silentAnswer = true;
        bench.establish("slice:a", circuit("ocs-1", 1, 5));
        assertThat(bench.at("ocs-1").circuits()).containsOnlyKeys(ports(1, 5));
        bench.time.pass(Duration.ofMinutes(1));
        assertThat(bench.at("ocs-1").circuits()).containsOnlyKeys(ports(1, 5));
        assertThat(bench.at("ocs-1").isPending()).isFalse();
    }

    @Test
    void otherWriterIsNamed() {
        bench.at("ocs-1").secondWriter = Optional.of("controller-2");
        bench.demand("slice:a", circuit("ocs-1", 1, 5), circuit("ocs-2", 1, 5));
        DemandStatus failed = bench.until("slice:a", DemandPhase.FAILED);
        assertThat(failed.reason().orElse("")).contains("another controller is the writer", "controller-2");
        assertThat(bench.at("ocs-2").circuits()).isEmpty();
    }

    @Test
    void switchThatGoesAwayDuringAMoveIsCleanedUpWhenItIsBack() {
        bench.at("ocs-2").put(ports(1, 2), "cloister:1:2");
        bench.time.pass(Duration.ofSeconds(5));
        bench.at("ocs-2").silentAnswer = true;
        bench.demand("slice:a", circuit("ocs-1", 1, 5), circuit("ocs-2", 1, 5));
        bench.until("slice:a", DemandPhase.TUNING);
        bench.at("ocs-2").disconnect();
        DemandStatus failed = bench.until("slice:a", DemandPhase.FAILED);
        assertThat(failed.reason().orElse("")).contains("ocs-2");
        bench.time.pass(Duration.ofSeconds(30));
        assertThat(bench.at("ocs-1").circuits()).isEmpty();
        bench.at("ocs-2").connect();
        bench.time.pass(Duration.ofSeconds(30));
        assertThat(bench.at("ocs-2").circuits()).containsOnlyKeys(ports(1, 2));
        assertThat(bench.storage.map("cloister-circuit-debts").size()).isZero();
    }

    @Test
    void circuitThatIsThereAlreadyIsEstablishedWithoutTouchingIt() {
        bench.at("ocs-1").put(ports(1, 5), "cloister:1:5");
        bench.time.pass(Duration.ofSeconds(5));
        bench.establish("slice:a", circuit("ocs-1", 1, 5));
        assertThat(bench.at("ocs-1").transactions).isZero();
    }

    @Test
    void foreignCircuitIsKeptAsItIs() {
        bench.at("ocs-1").put(ports(1, 5), "somebody");
        bench.time.pass(Duration.ofSeconds(5));
        bench.establish("slice:a", circuit("ocs-1", 1, 5));
        bench.circuits.disconnect("slice:a");
        bench.time.pass(Duration.ofSeconds(5));
        assertThat(bench.at("ocs-1").circuits()).containsOnlyKeys(ports(1, 5));
        assertThat(bench.circuits.demands()).isEmpty();
    }

    @Test
    void failedChangeLeavesWhatWasEstablishedToItsOwner() {
        bench.establish("slice:a", circuit("ocs-1", 1, 5));
        bench.at("ocs-1").stuck.add("6");
        bench.demand("slice:a", circuit("ocs-1", 1, 5), circuit("ocs-1", 2, 6));
        bench.until("slice:a", DemandPhase.FAILED);
        assertThat(bench.at("ocs-1").circuits()).containsOnlyKeys(ports(1, 5));
        assertRefused(CircuitRefusedException.Reason.HELD, circuit("ocs-1", 1, 3));
        bench.demand("slice:a", circuit("ocs-1", 1, 5));
        bench.until("slice:a", DemandPhase.ESTABLISHED);
    }

    @Test
    void demandThatFailedIsTriedAgainWhenItIsAskedForAgain() {
        bench.at("ocs-1").secondWriter = Optional.of("controller-2");
        bench.demand("slice:a", circuit("ocs-1", 1, 5));
        bench.until("slice:a", DemandPhase.FAILED);
        bench.at("ocs-1").secondWriter = Optional.empty();
        bench.establish("slice:a", circuit("ocs-1", 1, 5));
    }

    @Test
    void timesOfAnEarlierMoveAreNotShownForTheNext() {
        bench.optics.optics = Duration.ofSeconds(2);
        bench.establish("slice:a", circuit("ocs-1", 1, 5));
        assertThat(bench.status("slice:a").phaseMillis()).containsKey("verifying");
        bench.at("ocs-1").secondWriter = Optional.of("controller-2");
        bench.demand("slice:a", circuit("ocs-1", 1, 6));
        assertThat(bench.until("slice:a", DemandPhase.SWITCHING).phaseMillis()).containsOnlyKeys("draining");
        assertThat(bench.until("slice:a", DemandPhase.FAILED).phaseMillis()).containsOnlyKeys("draining");
    }

    @Test
    void demandThatWaitsForItsSwitchTellsUntilWhen() {
        bench.at("ocs-1").put(ports(1, 2), "cloister:1:2");
        bench.time.pass(Duration.ofSeconds(5));
        bench.demand("slice:a", circuit("ocs-1", 1, 5));
        bench.at("ocs-1").disconnect();
        bench.optics.shown.replaceAll((name, each) -> name.equals("ocs-1") ? OcsSwitch.builder().from(each)
                .connected(false).trouble("management is dead").build() : each);
        bench.time.pass(Duration.ofSeconds(1));
        DemandStatus waits = bench.status("slice:a");
        assertThat(waits.phase()).isEqualTo(DemandPhase.PLANNED);
        assertThat(waits.deadline()).contains(waits.since().plus(bench.limits.planning()));
        bench.time.pass(bench.limits.planning());
        assertThat(bench.status("slice:a").phase()).isEqualTo(DemandPhase.FAILED);
        assertThat(bench.status("slice:a").phaseMillis()).isEmpty();
    }

    @Test
    void changeOfMindDuringAMoveIsFollowed() {
        bench.demand("slice:a", circuit("ocs-1", 1, 5));
        bench.until("slice:a", DemandPhase.SWITCHING);
        bench.establish("slice:a", circuit("ocs-1", 1, 6));
        assertThat(bench.at("ocs-1").circuits()).containsOnlyKeys(ports(1, 6));
        bench.demand("slice:a", circuit("ocs-1", 2, 7));
        bench.until("slice:a", DemandPhase.SWITCHING);
        bench.circuits.release("slice:a");
        bench.time.pass(Duration.ofSeconds(10));
        assertThat(bench.circuits.demands()).isEmpty();
        assertThat(bench.at("ocs-1").isPending()).isFalse();
    }
}
