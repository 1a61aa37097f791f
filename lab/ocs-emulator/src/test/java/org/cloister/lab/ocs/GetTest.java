package org.cloister.lab.ocs;

import io.grpc.Status;
import org.cloister.gnmi.CapabilityRequest;
import org.cloister.gnmi.CapabilityResponse;
import org.cloister.gnmi.Encoding;
import org.cloister.gnmi.GetRequest;
import org.cloister.gnmi.Notification;
import org.cloister.gnmi.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.lab.ocs.Client.path;
import static org.cloister.lab.ocs.Client.refused;

class GetTest {

    private final Emulator ocs = Emulator.builder().ports(4).credentials("carol", "s3cret").start();
    private final Client client = Client.of(ocs, "carol", "s3cret");

    @BeforeEach
    void connect() {
        client.connect("a", "1", "2");
    }

    @AfterEach
    void stop() {
        client.close();
        ocs.close();
    }

    @Test
    void saysWhatItCan() {
        CapabilityResponse answer = client.blocking().capabilities(CapabilityRequest.getDefaultInstance());
        assertThat(answer.getSupportedEncodingsList()).contains(Encoding.PROTO, Encoding.JSON_IETF);
        assertThat(answer.getSupportedModels(0).getVersion()).isEqualTo("0.8.0");
        assertThat(answer.getGNMIVersion()).isEqualTo("0.10.0");
    }

    @Test
    void letsNobodyInWithoutThePassword() {
        try (Client stranger = Client.of(ocs, "carol", "guess")) {
            assertThat(refused(() -> stranger.connect("b", "3", "4")).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(refused(() -> stranger.get("/connections")).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        }
        assertThat(client.get("/connections/port-connection[name=*]/config/name")).hasSize(1);
    }

    @Test
    void writesScalarsOrJson() {
        assertThat(client.get("/components/component[name=1]/ocp-ocs-port/state")).containsEntry(
                "/components/component[name=1]/ocp-ocs-port/state/connection/connected", "true");
        Map<String, String> json = client.get("/components/component[name=2]", Encoding.JSON_IETF);
        assertThat(json).containsEntry("/components/component[name=2]/ocp-ocs-port/state/index", "2")
                .containsEntry("/components/component[name=2]/ocp-ocs-port/state/status", "\"TUNED\"");
        assertThat(json.get("/components/component[name=2]/ocp-ocs-port/state/input-optical-power"))
                .as("decimals are strings, RFC 7951").matches("\"\\d\\.\\d+\"");
    }

    @Test
    void readsWithWildcardsAndPrefixes() {
        assertThat(client.get("/components/component[name=*]/ocp-ocs-port/state/status")).hasSize(4);
        assertThat(client.get("/components/*/ocp-ocs-port/state/index")).hasSize(4);
        Notification answer = client.blocking().get(GetRequest.newBuilder().setEncoding(Encoding.PROTO)
                .setPrefix(path("/components").toBuilder().setTarget("ocs-1"))
                .addPath(path("/component[name=3]/ocp-ocs-port/config")).build()).getNotification(0);
        assertThat(answer.getPrefix().getTarget()).isEqualTo("ocs-1");
        assertThat(answer.getUpdateCount()).isEqualTo(1);
        assertThat(answer.getTimestamp()).isPositive();
    }

    @Test
    void tellsConfigurationAndStateApart() {
        Map<String, String> leaves = new TreeMap<>();
        client.blocking().get(GetRequest.newBuilder().setEncoding(Encoding.PROTO).setType(GetRequest.DataType.CONFIG)
                .addPath(path("/connections")).build()).getNotificationList().forEach(one -> Client.collect(one, leaves));
        assertThat(leaves).hasSize(3).containsEntry("/connections/port-connection[name=a]/config/output-port-name", "2");
    }

    @Test
    void answersEachPathByItself() {
        assertThat(client.blocking().get(GetRequest.newBuilder().setEncoding(Encoding.PROTO).addPath(path("/connections"))
                .addPath(path("/components")).addPath(path("/optical-switch")).build()).getNotificationCount()).isEqualTo(3);
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThat(refused(() -> client.get("/connections/port-connection[name=zz]")).getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(refused(() -> client.get("/interfaces")).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refused(() -> client.get("/connections", Encoding.ASCII)).getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(refused(() -> client.blocking().get(GetRequest.newBuilder().addPath(
                Path.newBuilder().setOrigin("openconfig")).build())).getDescription()).isEqualTo("no such origin: openconfig");
    }
}
