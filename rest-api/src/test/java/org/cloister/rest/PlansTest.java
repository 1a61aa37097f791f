package org.cloister.rest;

import com.fasterxml.jackson.databind.JsonNode;
import org.cloister.isolation.api.Json;
import org.cloister.isolation.api.SliceState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.rest.BadRequestsTest.assertProblem;

/** Requests compared before one is made. */
@Timeout(30)
class PlansTest extends RestTest {

    private HttpResponse<String> plans(String user, String body) throws Exception {
        return send(as(user, "plans").header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String candidates(int count) {
        return "{\"candidates\":[" + String.join(",", Collections.nCopies(count, SPEC)) + "]}";
    }

    @Test
    void aPlanForEachCandidate() throws Exception {
        HttpResponse<String> response = plans("boss", "{\"candidates\":[{\"nodes\":[\"gpu-9\"]}," + SPEC + "]}");
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode body = json(response);
        assertThat(body.get("fabricVersion").textValue()).isEqualTo("v1");
        JsonNode granted = body.at("/plans/0");
        assertThat(granted.get("candidate").intValue()).isEqualTo(1);
        assertThat(granted.get("feasible").booleanValue()).isTrue();
        assertThat(granted.at("/allocation/tag").intValue()).isEqualTo(100);
        assertThat(granted.get("freeLinksAfter").intValue()).isEqualTo(7);
        assertThat(granted.get("circuitsToMove").intValue()).isZero();
        assertThat(granted.has("problem")).isFalse();
        JsonNode refused = body.at("/plans/1");
        assertThat(refused.has("allocation")).isFalse();
        assertThat(refused.at("/problem/type").textValue()).isEqualTo("/cloister/v1/problems/unknown-host");
        assertThat(refused.at("/problem/status").intValue()).isEqualTo(422);
        assertThat(refused.at("/problem/retryable").booleanValue()).isFalse();
        assertThat(refused.at("/problem/errors/0/pointer").textValue()).isEqualTo("/candidates/0/nodes/0");
    }

    @Test
    void theVersionIsThatOfTheFabricThatTheCallerSees() throws Exception {
        slices.add("theirs", "kueue", SliceState.ACTIVE, Map.of());
        slices.addHost("gpu-1", "theirs");
        String seen = json(get("slurm", "fabric")).get("version").textValue();
        assertThat(seen).isNotEqualTo("v1");
        assertThat(json(plans("slurm", candidates(1))).get("fabricVersion").textValue()).isEqualTo(seen);
        assertThat(json(plans("boss", candidates(1))).get("fabricVersion").textValue()).isEqualTo("v1");
    }

    @Test
    void nothingIsStoredAndReadersMayNotAsk() throws Exception {
        plans("slurm", candidates(2));
        assertThat(slices.slices()).isEmpty();
        assertProblem(plans("reader", candidates(1)), 403, "forbidden");
    }

    @Test
    void aHundredAreComparedAtMost() throws Exception {
        assertThat(json(plans("slurm", candidates(100))).get("plans")).hasSize(100);
        HttpResponse<String> response = plans("slurm", candidates(101));
        assertProblem(response, 400, "invalid-request");
        assertThat(json(response).at("/errors/0/pointer").textValue()).isEqualTo("/candidates");
        assertThat(json(response).at("/errors/0/value").intValue()).isEqualTo(101);
        assertProblem(plans("slurm", "{\"candidates\":[]}"), 400, "invalid-request");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"candidates\":[{\"nodes\":[\"a\"]},{\"nodes\":[5]}]} | /candidates/1/nodes/0 | 5",
        "{\"candidates\":[{\"members\":[{\"host\":\"a\"},{}]}]} | /candidates/0/members/1/host | null",
        "{\"candidates\":[{\"labels\":{\"c\":null}}]} | /candidates/0/labels/c | null",
        "{\"candidates\":[null]} | /candidates/0 | null",
        "{\"candidates\":{}} | /candidates | {}",
        "{\"specs\":[]} | /specs | []",
    })
    void fieldsThatAreWrongAreNamed(String body, String pointer, String value) throws Exception {
        HttpResponse<String> response = plans("slurm", body);
        assertProblem(response, 400, "invalid-request");
        assertThat(json(response).at("/errors/0/pointer").textValue()).isEqualTo(pointer);
        assertThat(json(response).at("/errors/0/value")).isEqualTo(Json.mapper().readTree(value));
    }
}
