package org.cloister.rest;

import org.cloister.isolation.api.SliceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.rest.BadRequestsTest.assertProblem;

class DrainsTest extends RestTest {

    @ParameterizedTest
    @ValueSource(strings = {"leaf-1/5", "leaf-1%2F5"})
    void portIsDrainedAndPutBackUnderItsNameWithTheSlash(String path) throws Exception {
        HttpResponse<String> drained = put("boss", "drains/" + path, "");
        assertThat(drained.statusCode()).as(drained.body()).isEqualTo(200);
        assertThat(json(drained).get("name").textValue()).isEqualTo("leaf-1/5");
        assertThat(json(get("reader", "drains/" + path))).isEqualTo(json(drained));
        assertThat(json(get("reader", "drains")).at("/items/0")).isEqualTo(json(drained));

        assertThat(delete("boss", "drains/" + path).statusCode()).isEqualTo(204);
        assertThat(json(get("reader", "drains")).get("items")).isEmpty();
        assertProblem(get("reader", "drains/" + path), 404, "not-found");
        assertProblem(delete("boss", "drains/" + path), 404, "not-found");
    }

    @Test
    void slicesThatMoveAwayAreNamedAndWaitedFor() throws Exception {
        drains.holders = List.of(SliceId.of("b"), SliceId.of("a"));
        HttpResponse<String> moving = put("boss", "drains/spine-1", "");
        assertThat(moving.statusCode()).isEqualTo(202);
        assertThat(moving.headers().firstValue("Location").orElse("")).endsWith("/drains/spine-1");
        assertThat(moving.headers().firstValue("Retry-After")).isPresent();
        assertThat(json(moving).get("slices").toString()).isEqualTo("[\"a\",\"b\"]");
    }

    @Test
    void refusalsAreProblems() throws Exception {
        assertProblem(put("boss", "drains/spine-2", ""), 409, "insufficient-uplinks");
        assertProblem(put("boss", "drains/toaster", ""), 404, "not-found");
        assertProblem(put("boss", "drains/spine-1?now=true", ""), 400, "invalid-request");
        assertProblem(send(as("boss", "drains/spine-1").header("If-Match", "\"1\"")
                .PUT(HttpRequest.BodyPublishers.noBody())), 422, "not-supported");
        assertThat(drains.drains()).isEmpty();
    }

    @Test
    void onlyAdministratorsDrainAndOnlyThoseReadWhoMaySeeEverySlice() throws Exception {
        for (String user : new String[] {"reader", "slurm"}) {
            assertProblem(put(user, "drains/spine-1", ""), 403, "forbidden");
            assertProblem(delete(user, "drains/spine-1"), 403, "forbidden");
        }
        assertProblem(get("slurm", "drains"), 403, "forbidden");
        assertProblem(get("slurm", "drains/spine-1"), 403, "forbidden");
        assertThat(get("reader", "drains").statusCode()).isEqualTo(200);
        assertThat(drains.drains()).isEmpty();
    }
}
