package org.cloister.rest;

import com.fasterxml.jackson.databind.JsonNode;
import org.cloister.isolation.api.Json;
import org.cloister.isolation.api.SliceState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What is wrong with a request is told by status, type, pointer and value. */
class BadRequestsTest extends RestTest {

    private static final String INVALID = "invalid-request";

    @BeforeEach
    void addSlices() {
        slices.add("theirs", "kueue", SliceState.ACTIVE, Map.of());
    }

    /** Body of a PUT, then pointer and value as JSON. */
    static Stream<Arguments> bodies() {
        return Stream.of(
                arguments("", "", "null"),
                arguments("   ", "", "null"),
                arguments("null", "", "null"),
                arguments("[]", "", "[]"),
                arguments("\"gpu-1\"", "", "\"gpu-1\""),
                arguments("5", "", "5"),
                arguments("{", "", "null"),
                arguments("{\"nodes\":[\"gpu-1\",]}", "/nodes/1", "null"),
                arguments("{\"nodes\":[\"gpu-1\"}", "/nodes/0", "null"),
                arguments("{\"nodes\":[\"gpu-1\"]} x", "", "null"),
                arguments("{\"nodes\":[\"gpu-1\"]}{}", "", "null"),
                arguments("{nodes:[]}", "", "null"),
                arguments("{\"leaseSeconds\":NaN}", "/leaseSeconds", "null"),
                arguments("{\"leaseSeconds\":060}", "/leaseSeconds", "null"),
                arguments("{\"nodes\":[\"a\"],\"nodes\":[\"b\"]}", "/nodes", "[\"b\"]"),
                arguments("{\"members\":[{\"host\":\"a\"},{\"host\":\"b\",\"host\":\"c\"}]}", "/members/1/host", "\"c\""),
                arguments("{\"host\":\"gpu-1\"}", "/host", "\"gpu-1\""),
                arguments("{\"a/b~c\":1}", "/a~1b~0c", "1"),
                arguments("{\"members\":[{\"host\":\"a\",\"nic\":0}]}", "/members/0/nic", "0"),
                arguments("{\"members\":[{\"host\":5}]}", "/members/0/host", "5"),
                arguments("{\"members\":[{\"host\":true}]}", "/members/0/host", "true"),
                arguments("{\"members\":[{}]}", "/members/0/host", "null"),
                arguments("{\"members\":[{\"host\":null}]}", "/members/0/host", "null"),
                arguments("{\"members\":[\"gpu-1-0\"]}", "/members/0", "\"gpu-1-0\""),
                arguments("{\"members\":{\"host\":\"a\"}}", "/members", "{\"host\":\"a\"}"),
                arguments("{\"members\":[{\"host\":\"a\"},null]}", "/members/1", "null"),
                arguments("{\"members\":[{\"host\":\"a\",\"role\":\"chief\"}]}", "/members/0/role", "\"chief\""),
                arguments("{\"nodes\":\"gpu-1\"}", "/nodes", "\"gpu-1\""),
                arguments("{\"nodes\":[null]}", "/nodes/0", "null"),
                arguments("{\"nodes\":[\"a\",5,true]}", "/nodes/1", "5"),
                arguments("{\"nodes\":[[]]}", "/nodes/0", "[]"),
                arguments("{\"labels\":[]}", "/labels", "[]"),
                arguments("{\"labels\":{\"cluster\":1}}", "/labels/cluster", "1"),
                arguments("{\"labels\":{\"cluster\":null}}", "/labels/cluster", "null"),
                arguments("{\"leaseSeconds\":\"3600\"}", "/leaseSeconds", "\"3600\""),
                arguments("{\"leaseSeconds\":3600.5}", "/leaseSeconds", "3600.5"),
                arguments("{\"leaseSeconds\":99999999999}", "/leaseSeconds", "99999999999"),
                arguments("{\"leaseSeconds\":true}", "/leaseSeconds", "true"),
                arguments("{\"patterns\":{\"type\":\"ring\"}}", "/patterns", "{\"type\":\"ring\"}"),
                arguments("{\"patterns\":[{\"groups\":[[0]]}]}", "/patterns/0/type", "null"),
                arguments("{\"patterns\":[{\"type\":\"ring\",\"groups\":[0]}]}", "/patterns/0/groups/0", "0"),
                arguments("{\"patterns\":[{\"type\":\"ring\",\"groups\":[[0,\"1\"]]}]}", "/patterns/0/groups/0/1", "\"1\""),
                arguments("{\"patterns\":[{\"type\":\"ring\",\"groups\":[[0,null]]}]}", "/patterns/0/groups/0/1", "null"),
                arguments("{\"patterns\":[{\"type\":\"ring\",\"perRail\":\"true\"}]}", "/patterns/0/perRail", "\"true\""),
                arguments("{\"patterns\":[{\"type\":\"ring\",\"perRail\":1}]}", "/patterns/0/perRail", "1"),
                arguments("{\"patterns\":[{\"type\":\"any\",\"rankOrder\":\"random\"}]}", "/patterns/0/rankOrder", "\"random\""),
                arguments("{\"patterns\":[{\"type\":7}]}", "/patterns/0/type", "7"),
                arguments("{\"bandwidth\":\"exclusive\"}", "/bandwidth", "\"exclusive\""),
                arguments("{\"bandwidth\":{}}", "/bandwidth/mode", "null"),
                arguments("{\"bandwidth\":{\"mode\":\"Exclusive\"}}", "/bandwidth/mode", "\"Exclusive\""),
                arguments("{\"bandwidth\":{\"mode\":0}}", "/bandwidth/mode", "0"),
                arguments("{\"bandwidth\":{\"mode\":\"shared\",\"guaranteedBitsPerSecond\":1e9}}",
                        "/bandwidth/guaranteedBitsPerSecond", "1.0E9"),
                arguments("{\"bandwidth\":{\"mode\":\"shared\",\"limitBitsPerSecond\":9223372036854775808}}",
                        "/bandwidth/limitBitsPerSecond", "9223372036854775808"),
                arguments("{\"bandwidth\":{\"mode\":\"shared\",\"rate\":1}}", "/bandwidth/rate", "1"),
                arguments("{\"circuits\":\"maybe\"}", "/circuits", "\"maybe\""),
                arguments("{\"repack\":\"maybe\"}", "/repack", "\"maybe\""),
                arguments("{\"circuits\":1}", "/circuits", "1"),
                arguments("{\"placement\":{}}", "/placement/hosts", "null"),
                arguments("{\"placement\":{\"hosts\":\"32\"}}", "/placement/hosts", "\"32\""),
                arguments("{\"placement\":{\"hosts\":2,\"bind\":\"soon\"}}", "/placement/bind", "\"soon\""),
                arguments("{\"leaseSeconds\":" + "1".repeat(100_000) + "}", "/leaseSeconds", "null"),
                arguments("{\"x\":" + "[".repeat(500_000), "/x" + "/0".repeat(31), "null"),
                arguments("{\"circuits\":\"" + "y".repeat(5_000) + "\"}", "/circuits", "\"" + "y".repeat(1_000) + "…\""));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void refusesBody(String body, String pointer, String value) throws Exception {
        HttpResponse<String> response = put("slurm", "slices/a", body);

        assertProblem(response, 400, INVALID);
        JsonNode error = json(response).at("/errors/0");
        assertThat(error.get("pointer").textValue()).isEqualTo(pointer);
        assertThat(error.get("value")).isEqualTo(Json.mapper().readTree(value));
        assertThat(error.get("message").textValue()).isNotBlank().doesNotContain("org.cloister", "java", "Immutable");
        assertThat(slices.slices()).hasSize(1);
    }

    /** Method, path, then status, type, pointer and value. */
    static Stream<Arguments> requests() {
        return Stream.of(
                arguments("PUT", "slices/-a", 400, INVALID, "id", "\"-a\""),
                arguments("PUT", "slices/a%20b", 400, INVALID, "id", "\"a b\""),
                arguments("PUT", "slices/a%2Fb", 400, INVALID, "id", "\"a/b\""),
                arguments("GET", "slices/" + "a".repeat(64), 400, INVALID, "id", "\"" + "a".repeat(64) + "\""),
                arguments("DELETE", "slices/a!", 400, INVALID, "id", "\"a!\""),
                arguments("POST", "slices/a!/renew", 400, INVALID, "id", "\"a!\""),
                arguments("PUT", "slices/a?wait=abc", 400, INVALID, "wait", "\"abc\""),
                arguments("PUT", "slices/a?wait=-1", 400, INVALID, "wait", "\"-1\""),
                arguments("PUT", "slices/a?wait=61", 400, INVALID, "wait", "\"61\""),
                arguments("PUT", "slices/a?wait=", 400, INVALID, "wait", "\"\""),
                arguments("PUT", "slices/a?wait=1&wait=2", 400, INVALID, "wait", "[\"1\",\"2\"]"),
                arguments("PUT", "slices/a?dryRun=yes", 400, INVALID, "dryRun", "\"yes\""),
                arguments("PUT", "slices/a?dryrun=true", 400, INVALID, "dryrun", "\"true\""),
                arguments("DELETE", "slices/theirs?force=1", 400, INVALID, "force", "\"1\""),
                arguments("GET", "slices/theirs?wait=1", 400, INVALID, "wait", "\"1\""),
                arguments("GET", "slices?limit=0", 400, INVALID, "limit", "\"0\""),
                arguments("GET", "slices?limit=1001", 400, INVALID, "limit", "\"1001\""),
                arguments("GET", "slices?limit=ten", 400, INVALID, "limit", "\"ten\""),
                arguments("GET", "slices?state=active", 400, INVALID, "state", "\"active\""),
                arguments("GET", "slices?label=cluster", 400, INVALID, "label", "\"cluster\""),
                arguments("GET", "slices?label=:slurma", 400, INVALID, "label", "\":slurma\""),
                arguments("GET", "slices?cursor=%25", 400, INVALID, "cursor", "\"%\""),
                arguments("GET", "slices?cursor=LWE", 400, INVALID, "cursor", "\"LWE\""),
                arguments("GET", "slices?page=2", 400, INVALID, "page", "\"2\""),
                arguments("GET", "fabric?verbose=1", 400, INVALID, "verbose", "\"1\""),
                arguments("GET", "slices/none", 404, "not-found", null, null),
                arguments("DELETE", "slices/none", 404, "not-found", null, null),
                arguments("GET", "slices/theirs", 404, "not-found", null, null),
                arguments("PUT", "slices/theirs", 404, "not-found", null, null),
                arguments("PUT", "slices/theirs?dryRun=true", 404, "not-found", null, null),
                arguments("DELETE", "slices/theirs?wait=1", 404, "not-found", null, null),
                arguments("GET", "", 404, "not-found", null, null),
                arguments("GET", "slice", 404, "not-found", null, null),
                arguments("GET", "slices/a/b/c", 404, "not-found", null, null),
                arguments("GET", "application.wadl", 404, "not-found", null, null),
                arguments("POST", "slices", 405, "method-not-allowed", null, null),
                arguments("PATCH", "slices/a", 405, "method-not-allowed", null, null),
                arguments("DELETE", "fabric", 405, "method-not-allowed", null, null),
                arguments("PUT", "fabric", 405, "method-not-allowed", null, null),
                arguments("POST", "slices/a/renew", 400, INVALID, "/nodes", "[\"gpu-1\",\"gpu-2\"]"),
                arguments("POST", "slices/a/renew?wait=1", 400, INVALID, "wait", "\"1\""),
                arguments("POST", "renew", 400, INVALID, "/nodes", "[\"gpu-1\",\"gpu-2\"]"),
                arguments("POST", "plans", 400, INVALID, "/nodes", "[\"gpu-1\",\"gpu-2\"]"),
                arguments("GET", "circuits?limit=0", 400, INVALID, "limit", "\"0\""),
                arguments("GET", "circuits?state=connected", 400, INVALID, "state", "\"connected\""),
                arguments("GET", "circuits?cursor=YQ", 400, INVALID, "cursor", "\"YQ\""),
                arguments("GET", "circuits?cursor=WyJhIiwxXQ", 400, INVALID, "cursor", "\"WyJhIiwxXQ\""),
                arguments("GET", "circuits?port=1", 400, INVALID, "port", "\"1\""),
                arguments("GET", "circuits/ocs-1/1/1", 400, INVALID, "peer", "\"1\""),
                arguments("GET", "circuits/ocs-1/1/5?wait=1", 400, INVALID, "wait", "\"1\""),
                arguments("GET", "switches?name=ocs-1", 400, INVALID, "name", "\"ocs-1\""),
                arguments("GET", "switches/ocs-9", 404, "not-found", null, null),
                arguments("GET", "circuits/ocs-1", 404, "not-found", null, null),
                arguments("GET", "circuits/ocs-1/1/2", 404, "not-found", null, null),
                arguments("POST", "circuits", 405, "method-not-allowed", null, null),
                arguments("PUT", "circuits/ocs-1/1/2", 403, "forbidden", null, null));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void refusesRequest(String method, String path, int status, String type, String pointer, String value)
            throws Exception {
        HttpResponse<String> response = send(as("slurm", path).header("Content-Type", "application/json")
                .method(method, method.matches("GET|DELETE") ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(SPEC)));

        assertProblem(response, status, type);
        if (pointer != null) {
            assertThat(json(response).at("/errors/0/pointer").textValue()).isEqualTo(pointer);
            assertThat(json(response).at("/errors/0/value")).isEqualTo(Json.mapper().readTree(value));
        }
        assertThat(slices.slices()).hasSize(1);
    }

    static void assertProblem(HttpResponse<String> response, int status, String type) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = json(response);
        assertThat(problem.get("type").textValue()).isEqualTo("/cloister/v1/problems/" + type);
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("title").textValue()).isNotBlank();
        assertThat(problem.get("detail").textValue()).isNotBlank();
        assertThat(problem.get("retryable").isBoolean()).isTrue();
        assertThat(problem.get("errors").isArray()).isTrue();
    }
}
