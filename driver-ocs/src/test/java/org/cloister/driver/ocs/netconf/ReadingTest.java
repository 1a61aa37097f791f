package org.cloister.driver.ocs.netconf;

import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitState;
import org.cloister.driver.ocs.session.CircuitStatus;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;
import org.cloister.driver.ocs.session.PortState;
import org.cloister.driver.ocs.session.PortStatus;
import org.cloister.driver.ocs.session.Snapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReadingTest {

    private static final CircuitPorts CIRCUIT = CircuitPorts.of("1", "9");

    private final ScriptedSwitch ocs = new ScriptedSwitch(16).showing("1>9");

    @ParameterizedTest
    @CsvSource({
        "ENABLED, true, UNKNOWN, UNKNOWN, ",
        "UNSUPPORTED, true, UNKNOWN, UNKNOWN, ",
        "'', true, UNKNOWN, UNKNOWN, ",
        "DISABLED, false, BLOCKED, FAILED, port 9 is disabled",
        "FAILED, true, FAILED, FAILED, port 9 has failed",
    })
    void portsSayWhatIsBroken(String status, boolean enabled, PortStatus shown, CircuitStatus circuit, String why)
            throws Exception {
        ocs.statuses.put(9, status);
        PortState port = read().ports().get("9");
        assertThat(port.enabled()).isEqualTo(enabled);
        assertThat(port.status()).isEqualTo(shown);
        assertThat(read().circuits().get(CIRCUIT).status()).isEqualTo(circuit);
        assertThat(read().circuits().get(CIRCUIT).reason().orElse(null)).isEqualTo(why);
    }

    @Test
    void lightLeavesAtTheEgressAndEntersElsewhere() throws Exception {
        light(Map.of(1, -2.0, 9, -3.5, 5, -60.0, 6, -1.0));
        Snapshot snapshot = read();
        assertThat(snapshot.ports().get("1").inputPowerDbm()).hasValue(-2.0);
        assertThat(snapshot.ports().get("1").outputPowerDbm()).isEmpty();
        assertThat(snapshot.ports().get("9").outputPowerDbm()).hasValue(-3.5);
        assertThat(snapshot.ports().get("9").inputPowerDbm()).isEmpty();
        // no light at all
        assertThat(snapshot.ports().get("5").inputPowerDbm()).isEmpty();
        assertThat(snapshot.ports().get("6").inputPowerDbm()).hasValue(-1.0);
        assertThat(snapshot.circuits().get(CIRCUIT).status()).isEqualTo(CircuitStatus.CONNECTED);
    }

    @Test
    void lightThatIsLostInsideIsAFailure() throws Exception {
        ocs.showing("9>1");
        light(Map.of(9, -2.0, 1, -70.0));
        CircuitState circuit = read().circuits().get(CIRCUIT);
        assertThat(circuit.status()).isEqualTo(CircuitStatus.FAILED);
        assertThat(circuit.reason()).contains("light enters at port 9 and does not leave at port 1");
    }

    @Test
    void darkFibreIsNoFailure() throws Exception {
        light(Map.of(1, -70.0, 9, -70.0));
        assertThat(read().circuits().get(CIRCUIT).status()).isEqualTo(CircuitStatus.UNKNOWN);
    }

    @Test
    void switchWithoutPortsIsNoSwitchWithoutCircuits() {
        ocs.statuses.clear();
        assertThatThrownBy(this::read).isInstanceOfSatisfying(OcsException.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.UNSUPPORTED);
            assertThat(refused).hasMessageContaining("no ports");
        });
    }

    @Test
    void numberThatIsNoneIsNamed() {
        ocs.answering("get", "<data><port-config xmlns='" + PolatisModel.NAMESPACE
                + "'><port><port-id>one</port-id></port></port-config></data>");
        assertThatThrownBy(this::read).isInstanceOf(OcsException.class).hasMessageContaining("port/port-id")
                .hasMessageContaining("'one'");
    }

    @Test
    void portsOfOtherNamesAreUnknown() throws Exception {
        Reading reading = reading();
        assertThat(reading.port("16")).isEqualTo(16);
        for (String name : List.of("17", "01", "x", "")) {
            assertThatThrownBy(() -> reading.port(name)).isInstanceOfSatisfying(OcsException.class,
                    refused -> assertThat(refused.reason()).isEqualTo(Reason.UNKNOWN_PORT));
        }
    }

    private void light(Map<Integer, Double> powers) {
        ocs.powers.clear();
        ocs.powers.add(powers);
    }

    private Snapshot read() throws Exception {
        return reading().snapshot();
    }

    private Reading reading() throws Exception {
        return Reading.of(new ScriptedServer(List.of("base:1.1"), ocs).open(), Deadline.in(Duration.ofSeconds(1)));
    }
}
