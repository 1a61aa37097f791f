package org.cloister.ocs.control;

import org.cloister.ocs.api.DemandPhase;
import org.cloister.testing.Killed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.ocs.control.Bench.circuit;
import static org.cloister.ocs.control.SimulatedSwitch.ports;

/** The node that decides ends at any moment; the next one carries on, and running circuits never notice. */
class RestartsTest {

    private static final Duration AWAY = Duration.ofSeconds(2);

    private final Bench bench = Bench.of("ocs-1", "ocs-2");

    private void running() {
        bench.at("ocs-1").put(ports(5, 6), "cloister:5:6");
        bench.optics.packets.put("ocs-1/5", 1000L);
        bench.establish("slice:running", circuit("ocs-1", 9, 10), circuit("ocs-2", 9, 10));
        bench.at("ocs-1").deleting = circuit -> assertThat(circuit.ports()).isNotEqualTo(ports(9, 10));
        bench.at("ocs-2").deleting = circuit -> assertThat(circuit.ports()).isNotEqualTo(ports(9, 10));
    }

    private void ask() {
        bench.demand("slice:a", circuit("ocs-1", 1, 5), circuit("ocs-2", 2, 6));
    }

    private void judge() {
        bench.until("slice:a", DemandPhase.ESTABLISHED);
        bench.time.pass(Duration.ofMinutes(2));
        assertThat(bench.status("slice:a").phase()).isEqualTo(DemandPhase.ESTABLISHED);
        assertThat(bench.status("slice:running").phase()).isEqualTo(DemandPhase.ESTABLISHED);
        assertThat(bench.at("ocs-1").circuits()).containsOnlyKeys(ports(1, 5), ports(9, 10));
        assertThat(bench.at("ocs-2").circuits()).containsOnlyKeys(ports(2, 6), ports(9, 10));
        assertThat(bench.at("ocs-1").isPending() || bench.at("ocs-2").isPending()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(value = DemandPhase.class, names = {"PLANNED", "DRAINING", "SWITCHING", "TUNING", "VERIFYING",
        "ESTABLISHED"})
    void nextLeaderCompletesAMove(DemandPhase phase) {
        running();
        bench.at("ocs-1").switching = Duration.ofMillis(200);
        ask();
        bench.until("slice:a", phase);
        bench.kill();
        bench.time.pass(AWAY);
        bench.start();
        judge();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 13, 21, 26, 28, 29, 31, 34, 40, 60})
    void leaderMayEndAtAnyMillisecondOfSwitching(int millis) {
        running();
        bench.optics.packets.clear();
        ask();
        bench.time.pass(Duration.ofMillis(millis));
        bench.kill();
        bench.time.pass(AWAY);
        bench.start();
        judge();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void leaderMayEndBetweenAWriteAndWhatFollows(int write) {
        running();
        bench.optics.packets.clear();
        ask();
        killAfter(write);
        bench.time.pass(Duration.ofSeconds(5));
        bench.kill();
        bench.start();
        judge();
    }

    private void killAfter(int writes) {
        bench.storage.meanwhile("cloister-circuit-demands", "replace", () -> {
            if (writes == 1) {
                bench.optics.forgetListeners();
                throw new Killed();
            }
            killAfter(writes - 1);
        });
    }

    @ParameterizedTest
    @EnumSource(value = DemandPhase.class, names = {"PLANNED", "DRAINING", "SWITCHING", "TUNING", "VERIFYING"})
    void nextLeaderWaitsForSwitchesThatItDoesNotReachYet(DemandPhase phase) {
        running();
        bench.at("ocs-1").switching = Duration.ofMillis(200);
        ask();
        bench.until("slice:a", phase);
        bench.kill();
        bench.at("ocs-1").disconnect();
        bench.time.pass(Duration.ofMinutes(1));
        bench.start();
        bench.time.pass(Duration.ofSeconds(5));
        bench.at("ocs-1").connect();
        judge();
    }

    @Test
    void nextLeaderCompletesARollBack() {
        running();
        bench.optics.packets.clear();
        bench.at("ocs-1").misSteered.put("1", "7");
        ask();
        bench.until("slice:a", DemandPhase.ROLLING_BACK);
        bench.kill();
        bench.time.pass(AWAY);
        bench.start();
        bench.until("slice:a", DemandPhase.FAILED);
        bench.time.pass(Duration.ofSeconds(30));
        assertThat(bench.at("ocs-1").circuits()).containsOnlyKeys(ports(5, 6), ports(9, 10));
        assertThat(bench.at("ocs-2").circuits()).containsOnlyKeys(ports(9, 10));
    }

    @Test
    void controllerThatStaysAwayTakesNothingThatRunsWithIt() {
        running();
        bench.optics.packets.clear();
        ask();
        bench.until("slice:a", DemandPhase.VERIFYING);
        bench.kill();
        bench.time.pass(Duration.ofMinutes(10));
        assertThat(bench.at("ocs-1").circuits()).containsOnlyKeys(ports(1, 5), ports(9, 10));
        bench.start();
        judge();
    }

    @Test
    void changeThatNobodyConfirmedUndoesItself() {
        running();
        bench.optics.packets.clear();
        bench.at("ocs-1").switching = Duration.ofSeconds(5);
        ask();
        bench.until("slice:a", DemandPhase.TUNING);
        bench.kill();
        bench.time.pass(Duration.ofMinutes(1));
        assertThat(bench.at("ocs-1").circuits()).containsOnlyKeys(ports(5, 6), ports(9, 10));
        assertThat(bench.at("ocs-2").circuits()).containsOnlyKeys(ports(9, 10));
        bench.start();
        judge();
    }

    @Test
    void storeThatFallsSilentHoldsUpAndForgetsNothing() {
        running();
        ask();
        bench.until("slice:a", DemandPhase.SWITCHING);
        bench.storage.silent(true);
        bench.time.pass(Duration.ofSeconds(30));
        bench.storage.silent(false);
        judge();
    }
}
