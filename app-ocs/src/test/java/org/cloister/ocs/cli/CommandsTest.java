package org.cloister.ocs.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.karaf.shell.support.CommandException;
import org.cloister.ocs.FakeCircuitService;
import org.cloister.ocs.api.OpticalCircuit;
import org.junit.jupiter.api.Test;
import org.onlab.osgi.ServiceNotFoundException;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CommandsTest {

    private static final OpticalCircuit IDLE = OpticalCircuit.of("ocs-1", "1", "5");

    private final FakeCircuitService circuits = new FakeCircuitService(
            Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC)).withSwitch("ocs-1", 8)
            .withSwitch("ocs-2", 4).withFibre("ocs-1", "1", "leaf-1/5").withFibre("ocs-1", "5", "spine-1/1")
            .withCircuit(IDLE).withForeign(OpticalCircuit.of("ocs-1", "7", "8"));

    @Test
    void switchesAreListedWithWhatIsWrong() throws Exception {
        circuits.trouble("ocs-2", "connection refused");
        circuits.quarantine("ocs-1", "3", "mirror stuck");
        String text = new SwitchesCommand().text(circuits);
        assertThat(lineWith(text, "ocs-1")).containsSubsequence("ocp-gnmi", "yes", "8", "2", "1", "-");
        assertThat(lineWith(text, "ocs-2")).containsSubsequence("no", "4", "0", "connection refused");
        SwitchesCommand one = new SwitchesCommand();
        one.name = "ocs-1";
        String ports = one.text(circuits);
        assertThat(ports).contains("ocs:ocs-1, ocp-gnmi");
        assertThat(lineWith(ports, "leaf-1/5")).containsSubsequence("1", "leaf-1/5", "5", "TUNED", "yes");
        assertThat(ports).contains("mirror stuck");
        one.name = "ocs-9";
        assertThatThrownBy(() -> one.text(circuits)).isInstanceOf(CommandException.class)
                .hasMessageContaining("'ocs-9'").hasMessageContaining("cloister:switches");
    }

    @Test
    void circuitsAreListedWithWhoWantsThem() throws Exception {
        circuits.demand("slice:train", Set.of(IDLE));
        circuits.hold();
        circuits.demand("admin:ocs-1:2:6", Set.of(OpticalCircuit.of("ocs-1", "2", "6")));
        circuits.fail("admin:ocs-1:2:6", "ocs-1 port 6 stays dark");
        String text = new CircuitsCommand().text(circuits);
        assertThat(lineWith(text, "1 to 5")).containsSubsequence("leaf-1/5 to spine-1/1", "CONNECTED", "slice:train");
        assertThat(lineWith(text, "2 to 6")).containsSubsequence("PLANNED", "FAILED: ocs-1 port 6 stays dark");
        SwitchesCommand ports = new SwitchesCommand();
        ports.name = "ocs-1";
        assertThat(ports.text(circuits)).as("what is wanted only is not there").contains("Circuits     2");
        assertThat(lineWith(text, "7 to 8")).contains("somebody else");
        CircuitsCommand one = new CircuitsCommand();
        one.opticalSwitch = "ocs-2";
        assertThat(one.text(circuits)).contains("(none)");
        one.opticalSwitch = "ocs-9";
        assertThatThrownBy(() -> one.text(circuits)).isInstanceOf(CommandException.class).hasMessageContaining("'ocs-9'");
    }

    @Test
    void jsonIsWhatHttpAnswers() throws Exception {
        SwitchesCommand switches = new SwitchesCommand();
        switches.name = "ocs-1";
        switches.more = List.of("--json");
        assertThat(tree(switches.text(circuits)).at("/ports/0/end").textValue()).isEqualTo("leaf-1/5");
        CircuitsCommand list = new CircuitsCommand();
        list.opticalSwitch = "ocs-1";
        list.more = List.of("--json");
        JsonNode page = tree(list.text(circuits));
        assertThat(page.get("nextCursor").isNull()).isTrue();
        assertThat(page.get("items").get(0).toString()).isEqualTo("{\"switch\":\"ocs-1\",\"ports\":[\"1\",\"5\"],"
                + "\"ends\":[\"leaf-1/5\",\"spine-1/1\"],\"state\":\"CONNECTED\",\"reason\":null,"
                + "\"name\":\"cloister:1:5\",\"foreign\":false,\"inUse\":false,\"owners\":[],\"demand\":null}");
        CircuitConnectCommand connect = connect("ocs-1", "6", "2", "--json");
        JsonNode demand = tree(connect.text(circuits)).get("demand");
        assertThat(demand.get("since").textValue()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(demand.get("phaseMillis").fieldNames()).toIterable()
                .containsExactly("draining", "preparing", "setting", "tuning", "verifying", "discovering");
    }

    @Test
    void connectingWaitsAndFailsWithTheCause() throws Exception {
        CircuitConnectCommand made = connect("ocs-1", "6", "2");
        assertThat(made.text(circuits)).contains("2 to 6", "CONNECTED", "admin:ocs-1:2:6");
        made.check();

        circuits.hold();
        CircuitConnectCommand late = connect("ocs-2", "1", "2", "--wait", "0");
        assertThat(late.text(circuits)).contains("PLANNED");
        late.check();
        CircuitConnectCommand tooLate = connect("ocs-2", "1", "2", "--wait", "1");
        tooLate.text(circuits);
        assertThatThrownBy(tooLate::check).isInstanceOf(CommandException.class).hasMessageContaining("after 1 s");

        circuits.fail("admin:ocs-2:1:2", "ocs-2 port 2 stays dark");
        CircuitConnectCommand failing = connect("ocs-2", "1", "2", "--wait", "10");
        circuits.addListener(new Runnable() {
            @Override
            public void run() {
                circuits.removeListener(this);
                circuits.fail("admin:ocs-2:1:2", "ocs-2 port 2 is still dark");
            }
        });
        failing.text(circuits);
        assertThatThrownBy(failing::check).isInstanceOf(CommandException.class)
                .hasMessageContaining("ocs-2 port 2 is still dark");
    }

    @Test
    void dryRunChangesNothing() throws Exception {
        CircuitConnectCommand command = connect("ocs-1", "1", "6", "--dry-run");
        String text = command.text(circuits);
        command.check();
        assertThat(lineWith(text, "remove")).contains("1 to 5");
        assertThat(lineWith(text, "make")).contains("1 to 6");
        assertThat(circuits.demands()).isEmpty();
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThatThrownBy(() -> run(connect("ocs-1", "5", "5"))).hasMessageContaining("both are '5'");
        assertThatThrownBy(() -> run(connect("ocs-1", "2", "6", "--wait", "601"))).hasMessageContaining("--wait 601");
        assertThatThrownBy(() -> run(connect("ocs-1", "2", "6", "7"))).hasMessageContaining("'7'");
        assertThatThrownBy(() -> run(connect("ocs-1", "2", "99"))).hasMessage("ocs-1 has no port 99");
        assertThat(circuits.demands()).isEmpty();
    }

    @Test
    void disconnectingTakesWhatNobodyElseWants() throws Exception {
        CircuitDisconnectCommand idle = disconnect("5", "1");
        assertThat(idle.text(circuits)).isEqualTo("ocs-1 1 to 5 is gone");
        idle.check();
        assertThatThrownBy(() -> run(disconnect("1", "5"))).hasMessageContaining("no circuit ocs-1 1 to 5");
        assertThatThrownBy(() -> run(disconnect("7", "8"))).hasMessageContaining("somebody else");
        circuits.demand("slice:train", Set.of(IDLE));
        assertThatThrownBy(() -> run(disconnect("1", "5"))).hasMessageContaining("slice:train");
        assertThat(circuits.view().circuits()).hasSize(2);
    }

    @Test
    void withoutWhatManagesSwitchesCommandsFail() {
        CircuitsCommand command = new CircuitsCommand() {
            @Override
            public <T> T getService(Class<T> type) {
                throw new ServiceNotFoundException("Service " + type.getName() + " not found");
            }
        };
        assertThatThrownBy(command::doExecute).isInstanceOf(CommandException.class)
                .hasMessage("what manages optical switches is not active on this node");
    }

    @Test
    void quarantineEndsByHand() throws Exception {
        circuits.quarantine("ocs-1", "3", "mirror stuck");
        CircuitUnquarantineCommand command = new CircuitUnquarantineCommand();
        command.opticalSwitch = "ocs-1";
        command.port = "3";
        assertThat(command.text(circuits)).isEqualTo("ocs-1 port 3 is in use again");
        assertThatThrownBy(() -> command.text(circuits)).isInstanceOf(CommandException.class)
                .hasMessageContaining("ocs-1 port 3 is not in quarantine");
    }

    private void run(OpticalCommand command) throws CommandException {
        command.text(circuits);
        command.check();
    }

    private static CircuitConnectCommand connect(String opticalSwitch, String port, String peer, String... more) {
        CircuitConnectCommand command = new CircuitConnectCommand();
        command.opticalSwitch = opticalSwitch;
        command.port = port;
        command.peer = peer;
        command.more = List.of(more);
        return command;
    }

    private static CircuitDisconnectCommand disconnect(String port, String peer) {
        CircuitDisconnectCommand command = new CircuitDisconnectCommand();
        command.opticalSwitch = "ocs-1";
        command.port = port;
        command.peer = peer;
        return command;
    }

    private static JsonNode tree(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }

    private static String lineWith(String text, String part) {
        return text.lines().filter(line -> line.contains(part)).findFirst().orElse("");
    }
}
