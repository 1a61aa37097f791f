package org.cloister.rest;

import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.rest.BadRequestsTest.assertProblem;

/** Changes of slices, and entity tags that keep one from changing what one has not seen. */
@Timeout(30)
class ChangesTest extends RestTest {

    private static final String OTHER = "{\"nodes\":[\"gpu-1\",\"gpu-3\"]}";

    private HttpResponse<String> put(String path, String body, String header, String value) throws Exception {
        return send(as("slurm", path).header("Content-Type", "application/json").header(header, value)
                .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String tag(HttpResponse<String> response) {
        return response.headers().firstValue("ETag").orElse("none");
    }

    private Slice add() {
        return slices.add("a", "slurm", SliceState.ACTIVE, Map.of());
    }

    private Slice slice() {
        return slices.slice(SliceId.of("a")).orElseThrow();
    }

    @Test
    void aChangeIsAcceptedAtOnce() throws Exception {
        add();
        HttpResponse<String> response = put("slurm", "slices/a", OTHER);

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.headers().firstValue("Location")).hasValue(getBaseUri() + "slices/a");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(tag(response)).isEqualTo("\"2\"");
        assertThat(json(response).get("generation").intValue()).isEqualTo(2);
    }

    @Test
    void aChangeIsDoneWithinTheWait() throws Exception {
        add();
        onceAwaited("a", () -> slices.settle("a", SliceState.ACTIVE));
        HttpResponse<String> response = put("slurm", "slices/a?wait=20", OTHER);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(tag(response)).isEqualTo("\"2\"");
        assertThat(json(response).at("/spec/nodes/1").textValue()).isEqualTo("gpu-3");
    }

    @Test
    void whatNeedsNoSwitchIsDoneAtOnce() throws Exception {
        add();
        slices.atOnce = true;
        assertThat(put("slurm", "slices/a", OTHER).statusCode()).isEqualTo(200);
    }

    @Test
    void waitEndsBeforeTheChangeIsDone() throws Exception {
        add();
        HttpResponse<String> response = put("slurm", "slices/a?wait=1", OTHER);
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(tag(response)).isEqualTo("\"2\"");
    }

    @Test
    void aChangeThatFailsSaysWhatCarriesTheTraffic() throws Exception {
        Slice before = add();
        onceAwaited("a", () -> slices.changeBack("a", before.spec()));
        HttpResponse<String> response = put("slurm", "slices/a?wait=20", OTHER);

        assertProblem(response, 503, "installation-failed");
        assertThat(json(response).get("detail").textValue())
                .contains("'a'", "before still carries", "leaf-2 did not take the rules");
        // asked for what it is again, an old failure is no news
        HttpResponse<String> same = put("slurm", "slices/a?wait=1", SPEC);
        assertThat(same.statusCode()).isEqualTo(200);
        assertThat(json(same).at("/conditions/0/type").textValue()).isEqualTo("ChangeFailed");
    }

    @Test
    void everyAnswerWithASliceHasItsTag() throws Exception {
        assertThat(tag(put("slurm", "slices/a", SPEC))).isEqualTo("\"1\"");
        slices.settle("a", SliceState.ACTIVE);
        assertThat(tag(get("slurm", "slices/a"))).isEqualTo("\"1\"");
        assertThat(tag(put("slurm", "slices/a?wait=5", SPEC))).isEqualTo("\"1\"");
        assertThat(tag(delete("slurm", "slices/a"))).isEqualTo("\"1\"");
        assertThat(tag(put("slurm", "slices/b?dryRun=true", SPEC))).isEqualTo("none");
    }

    @Test
    void readersThatKnowTheGenerationAreToldSo() throws Exception {
        add();
        HttpResponse<String> known = send(as("slurm", "slices/a").header("If-None-Match", "\"7\", W/\"1\""));
        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
        assertThat(tag(known)).isEqualTo("\"1\"");
        assertThat(send(as("slurm", "slices/a").header("If-None-Match", "*")).statusCode()).isEqualTo(304);
        assertThat(send(as("slurm", "slices/a").header("If-None-Match", "\"2\"")).statusCode()).isEqualTo(200);
        // one that is not theirs does not exist, whatever they think they know
        assertProblem(send(as("kueue", "slices/a").header("If-None-Match", "\"1\"")), 404, "not-found");
    }

    @Test
    void cachesKeepNothingBecauseStatesChangeUnderTheSameTag() throws Exception {
        add();
        assertThat(get("slurm", "slices/a").headers().firstValue("Cache-Control").orElse("")).contains("no-store");
    }

    @ParameterizedTest
    @CsvSource({"'\"1\"', 202", "'\"2\"', 412", "'*', 202", "'\"7\", \"1\"', 202", "'\"7\",\"8\"', 412",
        "'W/\"1\"', 412", "'\"one\"', 412", "'\"a,b\" , \"1\"', 202"})
    void onlyTheGenerationThatWasSeenIsChanged(String tags, int status) throws Exception {
        add();
        HttpResponse<String> response = put("slices/a", OTHER, "If-Match", tags);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(slice().generation()).isEqualTo(status == 412 ? 1 : 2);
        if (status == 412) {
            assertProblem(response, 412, "stale-etag");
            assertProblem(put("slices/a?dryRun=true", OTHER, "If-Match", tags), 412, "stale-etag");
        }
    }

    @Test
    void whatIsNotThereMatchesNothing() throws Exception {
        assertProblem(put("slices/a", SPEC, "If-Match", "*"), 412, "stale-etag");
        assertProblem(put("slices/a", SPEC, "If-Match", "\"1\""), 412, "stale-etag");
        assertThat(slices.slices()).isEmpty();
        assertThat(put("slices/a", SPEC, "If-None-Match", "*").statusCode()).isEqualTo(202);
        assertProblem(put("slices/a", SPEC, "If-None-Match", "*"), 412, "stale-etag");
    }

    @Test
    void onlyTheGenerationThatWasSeenIsRemoved() throws Exception {
        add();
        assertProblem(send(as("slurm", "slices/a").header("If-Match", "\"2\"").DELETE()), 412, "stale-etag");
        assertThat(slice().state()).isEqualTo(SliceState.ACTIVE);
        assertThat(send(as("slurm", "slices/a").header("If-Match", "\"1\"").DELETE()).statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"1", "1\"", "\"1\" \"2\"", "\"1\",", ",\"1\"", "", "w/\"1\"", "*, \"1\"", "**",
        "\"a\"b\""})
    void whatIsNoTagIsNamed(String value) throws Exception {
        add();
        for (String method : new String[] {"PUT", "DELETE"}) {
            HttpResponse<String> response = send(as("slurm", "slices/a").header("Content-Type", "application/json")
                    .header("If-Match", value).method(method, method.equals("PUT")
                            ? HttpRequest.BodyPublishers.ofString(OTHER) : HttpRequest.BodyPublishers.noBody()));
            assertProblem(response, 400, "invalid-request");
            assertThat(json(response).at("/errors/0/pointer").textValue()).isEqualTo("If-Match");
            assertThat(json(response).at("/errors/0/value").textValue()).isEqualTo(value);
        }
        HttpResponse<String> read = send(as("slurm", "slices/a").header("If-None-Match", value));
        assertProblem(read, 400, "invalid-request");
        assertThat(slice().generation()).isEqualTo(1);
        assertThat(slice().state()).isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void preconditionsThatMeanNothingTogetherAreRefused() throws Exception {
        add();
        assertProblem(put("slices/a", OTHER, "If-None-Match", "\"1\""), 400, "invalid-request");
        HttpResponse<String> both = send(as("slurm", "slices/a").header("Content-Type", "application/json")
                .header("If-Match", "\"1\"").header("If-None-Match", "*")
                .PUT(HttpRequest.BodyPublishers.ofString(OTHER)));
        assertProblem(both, 400, "invalid-request");
        assertThat(json(both).at("/errors/0/pointer").textValue()).isEqualTo("If-Match");
        assertProblem(send(as("slurm", "slices/a").header("If-None-Match", "*").DELETE()), 400, "invalid-request");
        assertThat(slice().generation()).isEqualTo(1);
    }
}
