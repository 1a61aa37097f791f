package org.cloister.ocs.control;

import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.ocs.planning.SwitchChange;
import org.cloister.testing.VirtualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.ocs.control.Bench.circuit;

/** Orders that do not come to their regular end. */
class FlightsTest {

    private final VirtualTime time = new VirtualTime();
    private final SimulatedOptics optics = new SimulatedOptics(time, 1);
    private final SimulatedSwitch one = optics.add("ocs-1", 16);
    private final SimulatedSwitch other = optics.add("ocs-2", 16);
    private final Flights flights = new Flights(optics, time, time.clock(), () -> { });

    private void start() {
        SortedMap<String, SwitchChange> changes = SwitchChange.of(List.of(), List.of(circuit("ocs-1", 1, 5),
                circuit("ocs-2", 1, 5)));
        flights.start(FlightOrder.builder().owner("slice:a").kind(FlightOrder.Kind.MOVE).began(time.now()).serial(1)
                .changes(changes).facts(Switches.facts(optics.switches(), Map.of(), true)).build(),
                Limits.defaults());
    }

    @Test
    void answerThatCannotBeDealtWithEndsItAsFailed() {
        one.nullAnswer = true;
        start();
        time.pass(Duration.ofMinutes(1));
        FlightReport report = flights.reports().get("slice:a");
        assertThat(report.ended()).isPresent();
        assertThat(report.succeeded()).isFalse();
        assertThat(report.failures().get("ocs-1")).contains("cannot be dealt with");
        assertThat(other.circuits()).isEmpty();
        assertThat(other.isPending()).isFalse();
        one.nullAnswer = false;
        flights.forget("slice:a");
        start();
        time.pass(Duration.ofMinutes(1));
        assertThat(flights.reports().get("slice:a").succeeded()).as("the switches are free again").isTrue();
    }

    /** Prepared after 3 ms, told after 6, settled after 34. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void leaderThatIsDeposedTellsSwitchesNothing(int millis) {
        start();
        time.pass(Duration.ofMillis(millis));
        flights.clear();
        time.pass(Duration.ofSeconds(5));
        assertThat(one.transactions + other.transactions).isZero();
    }

    @Test
    void leaderThatIsDeposedLeavesItToTheNextWhatIsConfirmed() {
        start();
        time.pass(Duration.ofMillis(20));
        flights.clear();
        time.pass(Duration.ofSeconds(5));
        assertThat(one.isPending()).isTrue();
        assertThat(other.isPending()).isTrue();
    }

    @Test
    void leaderThatIsDeposedDoesNotTryAgainWhatWasStale() {
        start();
        time.pass(Duration.ofMillis(4));
        one.put(CircuitPorts.of("9", "10"), "somebody");
        flights.clear();
        time.pass(Duration.ofSeconds(5));
        assertThat(one.transactions).isZero();
        assertThat(other.transactions).as("was told before").isEqualTo(1);
    }
}
