package org.cloister.lab.ocs;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.cloister.gnmi.SetRequest;
import org.cloister.gnmi.SubscriptionList;
import org.cloister.gnmi.SubscriptionMode;
import org.cloister.lab.ocs.plant.MemoryPlant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.cloister.lab.ocs.Client.circuit;
import static org.cloister.lab.ocs.Client.refused;

/** Faults of management, as a client of gNMI meets them. */
class FaultsTest {

    private final Emulator ocs = Emulator.builder().ports(8).start();
    private final Client client = Client.of(ocs);
    private final MemoryPlant plant = (MemoryPlant) ocs.plant();

    @AfterEach
    void stop() {
        client.close();
        ocs.close();
    }

    private Client.Watch watch() throws InterruptedException {
        return client.watch(SubscriptionList.Mode.STREAM, SubscriptionMode.ON_CHANGE, "/connections").synced();
    }

    private StatusRuntimeException late(SetRequest.Builder request) {
        return catchThrowableOfType(() -> client.blocking().withDeadlineAfter(2, TimeUnit.SECONDS).set(request.build()),
                StatusRuntimeException.class);
    }

    @Test
    void subscriptionsAreDroppedAndRefused() throws InterruptedException {
        Client.Watch watch = watch();
        ocs.inject("subscribe-drop", Map.of());
        assertThat(watch.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        Client.Watch again = watch();
        ocs.inject("subscribe-drop", Map.of("refuse", true));
        assertThat(again.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(client.watch(SubscriptionList.Mode.STREAM, SubscriptionMode.ON_CHANGE, "/connections").end().getCode())
                .isEqualTo(Status.Code.UNAVAILABLE);
        ocs.clear("subscribe-drop");
        watch();
    }

    @Test
    void subscribersAreToldLateAndInOrder() throws InterruptedException {
        Client.Watch watch = watch();
        ocs.inject("subscribe-late", Map.of("millis", 3_000));
        client.connect("a", "1", "2");
        client.connect("b", "3", "4");
        assertThat(watch.responses.poll(150, TimeUnit.MILLISECONDS)).isNull();
        ocs.clear("subscribe-late");
        client.connect("c", "5", "6");
        watch.until(leaves -> leaves.containsKey("/connections/port-connection[name=c]/state/status"));
        assertThat(watch.leaves).containsKeys("/connections/port-connection[name=a]/state/status",
                "/connections/port-connection[name=b]/state/status");
    }

    @Test
    void subscribersAreToldTwice() throws InterruptedException {
        Client.Watch watch = watch();
        ocs.inject("subscribe-duplicate", Map.of());
        client.connect("a", "1", "2");
        assertThat(watch.next()).isEqualTo(watch.next());
    }

    @Test
    void aRequestIsCarriedOutAndAnsweredTooLate() {
        // the connection is made first, so that the request has all the time
        assertThat(client.status("a")).isNull();
        ocs.inject("deadline-but-applied", Map.of("millis", 60_000, "count", 1));
        assertThat(late(SetRequest.newBuilder().addUpdate(circuit("a", "1", "2"))).getStatus().getCode())
                .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(plant.joined()).containsEntry(1, 2);
        client.connect("b", "3", "4");
    }

    @Test
    void managementIsSilentAndLightStays() throws InterruptedException {
        client.connect("a", "1", "2");
        Client.Watch watch = watch();
        int changes = plant.changes();
        ocs.inject("management-dead", Map.of());
        assertThat(late(SetRequest.newBuilder().addUpdate(circuit("b", "3", "4"))).getStatus().getCode())
                .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(plant.changes()).isEqualTo(changes);
        assertThat(watch.ended).isEmpty();
        ocs.clear("management-dead");
        assertThat(watch.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(client.status("a")).isEqualTo("CONNECTED");
        assertThat(client.status("b")).isNull();
    }

    @Test
    void managementListensNoMoreAndLightStays() throws InterruptedException {
        client.connect("a", "1", "2");
        Client.Watch watch = watch();
        ocs.inject("management-dead", Map.of("mode", "closed"));
        assertThat(watch.end().getCode()).isIn(Status.Code.UNAVAILABLE, Status.Code.CANCELLED);
        assertThat(refused(() -> client.status("a")).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(plant.bright()).containsExactly(1, 2);
        ocs.clear("management-dead");
        try (Client again = Client.of(ocs)) {
            assertThat(again.status("a")).isEqualTo("CONNECTED");
        }
    }

    @Test
    void powerIsGoneForAWhile() throws InterruptedException {
        client.connect("a", "1", "2");
        Client.Watch watch = watch();
        ocs.inject("cold-reboot", Map.of("millis", 60_000));
        assertThat(plant.bright()).isEmpty();
        assertThat(watch.end().getCode()).isIn(Status.Code.UNAVAILABLE, Status.Code.CANCELLED);
        ocs.clear("cold-reboot");
        assertThat(plant.bright()).containsExactly(1, 2);
        try (Client again = Client.of(ocs)) {
            assertThat(again.status("a")).isEqualTo("CONNECTED");
        }
        assertThat(ocs.show().path("faults")).isEmpty();
    }

    @Test
    void somebodyElseWritesWithAHigherElectionId() {
        client.set(elected(7).addUpdate(circuit("a", "1", "2")));
        ocs.inject("second-writer", Map.of("one", "3", "other", "4"));
        assertThat(client.status("second-writer")).isEqualTo("CONNECTED");
        assertThat(refused(() -> client.set(elected(7).addDelete(Client.connection("a")))).getCode())
                .isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(plant.joined()).containsEntry(1, 2).containsEntry(3, 4);
        ocs.clear("second-writer");
        assertThat(client.status("second-writer")).isNull();
        client.set(elected(7).addDelete(Client.connection("a")));
        assertThat(plant.joined()).isEmpty();
    }

    @Test
    void aSecondWriterIsRefusedWhereItIsInTheWay() {
        client.connect("a", "1", "2");
        assertThatThrownBy(() -> ocs.inject("second-writer", Map.of("one", "2", "other", "3"))).hasMessageContaining("connection a");
        ocs.inject("second-writer", Map.of("delete", "a"));
        assertThat(plant.joined()).isEmpty();
        assertThat(ocs.show().path("electionId").asText()).isEqualTo(BigInteger.TWO.toString());
    }

    @Test
    void faultsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> ocs.inject("gremlins", Map.of())).hasMessageContaining("no such kind: gremlins");
        assertThatThrownBy(() -> ocs.inject("stuck-mirror", Map.of("port", "99"))).hasMessage("stuck-mirror: port: no such port: 99");
        assertThatThrownBy(() -> ocs.inject("bit-errors", Map.of("port", "1", "probability", 2)))
                .hasMessage("bit-errors: probability is not a number from 0.0 to 1.0: 2");
        assertThatThrownBy(() -> ocs.inject("stuck-mirror", Map.of("port", "1", "colour", "red"))).hasMessageContaining("colour");
        assertThat(ocs.show().path("faults")).isEmpty();
    }

    @Test
    void circuitsSurviveTheEndOfTheProcess() {
        client.connect("a", "1", "2");
        ocs.stop();
        assertThat(plant.bright()).containsExactly(1, 2);
        int changes = plant.changes();
        ocs.restart();
        try (Client again = Client.of(ocs)) {
            assertThat(again.status("a")).isEqualTo("CONNECTED");
        }
        assertThat(plant.changes()).isLessThanOrEqualTo(changes + 1);
    }

    private static SetRequest.Builder elected(long id) {
        return SetRequest.newBuilder().addExtension(org.cloister.gnmi.ext.Extension.newBuilder().setMasterArbitration(
                org.cloister.gnmi.ext.MasterArbitration.newBuilder().setElectionId(
                        org.cloister.gnmi.ext.Uint128.newBuilder().setLow(id))));
    }
}
