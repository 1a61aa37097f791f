package org.cloister.rest;

import org.cloister.isolation.api.SliceState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.rest.BadRequestsTest.assertProblem;

class AccessTest extends RestTest {

    @BeforeEach
    void addSlice() {
        slices.add("s", "slurm", SliceState.ACTIVE, Map.of());
    }

    /** Nobody, ONOS's viewer, a reader, another's scheduler, the owner, two administrators. */
    @ParameterizedTest
    @CsvSource({
        "GET,    fabric,            401, 403, 200, 200, 200, 200, 200",
        "GET,    slices,            401, 403, 200, 200, 200, 200, 200",
        "GET,    slices/s,          401, 403, 200, 404, 200, 200, 200",
        "GET,    slices/none,       401, 403, 404, 404, 404, 404, 404",
        "GET,    nowhere,           401, 403, 404, 404, 404, 404, 404",
        "GET,    circuits,          401, 403, 200, 200, 200, 200, 200",
        "PUT,    slices/s,          401, 403, 403, 404, 200, 200, 200",
        "PUT,    slices/s?dryRun=true, 401, 403, 403, 404, 200, 200, 200",
        "PUT,    slices/none?dryRun=true, 401, 403, 403, 200, 200, 200, 200",
        "DELETE, slices/s,          401, 403, 403, 404, 202, 202, 202",
        "POST,   plans,             401, 403, 403, 400, 400, 400, 400",
        "PUT,    circuits/ocs-1/9/1, 401, 403, 403, 403, 403, 400, 400",
        "DELETE, circuits/ocs-1/9/1, 401, 403, 403, 403, 403, 404, 404",
        "PATCH,  fabric,            401, 403, 403, 405, 405, 405, 405",
    })
    void rolesAllow(String method, String path, int nobody, int guest, int reader, int kueue, int slurm, int boss,
                    int onos) throws Exception {
        int[] expected = {nobody, guest, reader, kueue, slurm, boss, onos};
        String[] users = {"", "guest", "reader", "kueue", "slurm", "boss", "onos"};
        for (int i = 0; i < users.length; i++) {
            HttpResponse<String> response = send(as(users[i], path).header("Content-Type", "application/json")
                    .method(method, method.equals("PUT") || method.equals("POST")
                            ? HttpRequest.BodyPublishers.ofString(SPEC) : HttpRequest.BodyPublishers.noBody()));
            assertThat(response.statusCode()).as(users[i]).isEqualTo(expected[i]);
        }
    }

    @Test
    void strangerIsAskedToLogIn() throws Exception {
        HttpResponse<String> response = get("", "slices");
        assertProblem(response, 401, "unauthenticated");
        assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Basic realm=\"karaf\"");
    }

    @Test
    void lackOfARoleNamesUserAndMethod() throws Exception {
        HttpResponse<String> response = put("reader", "slices/a", SPEC);
        assertProblem(response, 403, "forbidden");
        assertThat(json(response).get("detail").textValue()).contains("'reader'", "PUT");
    }

    @Test
    void nameTakenByAnotherInTheMeantimeIsNotTold() throws Exception {
        slices.late = true;
        assertProblem(put("kueue", "slices/s", SPEC), 404, "not-found");
    }

    @Test
    void administratorsChangeLeavesTheOwner() throws Exception {
        HttpResponse<String> response = put("boss", "slices/s?dryRun=true", SPEC);
        assertThat(json(response).get("owner").textValue()).isEqualTo("slurm");
        assertThat(json(put("boss", "slices/b", SPEC)).get("owner").textValue()).isEqualTo("boss");
    }

    @Test
    void onlyAdministratorsAskForOthersSlices() throws Exception {
        HttpResponse<String> restored = put("boss", "slices/b?owner=kueue", SPEC);
        assertThat(restored.statusCode()).as(restored.body()).isEqualTo(202);
        assertThat(get("kueue", "slices/b").statusCode()).isEqualTo(200);
        assertProblem(put("slurm", "slices/c?owner=kueue", SPEC), 403, "forbidden");
        assertProblem(put("boss", "slices/c?owner=", SPEC), 400, "invalid-request");
        assertThat(put("slurm", "slices/d?owner=slurm", SPEC).statusCode()).isEqualTo(202);
        // nor does a slice change hands
        assertProblem(put("boss", "slices/b?owner=slurm", SPEC), 404, "not-found");
        assertProblem(get("boss", "slices/c"), 404, "not-found");
    }
}
