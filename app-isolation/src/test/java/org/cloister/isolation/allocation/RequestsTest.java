package org.cloister.isolation.allocation;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.cloister.isolation.api.ImmutableSliceSpec;
import org.cloister.isolation.api.Json;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.Problem.FieldError;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** What a scheduler is told, asked in its own JSON. */
class RequestsTest {

    private static final Fabric FABRIC = TestFabric.of(2, 2)
            .host("a-0", "a", 0, 0).host("a-1", "a", 1, 1).host("b-0", "b", 0, 0).host("b-1", "b", 1, 1)
            .host("c-0", "c", 0, 0).host("d-0", "d", 0, 1).build();
    private static final String FOUR = "{'members':[{'host':'a-0'},{'host':'a-1'},{'host':'b-0'},{'host':'b-1'}]";

    @Test
    void membersAreLookedUpInRankOrder() {
        assertThat(request("{'members':[{'host':'b-1'},{'host':'a-0'}]}").members())
                .extracting(Host::name).containsExactly("b-1", "a-0");
    }

    @Test
    void withoutPatternsAllRanksSendToAny() {
        Request request = request(FOUR + "}");
        assertThat(request.patterns()).extracting(Pattern::type).containsExactly("any");
        assertThat(request.patterns().get(0).groups()).containsExactly(List.of(0, 1, 2, 3));
        SliceSpec filled = Requests.withDefaults(spec(FOUR + "}"));
        assertThat(filled.patterns()).isEqualTo(request.patterns());
        assertThat(Requests.withDefaults(filled)).isEqualTo(filled);
    }

    @Test
    void defaultsOfEqualRequestsAreEqualHoweverMuchWasWrittenOut() {
        assertThat(Requests.withDefaults(spec(FOUR + ",'patterns':[{'type':'ring'}]}"))).isEqualTo(
                Requests.withDefaults(spec(FOUR + ",'patterns':[{'type':'ring','groups':[[0,1,2,3]],'perRail':false,"
                        + "'rankOrder':'given'}],'bandwidth':{'mode':'exclusive'},'circuits':'forbid'}")));
    }

    @Test
    void ranksThatAreNotKnownYetArePlannedAsAnyAndShownAsAsked() {
        String json = FOUR + ",'patterns':[{'type':'ring','rankOrder':'unknown'}]}";
        assertThat(request(json).patterns()).extracting(Pattern::type).containsExactly("any");
        assertThat(Requests.withDefaults(spec(json)).patterns()).extracting(Pattern::type).containsExactly("ring");
    }

    @Test
    void oneMemberIsASliceInWhichNobodyIsReached() {
        assertThat(request("{'members':[{'host':'a-0'}],'patterns':[{'type':'ring'}]}").members()).hasSize(1);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "refusals.csv", delimiter = '|', quoteCharacter = '\'')
    void whatIsWrongIsSaidAtItsField(String json, String type, String pointer, String value) {
        Problem problem = problem(json.replace("FOUR", FOUR));
        assertThat(problem.type().code()).isEqualTo(type);
        assertThat(problem.errors()).hasSize(1);
        FieldError error = problem.errors().get(0);
        assertThat(error.pointer()).isEqualTo(pointer);
        assertThat(error.value()).hasToString(value);
        assertThat(error.message()).isEqualTo(problem.detail()).isNotBlank();
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnceMostBasicFirst() {
        Problem problem = problem("{'members':[{'host':'a-0'},{'host':'x'},{'host':'a-0'},{'host':'y'}],"
                + "'leaseSeconds':5,'circuits':'allow','patterns':[{'type':'tree'},{'type':'ring','groups':[[9]]}]}");
        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST);
        assertThat(problem.errors()).extracting(FieldError::pointer).containsExactly("/leaseSeconds",
                "/patterns/1/groups/0/0", "/patterns/0/type", "/circuits", "/members/1/host", "/members/3/host",
                "/members/2/host");
        assertThat(problem.detail()).contains("lease of 5 seconds").contains("6 more");
    }

    @Test
    void halvingDoublingPerRailIsJudgedByTheRailsSizes() {
        assertThat(request("{'members':[{'host':'a-0'},{'host':'a-1'},{'host':'b-0'},{'host':'b-1'}],"
                + "'patterns':[{'type':'halving-doubling','perRail':true}]}").patterns()).hasSize(1);
        // three hosts of rail 0 and one of rail 1, four in all
        assertThat(problem("{'members':[{'host':'a-0'},{'host':'b-0'},{'host':'c-0'},{'host':'a-1'}],"
                + "'patterns':[{'type':'halving-doubling','perRail':true}]}").detail()).contains("3 ranks");
    }

    @Test
    void labelsHaveLimitsAndTheirPointersAreEscaped() {
        assertThat(request(FOUR + ",'labels':{'cluster':'slurma'}}").members()).hasSize(4);
        Problem problem = problem(FOUR + ",'labels':{'a/b~c':'" + "v".repeat(256) + "'}}");
        assertThat(problem.errors()).extracting(FieldError::pointer).containsExactly("/labels/a~1b~0c");
        ImmutableSliceSpec.Builder many = SliceSpec.builder().from(spec(FOUR + "}"));
        IntStream.range(0, 65).forEach(label -> many.putLabels("label-" + label, ""));
        assertThat(problem(many.build()).errors()).extracting(FieldError::pointer).containsExactly("/labels");
    }

    @Test
    void patternsThatWouldTakeLongToDecideOnAreRefused() {
        String ring = "{'type':'ring'}";
        assertThat(problem(FOUR + ",'patterns':[" + (ring + ",").repeat(64) + ring + "]}").errors())
                .extracting(FieldError::pointer).containsExactly("/patterns");
        TestFabric large = TestFabric.of(70, 1).hostsPerLeaf(64);
        SliceSpec spec = Requests.withDefaults(spec("{'members':["
                + large.hosts().stream().map(host -> "{'host':'" + host.name() + "'}")
                .collect(Collectors.joining(",")) + "],'patterns':[{'type':'all-to-all'}]}"));
        Problem problem = Requests.check(large.build(), spec)
                .fold(request -> null, refusal -> refusal);
        assertThat(problem.type()).isEqualTo(ProblemType.NOT_SUPPORTED);
        assertThat(problem.detail()).contains("20065920 pairs");
    }

    private static SliceSpec spec(String json) {
        try {
            return Json.mapper().readValue(json.replace('\'', '"'), SliceSpec.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static Request request(String json) {
        return Requests.check(FABRIC, spec(json)).fold(request -> request, problem -> {
            throw new AssertionError("refused: " + problem);
        });
    }

    private static Problem problem(String json) {
        return problem(spec(json));
    }

    private static Problem problem(SliceSpec spec) {
        return Requests.check(FABRIC, spec).fold(request -> {
            throw new AssertionError("accepted: " + request);
        }, problem -> problem);
    }
}
