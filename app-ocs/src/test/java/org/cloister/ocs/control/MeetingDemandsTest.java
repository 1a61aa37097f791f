package org.cloister.ocs.control;

import org.cloister.driver.ocs.session.Capability;
import org.cloister.driver.ocs.session.CircuitStatus;
import org.cloister.ocs.api.DemandPhase;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.ocs.control.Bench.circuit;
import static org.cloister.ocs.control.SimulatedSwitch.ports;

/** Demands that want something of the same switch at the same moment, and what an owner had before it wants more. */
class MeetingDemandsTest {

    private final Bench bench = Bench.of("ocs-1", "ocs-2");

    @Test
    void circuitsWithoutNamesThatAreMadeAtOnceForSeveralAreAllOurs() {
        bench.at("ocs-1").capabilities.remove(Capability.NAMED_CIRCUITS);
        bench.establish("slice:z", circuit("ocs-1", 9, 10));
        bench.circuits.release("slice:z");
        bench.at("ocs-1").lose(ports(9, 10));
        bench.demand("slice:a", circuit("ocs-1", 1, 5));
        bench.demand("slice:b", circuit("ocs-1", 2, 6));
        bench.until("slice:a", DemandPhase.ESTABLISHED);
        bench.until("slice:b", DemandPhase.ESTABLISHED);
        assertThat(bench.circuits.view().circuits()).extracting(each -> each.circuit() + " " + each.foreign())
                .containsExactly("ocs-1 1 to 5 false", "ocs-1 2 to 6 false");
        bench.circuits.release("slice:a");
        bench.circuits.release("slice:b");
        bench.establish("slice:c", circuit("ocs-1", 1, 6));
        assertThat(bench.at("ocs-1").circuits()).containsOnlyKeys(ports(1, 6));
    }

    @Test
    void circuitThatIsTakenBackFromOneIsNotGivenToAnotherMeanwhile() {
        bench.establish("slice:a", circuit("ocs-1", 1, 5));
        bench.at("ocs-1").latency = Duration.ofMillis(200);
        bench.circuits.disconnect("slice:a");
        bench.until("slice:a", DemandPhase.ROLLING_BACK);
        bench.establish("slice:b", circuit("ocs-1", 1, 5));
        assertThat(bench.at("ocs-1").circuits()).containsOnlyKeys(ports(1, 5));
        bench.time.pass(Duration.ofSeconds(30));
        assertThat(bench.seen).doesNotContain("slice:b BROKEN");
    }

    @Test
    void circuitThatWasLostAndIsMadeAgainStaysThoughTheRestFails() {
        bench.establish("slice:a", circuit("ocs-1", 1, 5));
        bench.at("ocs-2").dark.add("6");
        bench.at("ocs-1").lose(ports(1, 5));
        bench.demand("slice:a", circuit("ocs-1", 1, 5), circuit("ocs-2", 2, 6));
        bench.until("slice:a", DemandPhase.FAILED);
        bench.time.pass(Duration.ofSeconds(5));
        assertThat(bench.at("ocs-1").circuits()).containsOnlyKeys(ports(1, 5));
        assertThat(bench.at("ocs-2").circuits()).isEmpty();
    }

    @Test
    void circuitThatWasFoundInvalidIsMadeAgainWhenThatHasPassedAndItsPortsLeaveQuarantine() {
        bench.establish("slice:a", circuit("ocs-1", 1, 5));
        bench.at("ocs-1").invalid.add("5");
        bench.at("ocs-1").say(ports(1, 5), CircuitStatus.INVALID, "port 5 cannot be reached");
        bench.until("slice:a", DemandPhase.BROKEN);
        bench.time.until("port 5 is in quarantine", Duration.ofMinutes(1), () -> bench.metrics.prometheusText()
                .contains("cloister_circuit_quarantined_ports 1"));
        bench.at("ocs-1").invalid.clear();
        bench.until("slice:a", DemandPhase.ESTABLISHED);
        bench.time.pass(Duration.ofSeconds(10));
        assertThat(bench.metrics.prometheusText()).contains("cloister_circuit_quarantined_ports 0");
        assertThat(bench.circuits.view().switches().get(0).ports()).allMatch(port -> port.quarantine().isEmpty());
    }
}
