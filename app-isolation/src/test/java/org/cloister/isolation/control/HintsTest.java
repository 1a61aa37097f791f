package org.cloister.isolation.control;

import org.cloister.isolation.allocation.OpticalTestFabric;
import org.cloister.isolation.api.Bandwidth;
import org.cloister.isolation.api.CircuitPolicy;
import org.cloister.isolation.api.ImmutableBandwidth;
import org.cloister.isolation.api.ImmutableMember;
import org.cloister.isolation.api.ImmutablePattern;
import org.cloister.isolation.api.ImmutablePlacement;
import org.cloister.isolation.api.ImmutableSliceSpec;
import org.cloister.isolation.api.Member;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.PatternType;
import org.cloister.isolation.api.Placement;
import org.cloister.isolation.api.Precondition;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.Problem.Shortage;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceAdminService.PutResult;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.observed.Tags;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.cloister.isolation.program.sim.LeafSpine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every reason for which a request is refused is reached, and whoever does what the refusal says, and knows nothing
 * else, has the request granted.
 */
class HintsTest {

    /** Those that control does not know: bodies are HTTP's. */
    private static final Set<ProblemType> ELSEWHERE = EnumSet.of(ProblemType.BODY_TOO_LARGE,
            ProblemType.UNKNOWN_SWITCH, ProblemType.UNKNOWN_PORT, ProblemType.CIRCUIT_IN_USE,
            ProblemType.FOREIGN_CIRCUIT);

    private static final long GIGABIT = 1_000_000_000L;

    private final Map<ProblemType, Runnable> cases = new EnumMap<>(ProblemType.class);
    private Bench bench;

    HintsTest() {
        cases.put(ProblemType.INVALID_REQUEST, this::aValueOutOfItsRangeIsToldTheRange);
        cases.put(ProblemType.NOT_FOUND, this::whatIsMissingIsMade);
        cases.put(ProblemType.STALE_ETAG, this::theGenerationThatIsThereIsTold);
        cases.put(ProblemType.HOST_IN_USE, this::hostsThatAreTakenAreNamed);
        cases.put(ProblemType.INSUFFICIENT_HOSTS, this::howManyHostsAreFreeIsTold);
        cases.put(ProblemType.INSUFFICIENT_UPLINKS, this::linksThatWouldDoAreNamed);
        cases.put(ProblemType.INSUFFICIENT_BANDWIDTH, this::theRateThatIsFreeIsTold);
        cases.put(ProblemType.NO_COMMON_SPINES, this::linksThatWouldMakeSpinesCommonAreNamed);
        cases.put(ProblemType.NO_CIRCUIT, this::whoHasLightMovedGetsCircuits);
        cases.put(ProblemType.TAGS_EXHAUSTED, this::aSliceLessIsATagMore);
        cases.put(ProblemType.METERS_EXHAUSTED, this::theLeafWithoutMetersIsNamed);
        cases.put(ProblemType.REMOVING, this::onceItIsGoneItsNameIsFree);
        cases.put(ProblemType.UNKNOWN_HOST, this::theHostThatIsNotThereIsPointedTo);
        cases.put(ProblemType.DUPLICATE_MEMBER, this::theSecondOfTwoIsPointedTo);
        cases.put(ProblemType.UNKNOWN_PATTERN, this::patternsThatThereAreAreTold);
        cases.put(ProblemType.MISSING_ROLE, this::theMemberWithoutRoleIsPointedTo);
        cases.put(ProblemType.RATE_EXCEEDS_PORT, this::theRateOfAPortIsTold);
        cases.put(ProblemType.NOT_ENFORCEABLE, this::theRateThatCanBeEnforcedIsTold);
        cases.put(ProblemType.NOT_SUPPORTED, this::whatIsSupportedInsteadIsTold);
        cases.put(ProblemType.NOT_READY, this::oneWaitsForTheConfiguration);
        cases.put(ProblemType.STORE_UNAVAILABLE, this::oneWaitsForTheStore);
        cases.put(ProblemType.INSTALLATION_FAILED, this::whatFailedIsDeletedFirst);
    }

    @Test
    void everyReasonIsReached() {
        Set<ProblemType> all = EnumSet.allOf(ProblemType.class);
        all.removeAll(cases.keySet());
        all.removeAll(ELSEWHERE);
        assertThat(all).as("reasons without a case").isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void whoDoesWhatIsSaidIsGranted(ProblemType type) {
        bench(LeafSpine.of(3, 2, 3));
        if (ELSEWHERE.contains(type)) {
            return;
        }
        assertThat(cases).containsKey(type);
        cases.get(type).run();
        if (bench.slices != null) {
            assertThat(bench.onos.violations()).isEmpty();
        }
    }

    private void bench(Fabric fabric) {
        bench = Bench.of(fabric).barrier().ready();
    }

    private CompletableFuture<PutResult> put(SliceSpec spec) {
        return bench.slices.put(Bench.id("job"), spec, "slurm");
    }

    private Problem refused(ProblemType type, SliceSpec spec) {
        return refused(type, put(spec));
    }

    private Problem refused(ProblemType type, CompletableFuture<?> request) {
        Problem problem = bench.refusal(request);
        assertThat(problem.type()).as("%s", problem).isEqualTo(type);
        assertThat(problem.type().retryable()).isEqualTo(problem.type().status() == 409
                || problem.type().status() == 503);
        return problem;
    }

    private void granted(SliceSpec spec) {
        assertThat(bench.create("job", spec).state()).isIn(SliceState.ACTIVE, SliceState.RESERVED);
    }

    private static long number(String pattern, String text) {
        Matcher found = java.util.regex.Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as("'%s' in '%s'", pattern, text).isTrue();
        return Long.parseLong(found.group(1));
    }

    private static String pointer(Problem problem) {
        return problem.errors().get(0).pointer();
    }

    /** The rank that a pointer is about. */
    private static int rank(Problem problem) {
        return (int) number("^/members/(\\d+)/", pointer(problem));
    }

    /** Has those go who hold any part of links, as everybody who may see the fabric can find out. */
    private void free(List<String> links) {
        assertThat(links).isNotEmpty();
        List<String> holders = bench.slices.slices().stream().filter(slice -> slice.allocation().orElseThrow().links()
                .stream().anyMatch(link -> links.contains(link.from() + "->" + link.to())))
                .map(Slice::id).map(Object::toString).collect(Collectors.toList());
        assertThat(holders).isNotEmpty();
        holders.forEach(bench::remove);
    }

    private void aValueOutOfItsRangeIsToldTheRange() {
        ImmutableSliceSpec spec = ImmutableSliceSpec.copyOf(Bench.spec("gpu-1-1")).withLeaseSeconds(5);
        Problem problem = refused(ProblemType.INVALID_REQUEST, spec);
        assertThat(pointer(problem)).isEqualTo("/leaseSeconds");
        granted(spec.withLeaseSeconds((int) number("within (\\d+) to", problem.detail())));
    }

    private void whatIsMissingIsMade() {
        Problem problem = refused(ProblemType.NOT_FOUND, bench.slices.renew(Bench.id("job"), 60));
        assertThat(problem.detail()).isEqualTo("there is no slice job");
        granted(Bench.spec("gpu-1-1"));
        assertThat(bench.await(bench.slices.renew(Bench.id("job"), 60)).expiresAt()).isAfter(bench.time.now());
    }

    private void theGenerationThatIsThereIsTold() {
        granted(Bench.spec("gpu-1-1"));
        granted(Bench.spec("gpu-1-1", "gpu-2-1"));
        Problem problem = refused(ProblemType.STALE_ETAG, bench.slices.put(Bench.id("job"), Bench.spec("gpu-1-1"),
                "slurm", Precondition.generationIn(Set.of(1L))));
        long generation = number("has generation (\\d+)", problem.detail());
        bench.await(bench.slices.put(Bench.id("job"), Bench.spec("gpu-1-1"), "slurm",
                Precondition.generationIn(Set.of(generation))));
        assertThat(bench.settled("job").generation()).isEqualTo(3);
    }

    private void hostsThatAreTakenAreNamed() {
        bench.create("other", "gpu-1-2", "gpu-2-1");
        SliceSpec spec = Bench.spec("gpu-1-1", "gpu-1-2", "gpu-2-1");
        Problem problem = refused(ProblemType.HOST_IN_USE, spec);
        assertThat(problem.errors()).extracting(Problem.FieldError::pointer)
                .containsExactly("/members/1/host", "/members/2/host");
        Set<String> taken = problem.errors().stream().map(error -> error.value().asText()).collect(Collectors.toSet());
        granted(Bench.spec(spec.members().stream().map(Member::host).filter(host -> !taken.contains(host))
                .toArray(String[]::new)));
        bench.remove("other");
        granted(spec);
    }

    private void howManyHostsAreFreeIsTold() {
        bench.create("other", "gpu-1-1", "gpu-1-2");
        Problem problem = refused(ProblemType.INSUFFICIENT_HOSTS, Bench.placed(9));
        Shortage shortage = problem.shortage().orElseThrow();
        assertThat(shortage.kind()).isEqualTo("hosts");
        granted(Bench.placed((int) shortage.free()));
        bench.remove("job");
        refused(ProblemType.INSUFFICIENT_HOSTS, Bench.placed((int) shortage.free() + 1));
        assertThat(bench.slice("other").allocation().orElseThrow().members())
                .hasSize((int) (shortage.needed() - shortage.free()));
        bench.remove("other");
        granted(Bench.placed(9));
    }

    private void linksThatWouldDoAreNamed() {
        bench.create("other", "gpu-1-1", "gpu-2-1");
        SliceSpec spec = Bench.spec("gpu-1-2", "gpu-1-3", "gpu-2-2", "gpu-2-3");
        Shortage shortage = refused(ProblemType.INSUFFICIENT_UPLINKS, spec).shortage().orElseThrow();
        assertThat(shortage.at()).isEqualTo("leaf-1");
        assertThat(shortage.needed() - shortage.free()).isEqualTo(1);
        free(shortage.links());
        granted(spec);
    }

    private void theRateThatIsFreeIsTold() {
        bench(LeafSpine.of(2, 1, 3));
        bench.create("other", Bench.shared(60 * GIGABIT, "gpu-1-1", "gpu-2-1"));
        SliceSpec spec = Bench.shared(50 * GIGABIT, "gpu-1-2", "gpu-2-2");
        Shortage shortage = refused(ProblemType.INSUFFICIENT_BANDWIDTH, spec).shortage().orElseThrow();
        assertThat(shortage.free()).isEqualTo(40 * GIGABIT);
        granted(Bench.shared(shortage.free(), "gpu-1-2", "gpu-2-2"));
        bench.remove("job");
        free(shortage.links());
        granted(spec);
    }

    /** Leaf-1 has free links to one spine only, leaf-2 to the other one only. */
    private void linksThatWouldMakeSpinesCommonAreNamed() {
        bench.create("first", ring("gpu-1-1", "gpu-3-1"));
        bench.create("second", ring("gpu-2-1", "gpu-3-2"));
        SliceSpec spec = ring("gpu-1-2", "gpu-2-2");
        Shortage shortage = refused(ProblemType.NO_COMMON_SPINES, spec).shortage().orElseThrow();
        free(shortage.links());
        granted(spec);
    }

    private static SliceSpec ring(String... hosts) {
        return ImmutableSliceSpec.copyOf(Bench.spec(hosts)).withPatterns(Pattern.of(PatternType.RING));
    }

    /** Nothing joins leaf-2 to anything; one of leaf-1's ports is somebody else's. */
    private void whoHasLightMovedGetsCircuits() {
        bench(new OpticalTestFabric(3, 2, 1, 2).foreign(0, "l-1", "x-1").joined(0, "l-0", "s-0")
                .joined(1, "l-1", "s-0").build());
        SliceSpec spec = Bench.spec("h-1-1", "h-2-0");
        assertThat(refused(ProblemType.NO_CIRCUIT, spec).detail()).contains("\"circuits\":\"forbid\"");
        granted(ImmutableSliceSpec.copyOf(spec).withCircuits(CircuitPolicy.ALLOW));
    }

    private void aSliceLessIsATagMore() {
        bench(((ImmutableFabric) LeafSpine.of(2, 2, 3)).withLastTag(100));
        bench.create("other", "gpu-1-1");
        Shortage shortage = refused(ProblemType.TAGS_EXHAUSTED, Bench.spec("gpu-1-2")).shortage().orElseThrow();
        assertThat(shortage).isEqualTo(Shortage.of("fabric", "tags", 1, 0));
        bench.remove("other");
        granted(Bench.spec("gpu-1-2"));
    }

    private void theLeafWithoutMetersIsNamed() {
        bench.onos.switches().forEach(each -> each.maxMeters = 1);
        bench.create("other", Bench.shared(GIGABIT, "gpu-2-1"));
        SliceSpec spec = Bench.shared(GIGABIT, "gpu-1-1", "gpu-2-2");
        Shortage shortage = refused(ProblemType.METERS_EXHAUSTED, spec).shortage().orElseThrow();
        assertThat(shortage).isEqualTo(Shortage.of("leaf-2", "meters", 1, 0));
        bench.slices.slices().stream().filter(slice -> slice.allocation().orElseThrow().members().stream()
                .anyMatch(member -> member.leaf().equals(shortage.at()))).map(slice -> slice.id().toString())
                .collect(Collectors.toList()).forEach(bench::remove);
        granted(spec);
    }

    private void onceItIsGoneItsNameIsFree() {
        granted(Bench.spec("gpu-1-1", "gpu-2-1"));
        bench.slices.remove(Bench.id("job"));
        Problem problem = refused(ProblemType.REMOVING, Bench.spec("gpu-1-1"));
        assertThat(problem.detail()).contains("ask again when it is gone");
        bench.await(bench.slices.whenGone(Bench.id("job")));
        granted(Bench.spec("gpu-1-1"));
    }

    private void theHostThatIsNotThereIsPointedTo() {
        ImmutableSliceSpec spec = (ImmutableSliceSpec) Bench.spec("gpu-1-1", "gpu-9-9");
        List<Member> members = new ArrayList<>(spec.members());
        members.remove(rank(refused(ProblemType.UNKNOWN_HOST, spec)));
        granted(spec.withMembers(members));
        bench.remove("job");
        Problem tooMany = refused(ProblemType.UNKNOWN_HOST, Bench.placed(10));
        granted(Bench.placed((int) number("has (\\d+) hosts", tooMany.detail())));
    }

    private void theSecondOfTwoIsPointedTo() {
        ImmutableSliceSpec spec = (ImmutableSliceSpec) Bench.spec("gpu-1-1", "gpu-2-1", "gpu-1-1");
        List<Member> members = new ArrayList<>(spec.members());
        members.remove(rank(refused(ProblemType.DUPLICATE_MEMBER, spec)));
        granted(spec.withMembers(members));
    }

    private void patternsThatThereAreAreTold() {
        ImmutableSliceSpec spec = ImmutableSliceSpec.copyOf(Bench.spec("gpu-1-1", "gpu-2-1"))
                .withPatterns(ImmutablePattern.builder().type("tree").build());
        Problem problem = refused(ProblemType.UNKNOWN_PATTERN, spec);
        assertThat(pointer(problem)).isEqualTo("/patterns/0/type");
        String known = problem.detail().replaceFirst(".*there are \\[([a-z-]+),.*", "$1");
        granted(spec.withPatterns(ImmutablePattern.builder().type(known).build()));
    }

    private void theMemberWithoutRoleIsPointedTo() {
        ImmutableSliceSpec spec = ImmutableSliceSpec.copyOf(Bench.spec("gpu-1-1", "gpu-2-1"))
                .withPatterns(Pattern.of(PatternType.PARAMETER_SERVER));
        Problem problem = refused(ProblemType.MISSING_ROLE, spec);
        List<Member> members = new ArrayList<>(spec.members());
        for (Problem.FieldError error : problem.errors()) {
            int rank = (int) number("^/members/(\\d+)/role", error.pointer());
            members.set(rank, ImmutableMember.copyOf(members.get(rank))
                    .withRole(rank == 0 ? Member.Role.PARAMETER_SERVER : Member.Role.WORKER));
        }
        granted(spec.withMembers(members));
    }

    private void theRateOfAPortIsTold() {
        Problem problem = refused(ProblemType.RATE_EXCEEDS_PORT, Bench.shared(200 * GIGABIT, "gpu-1-1", "gpu-2-1"));
        assertThat(pointer(problem)).isEqualTo("/bandwidth/guaranteedBitsPerSecond");
        granted(Bench.shared(number("the (\\d+) bit/s of a host's port", problem.detail()), "gpu-1-1", "gpu-2-1"));
    }

    private void theRateThatCanBeEnforcedIsTold() {
        Bandwidth rate = ImmutableBandwidth.builder().mode(Bandwidth.Mode.SHARED).guaranteedBitsPerSecond(GIGABIT)
                .limitBitsPerSecond(2 * GIGABIT).build();
        ImmutableSliceSpec spec = ImmutableSliceSpec.copyOf(Bench.spec("gpu-1-1", "gpu-2-1")).withBandwidth(rate);
        Problem problem = refused(ProblemType.NOT_ENFORCEABLE, spec);
        assertThat(pointer(problem)).isEqualTo("/bandwidth/limitBitsPerSecond");
        granted(spec.withBandwidth(ImmutableBandwidth.copyOf(rate).withLimitBitsPerSecond(
                number("the guaranteed (\\d+) bit/s", problem.detail()))));
        bench.remove("job");
        Problem tooSmall = refused(ProblemType.NOT_ENFORCEABLE, Bench.shared(1, "gpu-1-1"));
        granted(Bench.shared(number("so (\\d+) bit/s is the least", tooSmall.detail()), "gpu-1-1"));
    }

    private void whatIsSupportedInsteadIsTold() {
        granted(Bench.spec("gpu-1-1", "gpu-1-2"));
        ImmutableSliceSpec spec = (ImmutableSliceSpec) Bench.later(2);
        Problem problem = refused(ProblemType.NOT_SUPPORTED, spec);
        assertThat(pointer(problem)).isEqualTo("/placement/bind");
        assertThat(problem.detail()).contains("delete it before reserving anew").contains("\"bind\":\"now\"");
        granted(spec.withPlacement(ImmutablePlacement.copyOf(spec.placement().orElseThrow())
                .withBind(Placement.Bind.NOW)));
        bench.remove("job");
        granted(spec);
    }

    private void oneWaitsForTheConfiguration() {
        Optional<Fabric> fabric = bench.fabric.fabric();
        bench.fabric.configure(Optional.empty());
        Problem problem = refused(ProblemType.NOT_READY, Bench.spec("gpu-1-1"));
        assertThat(problem.detail()).isEqualTo("there is no valid configuration of the fabric");
        bench.fabric.configure(fabric);
        granted(Bench.spec("gpu-1-1"));
    }

    private void oneWaitsForTheStore() {
        bench.storage.silent(true);
        refused(ProblemType.STORE_UNAVAILABLE, Bench.spec("gpu-1-1"));
        bench.storage.silent(false);
        bench.time.pass(Bench.LONG);
        granted(Bench.spec("gpu-1-1"));
    }

    private void whatFailedIsDeletedFirst() {
        bench.at("leaf-1").refuses = rule -> Tags.of(rule).isPresent();
        bench.at("leaf-1").refusing = true;
        assertThat(bench.create("job", Bench.spec("gpu-1-1", "gpu-2-1")).state()).isEqualTo(SliceState.FAILED);
        Problem problem = refused(ProblemType.INSTALLATION_FAILED, Bench.spec("gpu-1-1"));
        assertThat(problem.detail()).contains("delete it before");
        bench.at("leaf-1").refuses = rule -> false;
        bench.at("leaf-1").refusing = false;
        bench.remove("job");
        granted(Bench.spec("gpu-1-1"));
    }
}
