package org.cloister.isolation.control;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Condition;
import org.cloister.isolation.api.ImmutableSliceSpec;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.PatternType;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceAdminService.Outcome;
import org.cloister.isolation.api.SliceAdminService.PutResult;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.control.requests.PurgeManager;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.cloister.isolation.program.sim.LeafSpine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Slices that hold capacity first and get their hosts later. */
class ReservationTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private ImmutableFabric whole = (ImmutableFabric) LeafSpine.of(3, 3, 3);
    private Bench bench = Bench.of(whole);

    @BeforeEach
    void start() {
        bench.barrier().ready();
    }

    @AfterEach
    void nothingThatOnosPunishes() {
        assertThat(bench.onos.violations()).isEmpty();
    }

    private void restart(ImmutableFabric fabric) {
        whole = fabric;
        bench = Bench.of(whole).barrier().ready();
    }

    private CompletableFuture<PutResult> put(String id, SliceSpec spec) {
        return bench.slices.put(Bench.id(id), spec, "slurm");
    }

    private Allocation allocation(String id) {
        return bench.slice(id).allocation().orElseThrow();
    }

    /** A reservation of two hosts on each of two leaves. */
    private static SliceSpec four() {
        return Bench.later(4, "gpu-1-1", "gpu-1-2", "gpu-2-1", "gpu-2-2");
    }

    private List<String> hosts(String id) {
        return allocation(id).members().stream().map(AllocatedMember::host).collect(Collectors.toList());
    }

    private Optional<Condition> condition(String id, String type) {
        return bench.slice(id).conditions().stream().filter(each -> each.type().equals(type)).findFirst();
    }

    @Test
    void capacityIsHeldAndNoSwitchIsToldOfIt() {
        var before = bench.rules();
        PutResult made = bench.await(put("job", four()));
        assertThat(made.outcome()).isEqualTo(Outcome.CREATED);
        assertThat(made.settled()).isTrue();
        Slice slice = bench.slice("job");
        assertThat(slice.state()).isEqualTo(SliceState.RESERVED);
        assertThat(slice.stateDeadline()).isEmpty();
        assertThat(slice.observedGeneration()).isEqualTo(1);
        assertThat(hosts("job")).containsExactly("gpu-1-1", "gpu-1-2", "gpu-2-1", "gpu-2-2");
        assertThat(allocation("job").links()).isNotEmpty();
        bench.time.pass(LONG);
        assertThat(bench.rules()).isEqualTo(before);
        assertThat(bench.slice("job")).isEqualTo(slice);

        assertThat(bench.refusal(put("other", Bench.spec("gpu-1-1"))).type()).isEqualTo(ProblemType.HOST_IN_USE);
        assertThat(bench.create("other", Bench.placed(2)).allocation().orElseThrow().members())
                .extracting(AllocatedMember::leaf).containsOnly("leaf-3");
        assertThat(bench.slices.fabric().links().stream().filter(link -> link.reservedBitsPerSecond() > 0))
                .hasSize(allocation("job").links().size());
        assertThat(bench.await(put("job", four())).outcome()).isEqualTo(Outcome.SAME);
    }

    @Test
    void hostsOnTheSameLeavesGetTheLinksAndTheTagThatAreHeld() {
        bench.create("job", four());
        Allocation held = allocation("job");
        PutResult bound = bench.await(put("job", Bench.spec("gpu-1-3", "gpu-1-1", "gpu-2-3", "gpu-2-2")));
        assertThat(bound.outcome()).isEqualTo(Outcome.CHANGED);
        assertThat(bound.settled()).isFalse();
        Slice slice = bench.settled("job");
        assertThat(slice.state()).isEqualTo(SliceState.ACTIVE);
        assertThat(slice.generation()).isEqualTo(2).isEqualTo(slice.observedGeneration());
        assertThat(allocation("job").links()).isEqualTo(held.links());
        assertThat(allocation("job").tag()).isEqualTo(held.tag());
        assertThat(new Traffic(bench).arrives("gpu-1-3", "gpu-2-2")).isTrue();
        assertThat(bench.create("other", "gpu-1-2").state()).as("it was not named, so it is free")
                .isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void linksStayWhateverTheRankOrderOfTheHosts() {
        bench.create("job", Bench.later(6));
        Allocation held = allocation("job");
        bench.create("job", Bench.spec("gpu-2-1", "gpu-1-3", "gpu-1-2", "gpu-2-3", "gpu-2-2", "gpu-1-1"));
        assertThat(allocation("job").links()).isEqualTo(held.links());
    }

    @Test
    void nodesOrAFreeChoiceBindAsWell() {
        bench.create("job", four());
        Slice slice = bench.create("job", SliceSpec.builder().addNodes("gpu-1-1", "gpu-2-2").build());
        assertThat(slice.state()).isEqualTo(SliceState.ACTIVE);
        assertThat(hosts("job")).containsExactly("gpu-1-1", "gpu-2-2");
        bench.create("second", Bench.later(2));
        List<String> reserved = hosts("second");
        assertThat(bench.create("second", Bench.placed(2)).state()).isEqualTo(SliceState.ACTIVE);
        assertThat(hosts("second")).isEqualTo(reserved);
    }

    @Test
    void otherLeavesGetOtherLinks() {
        bench.create("job", four());
        Slice slice = bench.create("job", Bench.spec("gpu-2-1", "gpu-3-1"));
        assertThat(slice.state()).isEqualTo(SliceState.ACTIVE);
        assertThat(new Traffic(bench).arrives("gpu-2-1", "gpu-3-1")).isTrue();
        assertThat(bench.create("other", "gpu-1-1", "gpu-1-2", "gpu-1-3").state()).isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void hostsOfOthersAreRefusedAndTheReservationStays() {
        bench.create("other", "gpu-3-1");
        bench.create("job", four());
        Slice before = bench.slice("job");
        Problem refusal = bench.refusal(put("job", Bench.spec("gpu-1-1", "gpu-3-1")));
        assertThat(refusal.type()).isEqualTo(ProblemType.HOST_IN_USE);
        assertThat(refusal.errors()).extracting(Problem.FieldError::pointer).containsExactly("/members/1/host");
        assertThat(bench.slice("job")).isEqualTo(before);
        assertThat(bench.create("job", Bench.spec("gpu-1-1", "gpu-3-2")).state()).isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void theLastTagIsTheReservationsToUse() {
        restart(((ImmutableFabric) LeafSpine.of(2, 2, 3)).withLastTag(100));
        bench.create("job", four());
        assertThat(bench.refusal(put("other", Bench.spec("gpu-1-3"))).type()).isEqualTo(ProblemType.TAGS_EXHAUSTED);
        assertThat(bench.await(bench.slices.plan(Bench.id("job"), Bench.spec("gpu-1-1", "gpu-2-1"), "slurm"))
                .allocation().orElseThrow().tag()).isEqualTo(100);
        assertThat(bench.create("job", Bench.spec("gpu-1-1", "gpu-2-1")).state()).isEqualTo(SliceState.ACTIVE);
        assertThat(allocation("job").tag()).isEqualTo(100);
    }

    @Test
    void whatIsReservedCanChangeBeforeItIsBound() {
        bench.create("job", Bench.later(2));
        Slice more = bench.create("job", Bench.later(5));
        assertThat(more.state()).isEqualTo(SliceState.RESERVED);
        assertThat(more.generation()).isEqualTo(2);
        assertThat(hosts("job")).startsWith("gpu-1-1", "gpu-1-2").hasSize(5);
        assertThat(bench.rulesOf(allocation("job").tag())).isZero();
        SliceSpec labelled = ImmutableSliceSpec.copyOf(Bench.later(5)).withLabels(java.util.Map.of("a", "b"));
        assertThat(bench.create("job", labelled).allocation()).isEqualTo(more.allocation());
        bench.create("other", "gpu-3-1", "gpu-3-2", "gpu-3-3");
        assertThat(bench.refusal(put("job", Bench.later(7))).type()).isEqualTo(ProblemType.INSUFFICIENT_HOSTS);
        assertThat(bench.slice("job").allocation()).isEqualTo(more.allocation());
    }

    @Test
    void whatHasItsHostsIsNotReservedAgain() {
        bench.create("job", "gpu-1-1", "gpu-2-1");
        Slice before = bench.slice("job");
        for (Problem refusal : List.of(bench.refusal(put("job", Bench.later(2))),
                bench.refusal(bench.slices.plan(Bench.id("job"), Bench.later(2), "slurm")))) {
            assertThat(refusal.type()).isEqualTo(ProblemType.NOT_SUPPORTED);
            assertThat(refusal.errors()).extracting(Problem.FieldError::pointer).containsExactly("/placement/bind");
        }
        assertThat(bench.slice("job")).isEqualTo(before);
        bench.remove("job");
        assertThat(bench.create("job", Bench.later(2)).state()).isEqualTo(SliceState.RESERVED);
    }

    @Test
    void deletedItFreesAllAtOnce() {
        bench.create("job", Bench.later(9));
        assertThat(bench.refusal(put("other", Bench.placed(1))).type()).isEqualTo(ProblemType.INSUFFICIENT_HOSTS);
        bench.remove("job");
        assertThat(bench.create("other", Bench.placed(9)).state()).isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void itsLeaseRunsOutAndIsRenewedAsAnothers() {
        bench.create("job", ImmutableSliceSpec.copyOf(four()).withLeaseSeconds(60));
        bench.time.pass(Duration.ofSeconds(40));
        bench.await(bench.slices.renew(Bench.id("job"), 60));
        bench.time.pass(Duration.ofSeconds(40));
        assertThat(bench.slice("job").state()).isEqualTo(SliceState.RESERVED);
        bench.time.pass(Duration.ofSeconds(40));
        assertThat(bench.slices.slices()).isEmpty();
        assertThat(bench.create("other", Bench.placed(9)).state()).isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void boundItHasTheLeaseOfTheRequestThatBindsIt() {
        bench.create("job", ImmutableSliceSpec.copyOf(Bench.later(2)).withLeaseSeconds(60));
        Slice bound = bench.create("job", ImmutableSliceSpec.copyOf(Bench.spec("gpu-1-1", "gpu-1-2"))
                .withLeaseSeconds(OptionalInt.of(3600)));
        assertThat(bound.lease().orElseThrow().expiresAt()).isAfter(bench.time.now().plusSeconds(3000));
    }

    @Test
    void itOutlivesARestartAndIsBoundAfterIt() {
        bench.create("job", four());
        Slice before = bench.slice("job");
        bench.stop();
        bench.ready();
        assertThat(bench.slice("job")).isEqualTo(before);
        assertThat(bench.refusal(put("other", Bench.spec("gpu-1-1"))).type()).isEqualTo(ProblemType.HOST_IN_USE);
        assertThat(bench.create("job", Bench.spec("gpu-1-1", "gpu-1-2", "gpu-2-1", "gpu-2-2")).state())
                .isEqualTo(SliceState.ACTIVE);
        assertThat(allocation("job").links()).isEqualTo(before.allocation().orElseThrow().links());
    }

    @Test
    void whenItsLinksFailItHoldsOthers() {
        bench.create("job", ImmutableSliceSpec.copyOf(four()).withPatterns(Pattern.of(PatternType.RING)));
        Allocation before = allocation("job");
        var failed = before.links().get(0);
        bench.fabric.configure(Optional.of(whole.withLinks(whole.links().stream()
                .filter(link -> !link.from().equals(failed.from()) && !link.to().equals(failed.from()))
                .collect(Collectors.toList())).withDownPorts(failed.from())));
        bench.time.until("other links", LONG, () -> allocation("job").links().stream()
                .noneMatch(link -> link.from().equals(failed.from())));
        assertThat(bench.slice("job").state()).isEqualTo(SliceState.RESERVED);
        assertThat(allocation("job").tag()).isEqualTo(before.tag());
        assertThat(bench.slice("job").generation()).isEqualTo(1);
        assertThat(bench.rulesOf(before.tag())).isZero();
    }

    @Test
    void whereThereAreNoOthersItSaysSoAndIsWellWhenTheyAreBack() {
        bench.create("job", Bench.later(9));
        Allocation before = allocation("job");
        bench.fabric.configure(Optional.of(whole.withLinks(whole.links().stream()
                .filter(link -> !link.from().switchName().equals("leaf-1")).collect(Collectors.toList()))
                .withDownPorts(whole.links().stream().map(link -> link.from())
                        .filter(port -> port.switchName().equals("leaf-1")).collect(Collectors.toList()))));
        bench.time.until("it says so", LONG, () -> condition("job", Conditions.MOVE_FAILED)
                .filter(Condition::status).isPresent());
        assertThat(condition("job", Conditions.MOVE_FAILED).orElseThrow().message())
                .contains("not there: leaf-1/4->spine-1/1").contains("no others: for 9 hosts");
        assertThat(allocation("job")).isEqualTo(before);
        bench.fabric.configure(Optional.of(whole));
        bench.time.until("it is well", LONG, () -> !condition("job", Conditions.MOVE_FAILED).orElseThrow().status());
        assertThat(allocation("job")).isEqualTo(before);
    }

    @Test
    void aDrainHasItHoldHostsElsewhere() {
        bench.create("job", Bench.later(3));
        assertThat(hosts("job")).containsExactly("gpu-1-1", "gpu-1-2", "gpu-1-3");
        bench.await(bench.slices.drains().drain("leaf-1"));
        bench.time.until("elsewhere", LONG, () -> hosts("job").stream().noneMatch(host -> host.startsWith("gpu-1-")));
        assertThat(bench.slices.drains().drains().get(0).drained()).isTrue();
        bench.create("rest", Bench.placed(3));
        Problem refusal = bench.refusal(bench.slices.drains().drain("leaf-2"));
        assertThat(refusal.type()).isEqualTo(ProblemType.INSUFFICIENT_HOSTS);
        assertThat(refusal.detail()).contains("is in the way");
    }

    @Test
    void aLeafThatOnosDoesNotReachKeepsItsReservations() {
        bench.create("job", Bench.later(4));
        Allocation before = allocation("job");
        bench.fabric.configure(Optional.of(whole.withLinks(whole.links().stream()
                        .filter(link -> !link.from().switchName().equals("leaf-1")
                                && !link.to().switchName().equals("leaf-1")).collect(Collectors.toList()))
                .withAvailableDevices(whole.availableDevices().stream()
                        .filter(device -> !device.equals(whole.switches().get("leaf-1").device()))
                        .collect(Collectors.toSet()))));
        bench.time.pass(LONG);
        assertThat(allocation("job")).isEqualTo(before);
        bench.fabric.configure(Optional.of(whole));
        bench.time.pass(LONG);
        assertThat(allocation("job")).isEqualTo(before);
    }

    @Test
    void labelsOfAReservationAreTakenUpAtOnce() {
        bench.create("job", four());
        bench.create("job", ImmutableSliceSpec.copyOf(four()).withLabels(Map.of("team", "a")));
        assertThat(bench.slice("job").observedGeneration()).isEqualTo(2).isEqualTo(bench.slice("job").generation());
        bench.create("job", Bench.later(2));
        assertThat(bench.slice("job").observedGeneration()).isEqualTo(3).isEqualTo(bench.slice("job").generation());
    }

    @Test
    void aHostThatIsTakenOutOfTheConfigurationIsReplaced() {
        bench.create("job", Bench.later(2));
        bench.fabric.configure(Optional.of(whole.withHosts(whole.hosts().entrySet().stream()
                .filter(each -> !each.getKey().equals("gpu-1-1"))
                .collect(Collectors.toMap(each -> each.getKey(), each -> each.getValue())))));
        bench.time.until("replaced", LONG, () -> !hosts("job").contains("gpu-1-1"));
        assertThat(hosts("job")).containsExactly("gpu-1-2", "gpu-1-3");
    }

    @Test
    void somebodyElsesRulesUnderItsTagAreRemoved() {
        bench.create("job", Bench.later(2));
        bench.create("other", Bench.placed(2));
        int tag = allocation("other").tag();
        assertThat(bench.rulesOf(tag)).isPositive();
        bench.remove("job");
        bench.create("job", Bench.later(2));
        bench.time.pass(LONG);
        assertThat(bench.rulesOf(tag)).isPositive();
        assertThat(bench.rulesOf(allocation("job").tag())).isZero();
    }

    @Test
    void aPurgeTakesItAway() {
        bench.create("job", four());
        PurgeManager purge = new PurgeManager(bench.services(Bench.NODE, bench.store), null);
        purge.purge("karaf");
        bench.time.pass(LONG);
        assertThat(bench.slices.slices()).isEmpty();
    }

    @Test
    void withoutEnforcementItIsReservedAndBoundOnPaper() {
        bench.fabric.configure(Optional.of(whole.withEnforce(false)));
        assertThat(bench.create("job", four()).state()).isEqualTo(SliceState.RESERVED);
        assertThat(bench.create("job", Bench.spec("gpu-1-1", "gpu-2-1")).state()).isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void aSharedReservationHasNoMetersUntilItIsBound() {
        SliceSpec rate = Bench.shared(1_000_000_000L);
        bench.create("job", ImmutableSliceSpec.copyOf(four()).withBandwidth(rate.bandwidth()));
        bench.time.pass(LONG);
        assertThat(bench.at("leaf-1").meters).isEmpty();
        Allocation held = allocation("job");
        assertThat(held.links()).isNotEmpty();
        bench.create("job", Bench.shared(1_000_000_000L, "gpu-1-1", "gpu-1-2", "gpu-2-1", "gpu-2-2"));
        assertThat(bench.slice("job").state()).isEqualTo(SliceState.ACTIVE);
        assertThat(allocation("job").links()).isEqualTo(held.links());
        assertThat(bench.at("leaf-1").meters).hasSize(2);
    }

    @Test
    void metersOfAReservationAreThereForWhateverHostsItIsBoundTo() {
        bench.onos.switches().forEach(each -> each.maxMeters = 2);
        SliceSpec rate = Bench.shared(1_000_000_000L);
        bench.create("job", ImmutableSliceSpec.copyOf(Bench.later(2, "gpu-1-1", "gpu-1-2"))
                .withBandwidth(rate.bandwidth()));
        assertThat(bench.refusal(put("other", Bench.shared(1_000_000_000L, "gpu-1-3"))).type())
                .as("they are promised").isEqualTo(ProblemType.METERS_EXHAUSTED);
        bench.create("job", Bench.shared(1_000_000_000L, "gpu-1-3", "gpu-2-1"));
        assertThat(bench.slice("job").state()).isEqualTo(SliceState.ACTIVE);
        bench.create("other", Bench.shared(1_000_000_000L, "gpu-1-1"));
        assertThat(bench.at("leaf-1").meters).hasSize(2);
    }

    @Test
    void aReservationThatLeavesItsHostsToCloisterGetsItsMeters() {
        bench.onos.switches().forEach(each -> each.maxMeters = 2);
        SliceSpec rate = Bench.shared(1_000_000_000L);
        SliceSpec later = ImmutableSliceSpec.copyOf(Bench.later(6)).withBandwidth(rate.bandwidth());
        bench.create("job", later);
        bench.create("job", ImmutableSliceSpec.copyOf(Bench.placed(6)).withBandwidth(rate.bandwidth()));
        assertThat(bench.slice("job").state()).isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void aDryRunSaysWhatBindingGets() {
        bench.create("job", four());
        Slice before = bench.slice("job");
        SliceSpec named = Bench.spec("gpu-1-3", "gpu-2-1");
        Slice plan = bench.await(bench.slices.plan(Bench.id("job"), named, "slurm"));
        assertThat(plan.state()).isEqualTo(SliceState.INSTALLING);
        assertThat(bench.slice("job")).isEqualTo(before);
        assertThat(bench.create("job", named).allocation()).isEqualTo(plan.allocation());
        assertThat(bench.await(bench.slices.plan(Bench.id("new"), Bench.later(2), "slurm")).state())
                .isEqualTo(SliceState.RESERVED);
    }
}
