package org.cloister.rest;

import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceState;
import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/** Every operation of the OpenAPI document, asked by everybody. An operation without a rule here fails. */
class AccessWalkTest extends RestTest {

    /** The slice, which slurm owns. */
    private static final String SLICE = "s";

    /** For nobody, ONOS's viewer, a reader, another's scheduler, the owner, Cloister's and ONOS's administrators. */
    private static final List<String> USERS = List.of("", "guest", "reader", "kueue", "slurm", "boss", "onos");

    private static final Map<String, Rule> RULES = new LinkedHashMap<>();

    static {
        rule(Rule.OPEN, "GET /health", "GET /ready");
        rule(Rule.READ, "GET /fabric", "GET /slices", "GET /switches", "GET /switches/{name}", "GET /circuits",
                "GET /circuits/{switch}/{port}/{peer}", "GET /openapi.yaml", "GET /openapi.json");
        rule(Rule.READ_EVERYTHING, "GET /drains", "GET /drains/{name}", "GET /metrics");
        rule(Rule.READ_OWN, "GET /slices/{id}", "GET /slices/{id}/verification");
        rule(Rule.CHANGE_OWN, "PUT /slices/{id}", "DELETE /slices/{id}", "POST /slices/{id}/renew");
        rule(Rule.SCHEDULE, "POST /renew", "POST /plans");
        rule(Rule.ADMINISTER, "PUT /drains/{name}", "DELETE /drains/{name}", "PUT /circuits/{switch}/{port}/{peer}",
                "DELETE /circuits/{switch}/{port}/{peer}");
    }

    private static final Map<String, String> BODIES = Map.of("PUT /slices/{id}", SPEC,
            "POST /slices/{id}/renew", "{\"leaseSeconds\":3600}",
            "POST /renew", "{\"label\":\"cluster:a\",\"slices\":[\"s\"]}",
            "POST /plans", "{\"candidates\":[" + SPEC + "]}");

    private final ApiDocument document = ApiDocument.served();

    @Test
    void everyOperationAnswersEverybodyByItsRule() throws Exception {
        for (ApiDocument.Operation operation : document.operations()) {
            Rule rule = RULES.get(operation.toString());
            assertThat(rule).as("the rule of %s", operation).isNotNull();
            for (int user = 0; user < USERS.size(); user++) {
                prepare();
                int expected = rule.statuses[user];
                HttpResponse<String> response = ask(operation.method(), operation, USERS.get(user));
                String what = USERS.get(user) + " " + operation + " " + response.body();
                if (expected != 200) {
                    assertThat(response.statusCode()).as(what).isEqualTo(expected);
                } else {
                    assertThat(response.statusCode() / 100).as(what).isEqualTo(2);
                }
                if (response.statusCode() >= 400) {
                    assertUnchanged(what);
                }
            }
        }
        assertThat(RULES).hasSameSizeAs(document.operations());
    }

    /** What no operation is named for: the methods that are left. */
    @Test
    void methodsThatAreNotThereTellStrangersNothing() throws Exception {
        Map<String, Set<String>> methods = new TreeMap<>();
        document.operations().forEach(each -> methods.computeIfAbsent(each.path(), path -> new TreeSet<>())
                .add(each.method()));
        for (ApiDocument.Operation operation : document.operations()) {
            for (String method : new String[] {"PUT", "POST", "DELETE", "PATCH"}) {
                if (methods.get(operation.path()).contains(method)) {
                    continue;
                }
                prepare();
                int[] expected = {401, 403, 403, 405, 405, 405, 405};
                for (int user = 0; user < USERS.size(); user++) {
                    assertThat(ask(method, operation, USERS.get(user)).statusCode())
                            .as("%s %s %s", USERS.get(user), method, operation.path()).isEqualTo(expected[user]);
                }
                assertUnchanged(method + " " + operation.path());
            }
        }
    }

    private void prepare() {
        forget();
        slices.add(SLICE, "slurm", SliceState.ACTIVE, Map.of("cluster", "a"));
        drains.holders = List.of(SliceId.of(SLICE));
        drains.drain("spine-1");
    }

    private void assertUnchanged(String what) {
        assertThat(slices.slices()).as(what).singleElement()
                .satisfies(slice -> assertThat(slice.state()).isEqualTo(SliceState.ACTIVE));
        assertThat(drains.drains()).as(what).hasSize(1);
        assertThat(circuits.demands()).as(what).isEmpty();
        assertThat(circuits.view().circuits()).as(what).hasSize(2);
    }

    private HttpResponse<String> ask(String method, ApiDocument.Operation operation, String user) throws Exception {
        String path = operation.path().substring(1).replace("{id}", SLICE)
                .replace("{name}", operation.path().startsWith("/switches") ? "ocs-1" : "spine-1")
                .replace("{switch}/{port}/{peer}", "ocs-1/1/5");
        String body = BODIES.getOrDefault(operation.toString(), "");
        boolean sent = !body.isEmpty() && method.equals(operation.method());
        return send(as(user, path).header("Content-Type", "application/json").method(method, sent
                ? HttpRequest.BodyPublishers.ofString(body) : HttpRequest.BodyPublishers.noBody()));
    }

    private static void rule(Rule rule, String... operations) {
        for (String operation : operations) {
            RULES.put(operation, rule);
        }
    }

    /** Who may: the status for each user, where 200 stands for whatever is answered to those who may. */
    private enum Rule {
        OPEN(200, 200, 200, 200, 200, 200, 200),
        READ(401, 403, 200, 200, 200, 200, 200),
        READ_EVERYTHING(401, 403, 200, 403, 403, 200, 200),
        READ_OWN(401, 403, 200, 404, 200, 200, 200),
        CHANGE_OWN(401, 403, 403, 404, 200, 200, 200),
        SCHEDULE(401, 403, 403, 200, 200, 200, 200),
        ADMINISTER(401, 403, 403, 403, 403, 200, 200);

        private final int[] statuses;

        Rule(int... statuses) {
            this.statuses = statuses;
        }
    }
}
