package org.cloister.isolation.control;

import org.cloister.isolation.api.Condition;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.config.App;
import org.cloister.isolation.control.observed.MeterSize;
import org.cloister.isolation.control.observed.Tags;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.cloister.isolation.store.AllocationJournal;
import org.cloister.isolation.store.StoredMeter;
import org.cloister.isolation.store.StoredSlice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.onosproject.net.flow.FlowRule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Meters of shared slices, from the request to the switch and back, whatever ONOS and the switches do. */
class MetersTest {

    private static final long RATE = 10_000_000;
    private static final MeterSize SIZE = MeterSize.of(RATE, 2_500_000);
    private static final String[] HOSTS = {"gpu-1-1", "gpu-1-2", "gpu-2-1"};

    private final Bench bench = Bench.small();
    /** Rules that let a member of a shared slice send more than it may. */
    private final List<String> unmetered = new ArrayList<>();
    private final Set<Integer> sharedTags = new HashSet<>();

    @AfterEach
    void nobodySentMoreThanItMay() {
        assertThat(bench.onos.violations()).isEmpty();
        assertThat(unmetered).isEmpty();
    }

    private void ready() {
        bench.ready();
        bench.onos.watch(this::judge);
    }

    /** Every rule that admits a packet under a shared slice's tag has a meter, and no meter has two hosts. */
    private void judge() {
        bench.store.heard().stream().map(each -> each.slice()).filter(slice -> slice.spec().bandwidth()
                .guaranteedBitsPerSecond().isPresent()).forEach(slice -> slice.allocation()
                .ifPresent(allocation -> sharedTags.add(allocation.tag())));
        for (FakeSwitch each : bench.onos.switches()) {
            Map<Long, Set<Object>> users = new HashMap<>();
            for (FlowRule rule : each.rules.keySet()) {
                boolean admits = rule.treatment().allInstructions().toString().contains("VLAN_PUSH")
                        && sharedTags.contains(Tags.of(rule).orElse(0));
                if (admits && rule.treatment().meters().isEmpty()) {
                    unmetered.add("no meter: " + rule);
                }
                rule.treatment().meters().forEach(meter -> users.computeIfAbsent(meter.meterId().id(),
                        id -> new HashSet<>()).add(rule.selector().criteria().iterator().next()));
            }
            users.forEach((id, who) -> {
                if (who.size() > 1) {
                    unmetered.add("meter " + id + " has " + who);
                }
            });
        }
    }

    private Slice create(String id, String... hosts) {
        bench.await(bench.slices.put(Bench.id(id), Bench.shared(RATE, hosts), "slurm"));
        return bench.settled(id);
    }

    private Condition condition(String slice, String type) {
        return bench.slice(slice).conditions().stream().filter(each -> each.type().equals(type)).findFirst()
                .orElseThrow(() -> new AssertionError("no condition " + type + " of " + bench.slice(slice)));
    }

    private StoredSlice stored(String id) {
        return bench.store.slice(Bench.id(id)).orElseThrow().slice();
    }

    private long metered(String leaf) {
        return bench.at(leaf).rules.keySet().stream().filter(rule -> !rule.treatment().meters().isEmpty()).count();
    }

    @Test
    void everyMemberGetsAMeterOfItsOwnAndNothingIsLeft() {
        bench.barrier();
        ready();
        var before = bench.rules();
        Instant asked = bench.time.now();
        Slice slice = create("job-1", HOSTS);
        assertThat(slice.state()).isEqualTo(SliceState.ACTIVE);
        assertThat(Duration.between(asked, bench.time.now())).isLessThan(Duration.ofSeconds(1));
        assertThat(bench.at("leaf-1").meters.values()).containsExactly(SIZE, SIZE);
        assertThat(bench.at("leaf-2").meters.values()).containsExactly(SIZE);
        assertThat(stored("job-1").meters()).hasSize(3);
        assertThat(metered("leaf-1")).as("IPv4 and ARP of two hosts").isEqualTo(4);

        bench.remove("job-1");
        assertThat(bench.rules()).isEqualTo(before);
        assertThat(bench.at("leaf-1").meters).isEmpty();
        assertThat(bench.meters.states(bench.at("leaf-1"))).isEmpty();
    }

    @Test
    void aSliceIsNotGoneBeforeItsMetersAre() {
        bench.barrier();
        ready();
        create("job-1", HOSTS);
        bench.at("leaf-2").keepsMeters = true;
        bench.await(bench.slices.remove(Bench.id("job-1")));
        bench.time.pass(Duration.ofSeconds(70));
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.REMOVING);
        assertThat(condition("job-1", Conditions.REMOVAL_DELAYED).reason()).isEqualTo(Conditions.METERS_REMAIN);
        assertThat(condition("job-1", Conditions.REMOVAL_DELAYED).message()).isEqualTo("meters remain on leaf-2");
        bench.at("leaf-2").keepsMeters = false;
        bench.await(bench.slices.whenGone(Bench.id("job-1")));
        assertThat(bench.at("leaf-2").meters).isEmpty();
    }

    @Test
    void whereNothingMayBeTouchedItSaysWhyMetersStay() {
        bench.barrier();
        ready();
        create("job-1", HOSTS);
        bench.onos.switches().forEach(each -> each.keepsMeters = true);
        bench.await(bench.slices.remove(Bench.id("job-1")));
        bench.time.until("no rules", Duration.ofSeconds(30), () -> metered("leaf-1") + metered("leaf-2") == 0);
        bench.time.pass(Duration.ofSeconds(20));
        ImmutableFabric fabric = (ImmutableFabric) bench.fabric.fabric().orElseThrow();
        bench.fabric.configure(Optional.of(fabric.withEnforce(false)));
        bench.time.pass(Duration.ofSeconds(1));
        assertThat(condition("job-1", Conditions.REMOVAL_DELAYED).reason()).isEqualTo(Conditions.ENFORCE_IS_FALSE);
        assertThat(condition("job-1", Conditions.REMOVAL_DELAYED).message()).contains("meters are left on leaf-1, leaf-2");
        bench.onos.switches().forEach(each -> each.keepsMeters = false);
        bench.fabric.configure(Optional.of(fabric));
        bench.await(bench.slices.whenGone(Bench.id("job-1")));
    }

    @Test
    void atStocksPollsItTakesOneOfEach() {
        bench.meters.readable(false);
        ready();
        Instant asked = bench.time.now();
        assertThat(create("job-1", HOSTS).state()).isEqualTo(SliceState.ACTIVE);
        assertThat(Duration.between(asked, bench.time.now())).isLessThan(Duration.ofSeconds(16));
    }

    @Test
    void slicesOfOneRateShareNoMeter() {
        ready();
        create("job-1", "gpu-1-1", "gpu-2-1");
        create("job-2", "gpu-1-2", "gpu-2-2");
        create("job-3", "gpu-1-3", "gpu-2-3");
        assertThat(bench.at("leaf-1").meters).hasSize(3);
        assertThat(bench.store.heard().stream().flatMap(each -> each.slice().meters().stream())
                .filter(meter -> meter.host().startsWith("gpu-1")).map(StoredMeter::id)).doesNotHaveDuplicates();
    }

    @Test
    void aMeterThatOnosSendsTwiceIsNoTrouble() {
        ready();
        FakeSwitch leaf = bench.at("leaf-1");
        leaf.latency = Duration.ofMillis(100);
        bench.meters.reader().read(leaf.device);
        bench.meters.readable(false);
        bench.time.pass(Duration.ofMillis(50));
        assertThat(create("job-1", HOSTS).state()).isEqualTo(SliceState.ACTIVE);
        assertThat(bench.meters.submitted()).as("one for each member").isEqualTo(HOSTS.length);
    }

    @Test
    void whatAnEarlierLeaderSubmittedIsUsed() {
        bench.meters.readable(false);
        ready();
        bench.put("other", "gpu-1-3", "gpu-2-3");
        bench.await(bench.slices.put(Bench.id("job-1"), Bench.shared(RATE, HOSTS), "slurm"));
        bench.time.pass(Duration.ofSeconds(1));
        assertThat(bench.meters.states(bench.at("leaf-1"))).hasSize(2);
        bench.stop();
        bench.time.pass(Duration.ofSeconds(11));
        bench.start();
        assertThat(bench.settled("job-1").state()).isEqualTo(SliceState.ACTIVE);
        bench.time.pass(Duration.ofSeconds(30));
        assertThat(bench.meters.states(bench.at("leaf-1"))).as("not twice").hasSize(2);
    }

    @Test
    void aRequestThatGoesAwayLeavesNoMeters() {
        bench.meters.readable(false);
        ready();
        bench.await(bench.slices.put(Bench.id("job-1"), Bench.shared(RATE, HOSTS), "slurm"));
        bench.time.pass(Duration.ofSeconds(1));
        bench.remove("job-1");
        bench.time.pass(Duration.ofSeconds(30));
        assertThat(bench.at("leaf-1").meters).isEmpty();
        assertThat(bench.meters.states(bench.at("leaf-1"))).isEmpty();
    }

    @Test
    void aRefusedMeterFailsTheSliceAndIsNotTriedForEver() {
        ready();
        var before = bench.rules();
        bench.at("leaf-2").refusesMeters = size -> true;
        assertThat(create("job-1", HOSTS).state()).isEqualTo(SliceState.FAILED);
        assertThat(condition("job-1", Conditions.FAILED).reason()).isEqualTo(Conditions.METERS_REFUSED);
        assertThat(condition("job-1", Conditions.FAILED).message()).contains("leaf-2", "10000000", "OUT_OF_METERS");
        bench.time.pass(Duration.ofSeconds(60));
        assertThat(bench.rules()).isEqualTo(before);
        assertThat(bench.meters.states(bench.at("leaf-1"))).isEmpty();
        assertThat(bench.meters.states(bench.at("leaf-2"))).as("what ONOS would send for ever").isEmpty();
        assertThat(stored("job-1").meters()).isEmpty();
    }

    @Test
    void aMeterThatNobodyAnswersForIsGivenUp() {
        ready();
        bench.at("leaf-2").behaviour = FakeSwitch.Behaviour.LIE;
        assertThat(create("job-1", HOSTS).state()).isEqualTo(SliceState.FAILED);
        assertThat(condition("job-1", Conditions.FAILED).message()).contains("leaf-2");
        bench.at("leaf-2").behaviour = FakeSwitch.Behaviour.OBEY;
        bench.time.pass(Duration.ofMinutes(2));
        assertThat(bench.at("leaf-2").meters).isEmpty();
        assertThat(stored("job-1").allocation()).isEmpty();
    }

    @Test
    void whatASwitchCannotHaveIsRefusedAtOnce() {
        ready();
        bench.at("leaf-1").maxMeters = 3;
        create("job-1", HOSTS);
        Problem problem = bench.refusal(bench.slices.put(Bench.id("job-2"), Bench.shared(RATE, "gpu-1-3", "gpu-2-3"),
                "slurm").thenCompose(first -> bench.slices.put(Bench.id("job-3"), Bench.shared(RATE, "gpu-2-2",
                "gpu-1-3"), "slurm")));
        assertThat(problem.type()).isEqualTo(ProblemType.HOST_IN_USE);
        bench.at("leaf-1").maxMeters = 2;
        bench.remove("job-2");
        problem = bench.refusal(bench.slices.put(Bench.id("job-2"), Bench.shared(RATE, "gpu-1-3", "gpu-2-3"),
                "slurm"));
        assertThat(problem.type()).isEqualTo(ProblemType.METERS_EXHAUSTED);
        assertThat(problem.shortage()).contains(Problem.Shortage.of("leaf-1", "meters", 1, 0));
        assertThat(bench.storage.map("cloister-slices").size()).isEqualTo(1);
    }

    @Test
    void aMeterThatTheSwitchLosesComesBackWithItsRules() {
        bench.meters.readable(false);
        ready();
        create("job-1", HOSTS);
        bench.time.pass(Duration.ofSeconds(30));
        long id = bench.at("leaf-1").meters.firstKey();
        long rules = metered("leaf-1");
        bench.onos.loseMeter(bench.at("leaf-1"), id);
        assertThat(metered("leaf-1")).isLessThan(rules);
        bench.time.until("its rules", Duration.ofSeconds(20), () -> metered("leaf-1") == rules);
        bench.time.pass(Duration.ofSeconds(15));
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void aLostMeterIsAskedForWhereItCanBe() {
        ready();
        create("job-1", HOSTS);
        bench.time.pass(Duration.ofSeconds(31));
        bench.onos.loseMeter(bench.at("leaf-1"), bench.at("leaf-1").meters.firstKey());
        bench.time.until("the meter, at the next read of the rules", Duration.ofMillis(5_100),
                () -> bench.at("leaf-1").meters.size() == 2);
        bench.time.until("the rules, at the next but one", Duration.ofMillis(5_100), () -> metered("leaf-1") == 4);
    }

    @Test
    void aMeterThatOnosForgetsIsReplaced() {
        ready();
        create("job-1", HOSTS);
        create("job-2", "gpu-1-3", "gpu-2-3");
        bench.time.pass(Duration.ofSeconds(30));
        var other = stored("job-2").meters();
        long rules = metered("leaf-1");
        bench.meters.forget(bench.at("leaf-1"), stored("job-1").meters().get(0).id());
        bench.time.until("ACTIVE again", Duration.ofSeconds(20), () -> bench.slice("job-1").state()
                == SliceState.ACTIVE && metered("leaf-1") == rules && bench.at("leaf-1").meters.size() == 3
                && stored("job-1").meters().size() == 3);
        assertThat(stored("job-2").meters()).isEqualTo(other);
    }

    @Test
    void silenceOfTheStoreChangesNothing() {
        ready();
        Slice active = create("job-1", HOSTS);
        bench.time.pass(Duration.ofSeconds(10));
        var rules = bench.rules();
        bench.meters.silent(true);
        bench.time.pass(Duration.ofMinutes(2));
        assertThat(bench.slice("job-1")).isEqualTo(active);
        assertThat(bench.rules()).isEqualTo(rules);
        bench.put("job-2", "gpu-1-3", "gpu-2-3");
        assertThat(bench.settled("job-2").state()).as("without meters").isEqualTo(SliceState.ACTIVE);
        bench.meters.silent(false);
        bench.time.pass(Duration.ofSeconds(30));
        bench.remove("job-1");
        assertThat(bench.at("leaf-1").meters).isEmpty();
    }

    @Test
    void aDeposedLeaderClaimsNothing() {
        bench.meters.readable(false);
        ready();
        bench.await(bench.slices.put(Bench.id("job-1"), Bench.shared(RATE, HOSTS), "slurm"));
        bench.time.pass(Duration.ofSeconds(1));
        new AllocationJournal(bench.storage, bench.store).takeOver("node-2", 7);
        bench.time.pass(Duration.ofSeconds(30));
        assertThat(stored("job-1").meters()).isEmpty();
        assertThat(metered("leaf-1")).isZero();
        bench.leadership.choose(App.NAME, null);
        for (int term = 2; term < 9; term++) {
            bench.leadership.choose(App.NAME, Bench.NODE);
        }
        assertThat(bench.settled("job-1").state()).isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void ofTwoDocumentsThatNameAMeterOneGivesItUp() {
        ready();
        create("job-1", "gpu-1-1", "gpu-2-1");
        create("job-2", "gpu-1-2", "gpu-2-2");
        bench.stop();
        bench.onos.watch(() -> {
        });
        bench.start();
        var second = bench.store.slice(Bench.id("job-2")).orElseThrow();
        List<StoredMeter> first = stored("job-1").meters();
        bench.store.replace(second.version(), StoredSlice.builder(second.slice()).meters(second.slice().meters().stream()
                .map(meter -> StoredMeter.builder().from(meter).id(first.stream().filter(each -> each.device()
                        .equals(meter.device())).findFirst().orElseThrow().id()).build())
                .collect(Collectors.toList())).build());
        bench.time.pass(Duration.ofSeconds(60));
        assertThat(stored("job-1").meters()).isEqualTo(first);
        assertThat(stored("job-2").meters()).hasSize(2).doesNotContainAnyElementsOf(first);
        assertThat(stored("job-2").meters().stream().map(StoredMeter::id).collect(Collectors.toSet()))
                .doesNotContainAnyElementsOf(first.stream().map(StoredMeter::id).collect(Collectors.toSet()));
        assertThat(bench.slice("job-2").state()).isEqualTo(SliceState.ACTIVE);
        assertThat(bench.at("leaf-1").meters).hasSize(2);
        judge();
    }
}
