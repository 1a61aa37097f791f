package org.cloister.isolation.allocation.validation;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.cloister.isolation.allocation.ImmutableLedger;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.Plans;
import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.TestFabric;
import org.cloister.isolation.api.ImmutableSliceSpec;
import org.cloister.isolation.api.Json;
import org.cloister.isolation.api.Member.Role;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.Problem.FieldError;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.SliceId;
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
                        + "'rankOrder':'given'}],'bandwidth':{'mode':'exclusive'},'circuits':'forbid','repack':'forbid'}")));
    }

    @Test
    void ranksThatAreNotKnownYetArePlannedAsAnyAndShownAsAsked() {
        String json = FOUR + ",'patterns':[{'type':'ring','rankOrder':'unknown'}]}";
        assertThat(request(json).patterns()).extracting(Pattern::type).containsExactly("any");
        assertThat(Requests.withDefaults(spec(json)).patterns()).extracting(Pattern::type).containsExactly("ring");
    }

    @Test
    void nodesStandForAllOfTheirNicsInNicOrder() {
        Request request = request("{'nodes':['b','d','a'],'patterns':[{'type':'ring'},{'type':'any','groups':[[4,0]]}]}");
        assertThat(request.members()).extracting(Host::name).containsExactly("b-0", "b-1", "d-0", "a-0", "a-1");
        assertThat(request.patterns()).extracting(Pattern::groups)
                .containsExactly(List.of(List.of(0, 1, 2, 3, 4)), List.of(List.of(4, 0)));
        assertThat(request.pointers()).containsExactly("/nodes/0", "/nodes/0", "/nodes/1", "/nodes/2", "/nodes/2");
        assertThat(request("{'nodes':['c']}").patterns()).extracting(Pattern::type).containsExactly("any");
    }

    @Test
    void defaultsOfNodesDoNotDependOnTheFabric() {
        SliceSpec filled = Requests.withDefaults(spec("{'nodes':['b','nowhere']}"));
        assertThat(filled.patterns()).extracting(Pattern::type).containsExactly("any");
        assertThat(filled.patterns().get(0).groups()).isEmpty();
        assertThat(Requests.withDefaults(filled)).isEqualTo(filled);
    }

    @Test
    void aHostInUseIsShownWhereItsNodeWasNamed() {
        Ledger ledger = ImmutableLedger.builder().putHosts("a-1", SliceId.of("other")).build();
        assertThat(Plans.refused(FABRIC, ledger, request("{'nodes':['c','a']}")).errors())
                .extracting(FieldError::pointer).containsExactly("/nodes/1");
    }

    @Test
    void theLimitIsTheGuaranteedRateAndWhatMetersMakeOfIt() {
        String json = FOUR + ",'bandwidth':{'mode':'shared','guaranteedBitsPerSecond':33333333333}}";
        assertThat(request(json).limitBitsPerSecond()).hasValue(33_333_333_000L);
        assertThat(request(FOUR + "}").limitBitsPerSecond()).isEmpty();
        SliceSpec filled = Requests.withDefaults(spec(json));
        assertThat(filled.bandwidth().limitBitsPerSecond()).hasValue(33_333_333_333L);
        assertThat(Requests.withDefaults(filled)).isEqualTo(filled);
        assertThat(request(FOUR + ",'bandwidth':{'mode':'shared','guaranteedBitsPerSecond':1000,"
                + "'limitBitsPerSecond':1000}}").limitBitsPerSecond()).hasValue(1000);
    }

    @Test
    void stepsAreKeptAsTheyAreGivenAndUnknownRanksMakeThemAny() {
        String steps = "'type':'steps','steps':[[[0,1],[1,0]],[[2,3]]]";
        Pattern given = request(FOUR + ",'patterns':[{" + steps + "}]}").patterns().get(0);
        assertThat(given.steps()).containsExactly(List.of(List.of(0, 1), List.of(1, 0)), List.of(List.of(2, 3)));
        assertThat(given.groups()).isEmpty();
        String unknown = FOUR + ",'patterns':[{" + steps + ",'rankOrder':'unknown'}]}";
        Pattern any = request(unknown).patterns().get(0);
        assertThat(any.type()).isEqualTo("any");
        assertThat(any.groups()).containsExactly(List.of(0, 1, 2, 3));
        SliceSpec filled = Requests.withDefaults(spec(unknown));
        assertThat(Requests.withDefaults(filled)).isEqualTo(filled);
        assertThat(Requests.check(FABRIC, filled).<Object>fold(valid -> valid.patterns(), problem -> problem))
                .isEqualTo(List.of(any));
    }

    @Test
    void rolesAreTakenByRankAndDoNoHarmWhereNobodyLooksAtThem() {
        String members = "{'members':[{'host':'a-0','role':'worker'},{'host':'b-1','role':'ps'},{'host':'c-0'}]";
        assertThat(request(members + "}").roles()).containsEntry(0, Role.WORKER)
                .containsEntry(1, Role.PARAMETER_SERVER).hasSize(2);
        assertThat(request(members + ",'patterns':[{'type':'parameter-server','groups':[[1,0]]}]}").members())
                .hasSize(3);
        // whoever has which rank does not matter where any pairs are planned for
        assertThat(request(FOUR + ",'patterns':[{'type':'parameter-server','rankOrder':'unknown'}]}").patterns())
                .extracting(Pattern::type).containsExactly("any");
    }

    @Test
    void aLeaseWithinItsRangeIsTaken() {
        assertThat(request(FOUR + ",'leaseSeconds':60}").members()).hasSize(4);
        assertThat(request(FOUR + ",'leaseSeconds':2592000}").members()).hasSize(4);
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
