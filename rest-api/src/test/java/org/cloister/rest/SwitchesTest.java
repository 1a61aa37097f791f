package org.cloister.rest;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.rest.BadRequestsTest.assertProblem;

class SwitchesTest extends RestTest {

    @Test
    void portsTroubleAndQuarantineAreShown() throws Exception {
        circuits.quarantine("ocs-1", "3", "mirror stuck");
        circuits.trouble("ocs-2", "connection refused by 192.0.2.12:830");
        JsonNode items = json(get("slurm", "switches")).get("items");
        assertThat(items).hasSize(2);
        JsonNode port = items.at("/0/ports/0");
        assertThat(port.toString()).isEqualTo("{\"name\":\"1\",\"end\":\"leaf-1/5\",\"status\":\"TUNED\","
                + "\"enabled\":true,\"inputPowerDbm\":null,\"outputPowerDbm\":null,\"quarantine\":null}");
        assertThat(items.at("/0/ports/2/quarantine").textValue()).isEqualTo("mirror stuck");
        assertThat(items.at("/0/available").booleanValue()).isTrue();
        assertThat(items.at("/1/available").booleanValue()).isFalse();
        assertThat(items.at("/1/trouble").textValue()).isEqualTo("connection refused by 192.0.2.12:830");
        assertThat(json(get("slurm", "switches/ocs-1"))).isEqualTo(items.get(0));
    }

    @Test
    void tagChangesWithWhatIsSeen() throws Exception {
        for (String path : new String[] {"switches", "switches/ocs-1"}) {
            HttpResponse<String> first = get("reader", path);
            String tag = first.headers().firstValue("ETag").orElseThrow();
            assertThat(send(as("reader", path).header("If-None-Match", tag)).statusCode()).isEqualTo(304);
            circuits.quarantine("ocs-1", "4", "because of " + path);
            HttpResponse<String> second = send(as("reader", path).header("If-None-Match", tag));
            assertThat(second.statusCode()).isEqualTo(200);
            assertThat(second.headers().firstValue("ETag").orElseThrow()).isNotEqualTo(tag);
        }
        assertProblem(send(as("reader", "switches").header("If-None-Match", "1")), 400, "invalid-request");
    }

    @Test
    void withoutWhatManagesThemNothingIsReady() throws Exception {
        optical = false;
        for (String path : new String[] {"switches", "switches/ocs-1", "circuits", "circuits/ocs-1/1/5"}) {
            HttpResponse<String> response = get("boss", path);
            assertProblem(response, 503, "not-ready");
            assertThat(response.body()).doesNotContain("org.cloister");
        }
        assertProblem(put("boss", "circuits/ocs-1/1/5", ""), 503, "not-ready");
        assertProblem(delete("boss", "circuits/ocs-1/1/5"), 503, "not-ready");
        assertThat(get("boss", "slices").statusCode()).isEqualTo(200);
    }
}
