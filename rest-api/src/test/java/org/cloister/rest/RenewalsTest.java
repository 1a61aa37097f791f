package org.cloister.rest;

import com.fasterxml.jackson.databind.JsonNode;
import org.cloister.isolation.api.Json;
import org.cloister.isolation.api.SliceState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.rest.BadRequestsTest.assertProblem;

/** Signs of life, one slice at a time and all at once. */
@Timeout(30)
class RenewalsTest extends RestTest {

    @BeforeEach
    void addSlices() {
        slices.add("a", "slurm", SliceState.ACTIVE, Map.of("cluster", "x"));
        slices.add("b", "slurm", SliceState.ACTIVE, Map.of("cluster", "x"));
        slices.add("theirs", "kueue", SliceState.ACTIVE, Map.of("cluster", "x"));
    }

    private HttpResponse<String> post(String user, String path, String body) throws Exception {
        return send(as(user, path).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    @Test
    void aRenewalAnswersTheEnd() throws Exception {
        HttpResponse<String> response = post("slurm", "slices/a/renew", "{\"leaseSeconds\":3600}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response)).isEqualTo(Json.mapper().readTree("{\"expiresAt\":\"2024-05-01T13:00:00Z\"}"));
    }

    @Test
    void anothersSliceIsNotThere() throws Exception {
        assertProblem(post("slurm", "slices/theirs/renew", "{\"leaseSeconds\":3600}"), 404, "not-found");
        assertProblem(post("slurm", "slices/none/renew", "{\"leaseSeconds\":3600}"), 404, "not-found");
        assertProblem(post("reader", "slices/a/renew", "{\"leaseSeconds\":3600}"), 403, "forbidden");
        assertThat(post("boss", "slices/theirs/renew", "{\"leaseSeconds\":3600}").statusCode()).isEqualTo(200);
    }

    @Test
    void aLiveSetIsAboutTheCallersSlices() throws Exception {
        String set = "{\"label\":\"cluster:x\",\"slices\":[\"a\",\"theirs\",\"none\",\"a\"]}";
        HttpResponse<String> response = post("slurm", "renew", set);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response)).isEqualTo(Json.mapper().readTree(
                "{\"renewed\":[\"a\"],\"unknown\":[\"none\",\"theirs\"],\"unlisted\":[\"b\"]}"));
        assertThat(json(post("boss", "renew", set))).isEqualTo(Json.mapper().readTree(
                "{\"renewed\":[\"a\",\"theirs\"],\"unknown\":[\"none\"],\"unlisted\":[\"b\"]}"));
        assertProblem(post("reader", "renew", set), 403, "forbidden");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "slices/a/renew | {} | /leaseSeconds | null",
        "slices/a/renew | {\"leaseSeconds\":\"60\"} | /leaseSeconds | \"60\"",
        "slices/a/renew | {\"leaseSeconds\":null} | /leaseSeconds | null",
        "slices/a/renew | {\"leaseSeconds\":60.5} | /leaseSeconds | 60.5",
        "slices/a/renew | {\"leaseSeconds\":99999999999} | /leaseSeconds | 99999999999",
        "slices/a/renew | {\"leaseSeconds\":60,\"unit\":\"h\"} | /unit | \"h\"",
        "slices/a/renew | [60] | '' | [60]",
        "renew | {\"slices\":[\"a\"]} | /label | null",
        "renew | {\"label\":\"x\",\"slices\":[\"a\"]} | /label | \"x\"",
        "renew | {\"label\":\":x\",\"slices\":[\"a\"]} | /label | \":x\"",
        "renew | {\"label\":\"c:x\",\"slices\":[\"a\",\"-b\"]} | /slices/1 | \"-b\"",
        "renew | {\"label\":\"c:x\",\"slices\":[\"a\",null]} | /slices/1 | null",
        "renew | {\"label\":\"c:x\",\"slices\":[5]} | /slices/0 | 5",
        "renew | {\"label\":\"c:x\",\"slices\":\"a\"} | /slices | \"a\"",
        "renew | {\"label\":5} | /label | 5",
    })
    void fieldsThatAreWrongAreNamed(String path, String body, String pointer, String value) throws Exception {
        HttpResponse<String> response = post("slurm", path, body);
        assertProblem(response, 400, "invalid-request");
        JsonNode error = json(response).at("/errors/0");
        assertThat(error.get("pointer").textValue()).isEqualTo(pointer);
        assertThat(error.get("value")).isEqualTo(Json.mapper().readTree(value));
        assertThat(error.get("message").textValue()).isNotBlank().doesNotContain("org.cloister", "Immutable");
    }
}
