package org.cloister.isolation.control;

import org.cloister.isolation.allocation.validation.Requests;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Condition;
import org.cloister.isolation.api.ImmutableSliceSpec;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.observed.Tags;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.program.AdmitLevel;
import org.cloister.isolation.store.Move;
import org.cloister.isolation.store.Proposal;
import org.cloister.isolation.store.StoredMeter;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Slices that get another specification while they run. */
class ChangeTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final Bench bench = Bench.small();

    @AfterEach
    void nothingThatOnosPunishes() {
        assertThat(bench.onos.violations()).isEmpty();
    }

    private StoredSlice stored(String id) {
        return bench.store.slice(Bench.id(id)).orElseThrow().slice();
    }

    private void propose(String id, SliceSpec spec) {
        VersionedSlice now = bench.store.slice(Bench.id(id)).orElseThrow();
        assertThat(bench.store.replace(now.version(), StoredSlice.builder(now.slice()).proposal(Proposal.builder()
                .spec(Requests.withDefaults(spec)).created(bench.time.now())
                .deadline(bench.time.now().plusSeconds(10)).build()).build())).isTrue();
    }

    private void propose(String id, String... hosts) {
        propose(id, Bench.spec(hosts));
    }

    private Problem refusal(String id) {
        bench.time.until("an answer", LONG, () -> stored(id).proposal().flatMap(Proposal::refusal).isPresent());
        return stored(id).proposal().flatMap(Proposal::refusal).orElseThrow();
    }

    private void settled(String id, long generation) {
        bench.time.until("generation " + generation, LONG, () -> stored(id).observedGeneration() == generation);
        bench.time.until("nothing of the old one", LONG, () -> stored(id).retired().isEmpty());
    }

    @Test
    void aMemberIsReplacedWithoutALossForThoseThatStay() {
        bench.ready();
        Slice before = bench.create("job-1", "gpu-1-1", "gpu-2-1", "gpu-2-2");
        bench.create("job-2", "gpu-1-3", "gpu-2-3");
        Traffic staying = new Traffic(bench).watch("gpu-1-1", "gpu-2-1");
        propose("job-1", "gpu-1-1", "gpu-2-1", "gpu-1-2");
        bench.time.until("the move has begun", LONG, () -> stored("job-1").move().isPresent());
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.ACTIVE);
        assertThat(bench.slice("job-1").generation()).isEqualTo(2);
        assertThat(bench.slice("job-1").observedGeneration()).isEqualTo(1);
        settled("job-1", 2);

        assertThat(staying.lost()).isEmpty();
        assertThat(staying.asked()).isGreaterThan(20);
        Slice after = bench.slice("job-1");
        assertThat(after.state()).isEqualTo(SliceState.ACTIVE);
        assertThat(after.stateSince()).as("ACTIVE all along").isEqualTo(before.stateSince());
        assertThat(after.allocation().orElseThrow().members()).extracting(Allocation.AllocatedMember::host)
                .containsExactly("gpu-1-1", "gpu-2-1", "gpu-1-2");
        assertThat(bench.rulesOf(before.allocation().orElseThrow().tag())).as("nothing is left").isZero();
        assertThat(stored("job-1").admitLevel()).isEqualTo(AdmitLevel.SECOND);
        Traffic now = new Traffic(bench);
        assertThat(now.arrives("gpu-1-1", "gpu-1-2")).isTrue();
        assertThat(now.arrives("gpu-2-1", "gpu-2-2")).as("it has left").isFalse();
        assertThat(bench.create("job-3", "gpu-2-2").state()).as("it is free").isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void changesFollowEachOtherAtAlternatingLevels() {
        bench.barrier().ready();
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        Traffic traffic = new Traffic(bench).watch("gpu-1-1", "gpu-2-1");
        propose("job-1", "gpu-1-1", "gpu-2-1", "gpu-1-2");
        bench.time.until("the second", LONG, () -> stored("job-1").observedGeneration() == 2);
        propose("job-1", "gpu-1-1", "gpu-2-1");
        settled("job-1", 3);
        assertThat(stored("job-1").admitLevel()).isEqualTo(AdmitLevel.FIRST);
        assertThat(traffic.lost()).isEmpty();
        assertThat(traffic.leaked()).as("a member for a while").containsOnly("gpu-1-2 to gpu-1-1", "gpu-1-2 to gpu-2-1");
    }

    @Test
    void membersOfASharedSliceKeepTheirMetersUnlessTheirRateChanges() {
        bench.ready();
        bench.await(bench.slices.put(Bench.id("job-1"), Bench.shared(1_000_000_000, "gpu-1-1", "gpu-2-1"), "slurm"));
        bench.time.until("ACTIVE", LONG, () -> bench.slice("job-1").state() == SliceState.ACTIVE);
        List<StoredMeter> before = stored("job-1").meters();
        Traffic traffic = new Traffic(bench).watch("gpu-1-1", "gpu-2-1");
        propose("job-1", Bench.shared(1_000_000_000, "gpu-1-1", "gpu-2-1", "gpu-2-2"));
        settled("job-1", 2);
        assertThat(stored("job-1").meters()).hasSize(3).containsAll(before);
        propose("job-1", Bench.shared(2_000_000_000, "gpu-1-1", "gpu-2-1", "gpu-2-2"));
        settled("job-1", 3);
        bench.time.until("the old meters are gone", LONG, () -> stored("job-1").meters().size() == 3);
        assertThat(stored("job-1").meters()).extracting(StoredMeter::bitsPerSecond).containsOnly(2_000_000_000L);
        assertThat(traffic.lost()).isEmpty();
    }

    @Test
    void labelsAloneMoveNothing() {
        bench.ready();
        Slice before = bench.create("job-1", "gpu-1-1", "gpu-2-1");
        int batches = bench.onos.switches().stream().mapToInt(each -> each.batches).sum();
        propose("job-1", ImmutableSliceSpec.copyOf(before.spec()).withLabels(Map.of("cluster", "slurm"))
                .withLeaseSeconds(OptionalInt.of(600)));
        settled("job-1", 2);
        Slice after = bench.slice("job-1");
        assertThat(after.allocation()).isEqualTo(before.allocation());
        assertThat(after.spec().labels()).containsEntry("cluster", "slurm");
        assertThat(bench.onos.switches().stream().mapToInt(each -> each.batches).sum()).isEqualTo(batches);
    }

    @Test
    void whatDoesNotFitLeavesTheSliceAsItIs() {
        bench.ready();
        Slice before = bench.create("job-1", "gpu-1-1", "gpu-2-1");
        bench.create("job-2", "gpu-1-2", "gpu-2-2");
        var rules = bench.rules();
        propose("job-1", "gpu-1-1", "gpu-2-2");
        assertThat(refusal("job-1").type()).isEqualTo(ProblemType.HOST_IN_USE);
        assertThat(bench.slice("job-1")).isEqualTo(before);
        bench.time.until("nobody reads the answer", Duration.ofSeconds(20),
                () -> stored("job-1").proposal().isEmpty());
        assertThat(bench.slice("job-1")).isEqualTo(before);
        assertThat(bench.rules()).isEqualTo(rules);
    }

    @Test
    void anotherChangeSupersedesOneThatIsBeingInstalled() {
        bench.ready();
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        Traffic traffic = new Traffic(bench).watch("gpu-1-1", "gpu-2-1");
        bench.at("spine-1").refuses = rule -> true;
        bench.at("spine-2").refuses = rule -> true;
        propose("job-1", "gpu-1-1", "gpu-2-1", "gpu-1-2");
        bench.time.until("INSTALLING", LONG, () -> stored("job-1").move().isPresent());
        int superseded = stored("job-1").move().orElseThrow().allocation().tag();
        propose("job-1", "gpu-1-1", "gpu-2-1", "gpu-1-3");
        bench.time.until("the other", LONG, () -> stored("job-1").generation() == 3);
        bench.onos.switches().forEach(each -> each.refuses = rule -> false);
        settled("job-1", 3);
        assertThat(bench.rulesOf(superseded)).isZero();
        assertThat(bench.slice("job-1").spec().members()).extracting(member -> member.host())
                .containsExactly("gpu-1-1", "gpu-2-1", "gpu-1-3");
        assertThat(traffic.lost()).isEmpty();
    }

    @Test
    void aChangeIsCalledOffByAskingForWhatThereIs() {
        bench.ready();
        Slice before = bench.create("job-1", "gpu-1-1", "gpu-2-1");
        bench.at("spine-1").latency = Duration.ofSeconds(2);
        bench.at("spine-2").latency = Duration.ofSeconds(2);
        propose("job-1", "gpu-1-1", "gpu-2-1", "gpu-1-2");
        bench.time.until("INSTALLING", LONG, () -> stored("job-1").move().isPresent());
        propose("job-1", before.spec());
        settled("job-1", 3);
        assertThat(bench.slice("job-1").allocation()).isEqualTo(before.allocation());
        assertThat(bench.slice("job-1").spec()).isEqualTo(before.spec());
    }

    @Test
    void aChangeThatASwitchRefusesIsTakenBackAndSaysWhy() {
        bench.ready();
        Slice before = bench.create("job-1", "gpu-1-1", "gpu-2-1");
        var rules = bench.rules();
        Traffic traffic = new Traffic(bench).watch("gpu-1-1", "gpu-2-1");
        bench.at("leaf-2").refuses = rule -> true;
        propose("job-1", "gpu-1-1", "gpu-2-1", "gpu-2-2");
        bench.time.until("taken back", LONG, () -> stored("job-1").generation() == 3);
        Slice after = bench.slice("job-1");
        assertThat(after.spec()).isEqualTo(before.spec());
        assertThat(after.state()).isEqualTo(SliceState.ACTIVE);
        Condition failed = condition(after, Conditions.CHANGE_FAILED);
        assertThat(failed.status()).isTrue();
        assertThat(failed.reason()).isEqualTo(Conditions.RULES_REFUSED);
        assertThat(failed.message()).startsWith("leaf-2: refused");
        settled("job-1", 3);
        assertThat(bench.rules()).isEqualTo(rules);
        assertThat(traffic.lost()).isEmpty();

        bench.at("leaf-2").refuses = rule -> false;
        propose("job-1", "gpu-1-1", "gpu-2-1", "gpu-2-2");
        settled("job-1", 4);
        assertThat(condition(bench.slice("job-1"), Conditions.CHANGE_FAILED).status()).isFalse();
    }

    private static Condition condition(Slice slice, String type) {
        return slice.conditions().stream().filter(each -> each.type().equals(type)).findFirst().orElseThrow();
    }

    @Test
    void withoutEnforcementAChangeIsMadeAtOnceAndItsOldRulesGoLater() {
        bench.ready();
        Slice before = bench.create("job-1", "gpu-1-1", "gpu-2-1");
        var enforced = bench.fabric.fabric().orElseThrow();
        bench.fabric.configure(Optional.of(
                ((org.cloister.isolation.fabric.ImmutableFabric) enforced).withEnforce(false)));
        propose("job-1", "gpu-1-1", "gpu-2-2");
        bench.time.until("changed", Duration.ofSeconds(1), () -> stored("job-1").generation() == 2);
        assertThat(bench.slice("job-1").allocation().orElseThrow().members())
                .extracting(Allocation.AllocatedMember::host).containsExactly("gpu-1-1", "gpu-2-2");
        bench.fabric.configure(Optional.of(enforced));
        settled("job-1", 2);
        assertThat(bench.rulesOf(before.allocation().orElseThrow().tag())).isZero();
        assertThat(new Traffic(bench).arrives("gpu-1-1", "gpu-2-2")).isTrue();
    }

    /** However many milliseconds into a change the leader is gone, the next one brings it to its end. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6, 10, 15, 20, 25, 30, 40, 50, 60, 70, 80, 90, 100, 120, 150, 200, 1050, 1100, 1150})
    void theNextLeaderGoesOn(int millis) {
        bench.ready();
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        Traffic traffic = new Traffic(bench).watch("gpu-1-1", "gpu-2-1");
        propose("job-1", "gpu-1-1", "gpu-2-1", "gpu-2-2");
        bench.time.pass(Duration.ofMillis(millis));
        bench.stop();
        bench.start();
        settled("job-1", 2);
        assertThat(traffic.lost()).isEmpty();
        assertThat(traffic.leaked()).containsOnly("gpu-2-2 to gpu-1-1", "gpu-2-2 to gpu-2-1");
        assertThat(new Traffic(bench).arrives("gpu-1-1", "gpu-2-2")).isTrue();
        assertThat(bench.onos.switches().stream().flatMap(each -> each.rules.keySet().stream())
                .map(Tags::of).filter(OptionalInt::isPresent).collect(Collectors.toSet()))
                .as("the rules of one tag").hasSize(1);
    }

    @Test
    void aSliceThatIsRemovedInTheMiddleLeavesNothing() {
        bench.ready();
        var bare = bench.rules();
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        propose("job-1", "gpu-1-1", "gpu-2-1", "gpu-2-2");
        bench.time.until("SWITCHING", LONG, () -> stored("job-1").move()
                .filter(move -> move.phase() == Move.Phase.SWITCHING).isPresent());
        bench.remove("job-1");
        assertThat(bench.rules()).isEqualTo(bare);
    }

    @Test
    void aLeafThatIsAwayWhenHostPortsChangeOverKeepsItsOldPathsUntilItIsBack() {
        bench.ready();
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        Traffic traffic = new Traffic(bench).watch("gpu-1-1", "gpu-2-1");
        propose("job-1", "gpu-1-1", "gpu-2-1", "gpu-1-2");
        bench.time.until("SWITCHING", LONG, () -> stored("job-1").move()
                .filter(move -> move.phase() == Move.Phase.SWITCHING).isPresent());
        bench.devices.available(bench.at("leaf-2"), false);
        bench.time.pass(Duration.ofMinutes(3));
        assertThat(stored("job-1").move()).as("not waited for for ever").isEmpty();
        assertThat(stored("job-1").retired()).hasSize(1);
        assertThat(traffic.lost()).isEmpty();
        bench.devices.available(bench.at("leaf-2"), true);
        settled("job-1", 2);
        assertThat(traffic.lost()).isEmpty();
    }
}
