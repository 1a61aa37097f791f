package org.cloister.rest;

import com.fasterxml.jackson.databind.JsonNode;
import org.cloister.isolation.api.ImmutableSwitchCheck;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.api.Verification;
import org.cloister.isolation.api.Verification.Difference;
import org.cloister.isolation.api.Verification.Kind;
import org.cloister.isolation.api.Verification.SwitchCheck;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.rest.BadRequestsTest.assertProblem;

class VerificationTest extends RestTest {

    @BeforeEach
    void slice() {
        slices.add("s", "slurm", SliceState.DEGRADED, Map.of());
    }

    /** Returns what the service stands in with: a rule is missing on a switch that was never read. */
    static Verification verified(SliceId id) {
        ImmutableSwitchCheck leaf = SwitchCheck.builder().name("leaf-1").device("of:0000000000000011").available(true)
                .expected(3).present(2).missing(1).different(0).extra(0).metersExpected(0).metersPresent(0).build();
        return Verification.builder().slice(id).state(SliceState.DEGRADED).moving(false).at(FakeSlices.THEN)
                .addSwitches(leaf).addDifferences(Difference.of("leaf-1", Kind.MISSING, "tag 100 to 10.0.1.1")).build();
    }

    @Test
    void ownerReadsWhatTheSwitchesLack() throws Exception {
        HttpResponse<String> response = get("slurm", "slices/s/verification");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode verified = json(response);
        assertThat(verified.get("ok").booleanValue()).isFalse();
        assertThat(verified.at("/switches/0/missing").intValue()).isEqualTo(1);
        assertThat(verified.at("/switches/0").has("lastRead")).isTrue();
        assertThat(verified.at("/switches/0/lastRead").isNull()).isTrue();
        assertThat(verified.at("/differences/0/kind").textValue()).isEqualTo("missing");
        assertThat(json(get("reader", "slices/s/verification"))).isEqualTo(verified);
    }

    @Test
    void refusalsAreProblems() throws Exception {
        assertProblem(get("slurm", "slices/none/verification"), 404, "not-found");
        assertProblem(get("kueue", "slices/s/verification"), 404, "not-found");
        assertProblem(get("slurm", "slices/s/verification?wait=1"), 400, "invalid-request");
        assertProblem(put("slurm", "slices/s/verification", ""), 405, "method-not-allowed");
        started = false;
        assertProblem(get("slurm", "slices/s/verification"), 503, "not-ready");
    }
}
