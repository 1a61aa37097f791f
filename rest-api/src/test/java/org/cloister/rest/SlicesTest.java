package org.cloister.rest;

import com.fasterxml.jackson.databind.JsonNode;
import org.cloister.isolation.api.Json;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.rest.BadRequestsTest.assertProblem;

@Timeout(30)
class SlicesTest extends RestTest {

    @Test
    void newSliceIsAcceptedAtOnce() throws Exception {
        HttpResponse<String> response = put("slurm", "slices/a", SPEC);

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.headers().firstValue("Location")).hasValue(getBaseUri() + "slices/a");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        Slice slice = Json.mapper().readValue(response.body(), Slice.class);
        assertThat(slice.state()).isEqualTo(SliceState.INSTALLING);
        assertThat(slice.owner()).isEqualTo("slurm");
        assertThat(slice.spec().nodes()).containsExactly("gpu-1", "gpu-2");
    }

    @Test
    void newSliceIsCreatedWhenActiveWithinTheWait() throws Exception {
        settleOnceAwaited("a", SliceState.ACTIVE);
        HttpResponse<String> response = put("slurm", "slices/a?wait=20", SPEC);

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("Location")).hasValue(getBaseUri() + "slices/a");
        assertThat(json(response).get("state").textValue()).isEqualTo("ACTIVE");
    }

    @Test
    void waitEndsBeforeTheSliceIsActive() throws Exception {
        long begin = System.nanoTime();
        HttpResponse<String> response = put("slurm", "slices/a?wait=1", SPEC);

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(System.nanoTime() - begin).isBetween(900_000_000L, 5_000_000_000L);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void waitsOfManyHoldNoThreads() throws Exception {
        // more than the server of the test has threads
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String id = "w" + i;
            waiting.add(CompletableFuture.supplyAsync(() -> unchecked(() -> put("slurm", "slices/" + id + "?wait=20",
                    SPEC)), task -> new Thread(task).start()));
        }
        while (slices.slices().size() < 100) {
            Thread.sleep(10);
        }
        assertThat(get("slurm", "slices/w0").statusCode()).isEqualTo(200);
        for (int i = 0; i < 100; i++) {
            slices.settle("w" + i, SliceState.ACTIVE);
        }
        assertThat(waiting).allSatisfy(response -> assertThat(response.join().statusCode()).isEqualTo(201));
    }

    @Test
    void installationThatFailsWithinTheWaitIsTold() throws Exception {
        settleOnceAwaited("a", SliceState.FAILED);
        HttpResponse<String> response = put("slurm", "slices/a?wait=20", SPEC);

        assertProblem(response, 503, "installation-failed");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(json(response).get("detail").textValue()).contains("'a'", "leaf-2 is silent");
    }

    @Test
    void sameSliceAgainIs200() throws Exception {
        put("slurm", "slices/a", SPEC);
        assertThat(put("slurm", "slices/a", SPEC).statusCode()).isEqualTo(200);
        settleOnceAwaited("a", SliceState.ACTIVE);
        HttpResponse<String> response = put("slurm", "slices/a?wait=20", SPEC);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).get("state").textValue()).isEqualTo("ACTIVE");
        assertThat(slices.slices()).hasSize(1);
    }

    @Test
    void dryRunStoresNothing() throws Exception {
        HttpResponse<String> response = put("slurm", "slices/a?dryRun=true", SPEC);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).at("/allocation/links/0/from").textValue()).isEqualTo("leaf-1/5");
        assertThat(slices.slices()).isEmpty();
        assertThat(get("slurm", "slices/a").statusCode()).isEqualTo(404);
    }

    @Test
    void refusalCarriesItsShortage() throws Exception {
        HttpResponse<String> response = put("slurm", "slices/a", "{\"nodes\":[\"gpu-9\"]}");

        assertProblem(response, 409, "insufficient-uplinks");
        JsonNode problem = json(response);
        assertThat(problem.get("retryable").booleanValue()).isTrue();
        assertThat(problem.get("shortage")).isEqualTo(Json.mapper().readTree(
                "{\"at\":\"leaf-2\",\"kind\":\"uplinks\",\"needed\":2,\"free\":1}"));
    }

    @Test
    void specificationOfAnAnswerCanBePutAgain() throws Exception {
        put("slurm", "slices/a", SPEC);
        String spec = json(get("slurm", "slices/a")).get("spec").toString();
        assertThat(put("slurm", "slices/b", spec).statusCode()).isEqualTo(202);
    }

    @Test
    void deletionIsAcceptedAtOnce() throws Exception {
        slices.add("a", "slurm", SliceState.ACTIVE, Map.of());
        HttpResponse<String> response = delete("slurm", "slices/a");

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(json(response).get("state").textValue()).isEqualTo("REMOVING");
    }

    @Test
    void deletionIsDoneWithinTheWait() throws Exception {
        slices.add("a", "slurm", SliceState.ACTIVE, Map.of());
        onceAwaited("a", () -> slices.gone("a"));
        HttpResponse<String> response = delete("slurm", "slices/a?wait=20");

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        assertThat(get("slurm", "slices/a").statusCode()).isEqualTo(404);
    }

    @Test
    void deletionGoesOnAfterTheWait() throws Exception {
        slices.add("a", "slurm", SliceState.ACTIVE, Map.of());
        assertThat(delete("slurm", "slices/a?wait=1").statusCode()).isEqualTo(202);
    }

    @Test
    void pagesOfSlicesHoldEachOnce() throws Exception {
        for (int i = 0; i < 5; i++) {
            slices.add("s" + i, "slurm", SliceState.ACTIVE, Map.of());
        }
        List<String> ids = new ArrayList<>();
        JsonNode page = json(get("slurm", "slices?limit=2"));
        page.get("items").forEach(slice -> ids.add(slice.get("id").textValue()));
        // one that was seen goes, and the next page is not shifted by it
        slices.gone("s0");
        while (page.get("nextCursor").isTextual()) {
            page = json(get("slurm", "slices?limit=2&cursor=" + page.get("nextCursor").textValue()));
            page.get("items").forEach(slice -> ids.add(slice.get("id").textValue()));
        }
        assertThat(ids).containsExactly("s0", "s1", "s2", "s3", "s4");
        assertThat(page.has("nextCursor")).isTrue();
    }

    @Test
    void slicesAreFiltered() throws Exception {
        slices.add("a", "slurm", SliceState.ACTIVE, Map.of("cluster", "x:1"));
        slices.add("b", "slurm", SliceState.FAILED, Map.of("cluster", "y"));
        slices.add("c", "kueue", SliceState.ACTIVE, Map.of());

        assertThat(ids("reader", "slices")).containsExactly("a", "b", "c");
        assertThat(ids("reader", "slices?owner=kueue")).containsExactly("c");
        assertThat(ids("reader", "slices?state=ACTIVE")).containsExactly("a", "c");
        assertThat(ids("reader", "slices?label=cluster:x:1")).containsExactly("a");
        assertThat(ids("reader", "slices?label=cluster:y&state=ACTIVE")).isEmpty();
        assertThat(ids("slurm", "slices")).containsExactly("a", "b");
        assertThat(ids("slurm", "slices?owner=kueue")).isEmpty();
    }

    @Test
    void fabricIsSentOncePerVersion() throws Exception {
        HttpResponse<String> first = get("reader", "fabric");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("ETag")).hasValue("\"v1\"");

        HttpResponse<String> again = send(as("reader", "fabric").header("If-None-Match", "\"v0\", \"v1\""));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.headers().firstValue("ETag")).hasValue("\"v1\"");
        assertThat(again.body()).isEmpty();

        slices.fabricVersion = "v2";
        assertThat(send(as("reader", "fabric").header("If-None-Match", "\"v1\"")).statusCode()).isEqualTo(200);
        slices.fabricVersion = "v1";
    }

    private List<String> ids(String user, String path) throws Exception {
        List<String> ids = new ArrayList<>();
        json(get(user, path)).get("items").forEach(slice -> ids.add(slice.get("id").textValue()));
        return ids;
    }

    private void settleOnceAwaited(String id, SliceState state) {
        onceAwaited(id, () -> slices.settle(id, state));
    }

    private static <T> T unchecked(java.util.concurrent.Callable<T> call) {
        try {
            return call.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
