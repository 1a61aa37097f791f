package org.cloister.lab.ocs;

import io.grpc.Status;
import org.cloister.gnmi.SetRequest;
import org.cloister.lab.ocs.plant.MemoryPlant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.lab.ocs.Client.circuit;
import static org.cloister.lab.ocs.Client.connection;
import static org.cloister.lab.ocs.Client.update;

class SetTest {

    private final Emulator ocs = Emulator.builder().ports(8).start();
    private final Client client = Client.of(ocs);
    private final MemoryPlant plant = (MemoryPlant) ocs.plant();

    @AfterEach
    void stop() {
        client.close();
        ocs.close();
    }

    @Test
    void joinsTwoPortsBothWays() {
        assertThat(client.connect("a", "1", "2").getResponseList()).hasSize(1);

        assertThat(plant.joined()).isEqualTo(Map.of(1, 2, 2, 1));
        assertThat(plant.bright()).containsExactly(1, 2);
        assertThat(client.status("a")).isEqualTo("CONNECTED");
        assertThat(client.port("2", "state/status")).isEqualTo("TUNED");
        assertThat(client.port("2", "state/connection/peer")).isEqualTo("1");
        assertThat(client.port("3", "state/status")).isEqualTo("BLOCKED");
    }

    @Test
    void refusesAllIfOnePartIsWrong() {
        client.connect("a", "1", "2");
        int changes = plant.changes();

        Status unknown = client.refused(SetRequest.newBuilder().addDelete(connection("a"))
                .addUpdate(circuit("b", "3", "4")).addUpdate(circuit("c", "5", "9")));
        assertThat(unknown.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(unknown.getDescription()).isEqualTo("connection c: no such port: 9");
        Status twice = client.refused(SetRequest.newBuilder().addUpdate(circuit("b", "3", "4"))
                .addUpdate(circuit("c", "4", "5")));
        assertThat(twice.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(twice.getDescription()).isEqualTo("port 4 is used twice: by b and by c");
        Status itself = client.refused(SetRequest.newBuilder().addUpdate(circuit("b", "3", "3")));
        assertThat(itself.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        Status half = client.refused(SetRequest.newBuilder().addUpdate(
                update("/connections/port-connection[name=b]/config", "{\"name\":\"b\",\"input-port-name\":\"3\"}")));
        assertThat(half.getDescription()).isEqualTo("connection b: output-port-name is missing");
        Status misnamed = client.refused(SetRequest.newBuilder().addUpdate(
                update("/connections/port-connection[name=b]/config", "{\"name\":\"x\"}")));
        assertThat(misnamed.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        Status state = client.refused(SetRequest.newBuilder().addUpdate(
                update("/connections/port-connection[name=a]/state/status", "\"FAILED\"")));
        assertThat(state.getDescription()).endsWith("cannot be written");

        assertThat(plant.changes()).isEqualTo(changes);
        assertThat(client.get("/connections/port-connection")).doesNotContainKey("/connections/port-connection[name=b]/config/name");
        assertThat(client.status("a")).isEqualTo("CONNECTED");
    }

    @Test
    void neverDisturbsWhatIsNotDeleted() {
        client.connect("a", "1", "2");

        Status conflict = client.refused(SetRequest.newBuilder().addUpdate(circuit("b", "2", "3")));
        assertThat(conflict.getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(conflict.getDescription()).contains("port 2 is in use by connection a");
        Status moved = client.refused(SetRequest.newBuilder().addUpdate(circuit("a", "1", "3")));
        assertThat(moved.getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);

        client.set(SetRequest.newBuilder().addDelete(connection("a")).addUpdate(circuit("b", "2", "3")));
        assertThat(plant.joined()).isEqualTo(Map.of(2, 3, 3, 2));
    }

    @Test
    void swapsTwoCircuitsInOneRequest() {
        client.set(SetRequest.newBuilder().addUpdate(circuit("a", "1", "2")).addUpdate(circuit("b", "3", "4")));

        client.set(SetRequest.newBuilder().addDelete(connection("a")).addDelete(connection("b"))
                .addUpdate(circuit("a", "1", "4")).addUpdate(circuit("b", "3", "2")));

        assertThat(plant.joined()).isEqualTo(Map.of(1, 4, 4, 1, 2, 3, 3, 2));
    }

    @Test
    void renamesWithoutTouchingLight() {
        client.connect("a", "1", "2");
        int changes = plant.changes();

        client.set(SetRequest.newBuilder().addDelete(connection("a")).addUpdate(circuit("b", "2", "1")));

        assertThat(plant.changes()).isEqualTo(changes);
        assertThat(client.status("b")).isEqualTo("CONNECTED");
        assertThat(client.status("a")).isNull();
    }

    @Test
    void replacesTheListAndRemovesWhatItDoesNotName() {
        client.set(SetRequest.newBuilder().addUpdate(circuit("a", "1", "2")).addUpdate(circuit("b", "3", "4")));

        client.set(SetRequest.newBuilder().addReplace(update("/connections", "{\"ocp-ocs:port-connection\":["
                + "{\"name\":\"b\",\"config\":{\"name\":\"b\",\"input-port-name\":\"3\",\"output-port-name\":\"4\"}},"
                + "{\"name\":\"c\",\"config\":{\"name\":\"c\",\"input-port-name\":\"5\",\"output-port-name\":\"6\"}}]}")));

        assertThat(plant.joined().keySet()).containsExactly(3, 4, 5, 6);
        assertThat(client.status("a")).isNull();
    }

    @Test
    void deletesWhatIsNotThereWithoutComplaint() {
        assertThat(client.disconnect("nothing").getResponseCount()).isEqualTo(1);
    }

    @Test
    void switchesAPortOffAndOn() {
        client.connect("a", "1", "2");

        client.set(SetRequest.newBuilder().addUpdate(update("/components/component[name=1]/ocp-ocs-port/config", "{\"enabled\":false}")));
        assertThat(plant.bright()).isEmpty();
        assertThat(client.status("a")).isEqualTo("FAILED");
        assertThat(client.get("/connections").get("/connections/port-connection[name=a]/state/status-reason"))
                .isEqualTo("port 1 is disabled");
        assertThat(client.port("1", "state/status")).isEqualTo("BLOCKED");

        client.set(SetRequest.newBuilder().addUpdate(update("/components/component[name=1]/ocp-ocs-port/config/enabled", "true")));
        assertThat(plant.bright()).containsExactly(1, 2);
        assertThat(client.status("a")).isEqualTo("CONNECTED");
    }

    @Test
    void touchesOnlyThePortsThatMove() {
        client.connect("a", "1", "2");
        int changes = plant.changes();
        client.connect("b", "3", "4");
        assertThat(plant.changes()).isGreaterThan(changes);
        assertThat(plant.joined()).containsEntry(1, 2).containsEntry(3, 4);
    }
}
