package org.cloister.rest;

import org.cloister.isolation.api.SliceState;
import org.cloister.ocs.api.CircuitRefusedException.Reason;
import org.cloister.ocs.api.DemandPhase;
import org.cloister.ocs.api.OpticalCircuit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.rest.BadRequestsTest.assertProblem;

/** Circuits that administrators make and remove by hand. */
class CircuitChangesTest extends RestTest {

    private static final OpticalCircuit IDLE = OpticalCircuit.of("ocs-1", "1", "5");
    private static final String OWNER = "admin:ocs-1:2:6";

    @Test
    void madeOnceInEitherOrder() throws Exception {
        HttpResponse<String> made = put("boss", "circuits/ocs-1/6/2?wait=5", "{}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(made.headers().firstValue("Location").orElse("")).endsWith("/circuits/ocs-1/6/2");
        assertThat(json(made).get("owners").toString()).isEqualTo("[\"" + OWNER + "\"]");
        assertThat(json(made).at("/demand/phase").textValue()).isEqualTo("ESTABLISHED");
        HttpResponse<String> same = put("boss", "circuits/ocs-1/2/6", "{}");
        assertThat(same.statusCode()).isEqualTo(200);
        assertThat(json(same)).isEqualTo(json(made));
        assertThat(circuits.demands()).containsOnlyKeys(OWNER);
    }

    @Test
    void needsNoBodyAndRefusesAnyOther() throws Exception {
        HttpResponse<String> without = send(as("boss", "circuits/ocs-1/2/6").PUT(HttpRequest.BodyPublishers.noBody()));
        assertThat(without.statusCode()).as(without.body()).isEqualTo(201);
        HttpResponse<String> more = put("boss", "circuits/ocs-1/3/4", "{\"force\":true}");
        assertProblem(more, 400, "invalid-request");
        assertThat(json(more).at("/errors/0/pointer").textValue()).isEqualTo("/force");
        assertProblem(put("boss", "circuits/ocs-1/3/4", "[]"), 400, "invalid-request");
        assertProblem(put("boss", "circuits/ocs-1/3/4", " ".repeat(Body.MOST_BYTES + 1)), 413, "body-too-large");
        assertThat(circuits.demands()).containsOnlyKeys(OWNER);
    }

    @Test
    void waitEndsWithTheCircuitOrByItself() throws Exception {
        circuits.hold();
        HttpResponse<String> accepted = put("boss", "circuits/ocs-1/2/6?wait=1", "");
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        assertThat(accepted.headers().firstValue("Location").orElse("")).endsWith("/circuits/ocs-1/2/6");
        assertThat(accepted.headers().firstValue("Retry-After")).isPresent();
        assertThat(json(accepted).at("/demand/phase").textValue()).isEqualTo("PLANNED");
        assertThat(put("boss", "circuits/ocs-1/2/6", "").statusCode()).isEqualTo(202);

        CompletableFuture<HttpResponse<String>> waiting = later(() -> put("boss", "circuits/ocs-1/2/6?wait=20", ""));
        circuits.phase(OWNER, DemandPhase.VERIFYING);
        circuits.establish(OWNER);
        assertThat(waiting.join().statusCode()).isEqualTo(200);
    }

    @Test
    void whatCouldNotBeMadeSaysWhyAndMayBeAskedAgain() throws Exception {
        circuits.hold();
        put("boss", "circuits/ocs-1/2/6", "");
        circuits.fail(OWNER, "ocs-1 port 6 stays dark");
        CompletableFuture<HttpResponse<String>> again = later(() -> put("boss", "circuits/ocs-1/2/6?wait=20", ""));
        for (int look = 0; look < 3_000 && circuits.demand(OWNER).orElseThrow().phase() == DemandPhase.FAILED; look++) {
            Thread.sleep(5);
        }
        circuits.fail(OWNER, "ocs-1 port 6 is still dark");
        HttpResponse<String> failed = again.join();
        assertProblem(failed, 503, "installation-failed");
        assertThat(json(failed).get("detail").textValue()).contains("ocs-1 2 to 6", "ocs-1 port 6 is still dark");
        circuits.unhold();
        assertThat(put("boss", "circuits/ocs-1/2/6?wait=5", "").statusCode()).isEqualTo(201);
    }

    @Test
    void dryRunShowsWhatGivesWayAndKeepsNothing() throws Exception {
        HttpResponse<String> plan = put("boss", "circuits/ocs-1/1/6?dryRun=true", "");
        assertThat(plan.statusCode()).isEqualTo(200);
        assertThat(plan.body()).isEqualTo("{\"removes\":[{\"switch\":\"ocs-1\",\"ports\":[\"1\",\"5\"]}],"
                + "\"makes\":[{\"switch\":\"ocs-1\",\"ports\":[\"1\",\"6\"]}],\"keeps\":[]}");
        assertProblem(put("boss", "circuits/ocs-1/7/2?dryRun=true", ""), 409, "foreign-circuit");
        assertThat(circuits.demands()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "circuits/ocs-9/1/5, 422, unknown-switch, switch, ocs-9",
        "circuits/ocs-1/99/5, 422, unknown-port, port, 99",
        "circuits/ocs-1/5/99, 422, unknown-port, peer, 99",
        "circuits/ocs-1/5/5, 400, invalid-request, peer, 5",
        "circuits/ocs-1/2/6?wait=61, 400, invalid-request, wait, 61",
        "circuits/ocs-1/2/6?dryRun=1, 400, invalid-request, dryRun, 1",
        "circuits/ocs-1/2/6?force=true, 400, invalid-request, force, true",
        "circuits/ocs-1/8/2, 409, foreign-circuit, ,",
        "circuits/ocs-1/1/6, 409, circuit-in-use, ,",
        "circuits/ocs-1/4/6, 409, no-circuit, ,",
        "circuits/ocs-2/1/2, 503, not-ready, ,",
    })
    void refusedAtWhatIsWrong(String path, int status, String type, String pointer, String value) throws Exception {
        circuits.demand("slice:train", Set.of(IDLE));
        circuits.quarantine("ocs-1", "4", "mirror stuck");
        circuits.trouble("ocs-2", "no connection");
        HttpResponse<String> refused = put("boss", path, "");
        assertProblem(refused, status, type);
        if (pointer != null) {
            assertThat(json(refused).at("/errors/0/pointer").textValue()).isEqualTo(pointer);
            assertThat(json(refused).at("/errors/0/value").textValue()).isEqualTo(value);
            assertThat(json(refused).get("errors")).hasSize(1);
        }
        assertThat(circuits.demands()).containsOnlyKeys("slice:train");
    }

    @Test
    void aSilentStoreIsToldApart() throws Exception {
        circuits.refuseNext(Reason.STORE, "the store does not answer");
        HttpResponse<String> response = put("boss", "circuits/ocs-1/2/6", "");
        assertProblem(response, 503, "store-unavailable");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void preconditionsAreRefused() throws Exception {
        assertProblem(send(as("boss", "circuits/ocs-1/2/6").header("If-None-Match", "*")
                .PUT(HttpRequest.BodyPublishers.noBody())), 422, "not-supported");
        assertProblem(send(as("boss", "circuits/ocs-1/1/5").header("If-Match", "*").DELETE()), 422, "not-supported");
        assertThat(circuits.demands()).isEmpty();
    }

    @Test
    void whatNobodyElseWantsIsRemoved() throws Exception {
        put("boss", "circuits/ocs-1/2/6?wait=5", "");
        assertThat(delete("boss", "circuits/ocs-1/6/2?wait=5").statusCode()).isEqualTo(204);
        assertThat(delete("boss", "circuits/ocs-1/1/5?wait=5").statusCode()).as("an idle one").isEqualTo(204);
        assertThat(circuits.view().circuits()).singleElement().satisfies(left -> assertThat(left.foreign()).isTrue());
        assertThat(circuits.demands()).isEmpty();
        assertProblem(delete("boss", "circuits/ocs-1/2/6"), 404, "not-found");
        assertProblem(delete("boss", "circuits/ocs-9/2/6"), 404, "not-found");
    }

    @Test
    void whatOthersUseOrMadeStays() throws Exception {
        slices.add("train", "slurm", SliceState.ACTIVE, Map.of());
        circuits.demand("slice:train", Set.of(IDLE));
        put("boss", "circuits/ocs-1/1/5", "");
        HttpResponse<String> used = delete("boss", "circuits/ocs-1/1/5?wait=1");
        assertProblem(used, 409, "circuit-in-use");
        assertThat(json(used).get("detail").textValue()).contains("slice:train").doesNotContain("admin:");
        HttpResponse<String> foreign = delete("boss", "circuits/ocs-1/7/8");
        assertProblem(foreign, 409, "foreign-circuit");
        assertThat(circuits.view().circuits()).hasSize(2);
        assertThat(circuits.demands()).containsOnlyKeys("slice:train", "admin:ocs-1:1:5");
    }

    @Test
    void onlyAdministratorsMakeAndRemove() throws Exception {
        put("boss", "circuits/ocs-1/2/6", "");
        for (String user : new String[] {"reader", "slurm"}) {
            assertProblem(put(user, "circuits/ocs-1/3/4", ""), 403, "forbidden");
            assertProblem(delete(user, "circuits/ocs-1/2/6"), 403, "forbidden");
        }
        assertThat(circuits.demands()).containsOnlyKeys(OWNER);
    }

    private CompletableFuture<HttpResponse<String>> later(Request request) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return request.send();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    /** Something to send while the test does something else. */
    private interface Request {

        HttpResponse<String> send() throws Exception;
    }
}
