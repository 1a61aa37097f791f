package org.cloister.isolation.control;

import org.cloister.isolation.allocation.OpticalTestFabric;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.CircuitPolicy;
import org.cloister.isolation.api.Condition;
import org.cloister.isolation.api.ImmutableSliceSpec;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.control.requests.PurgeManager;
import org.cloister.isolation.fabric.Circuit;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Running slices that get other links by moving light: new circuits first, old ones released when their rules are gone. */
class LightMovesTest {

    private static final SliceSpec PAIR = allow(Bench.spec("h-0-0", "h-1-0"));

    private static SliceSpec allow(SliceSpec spec) {
        return ImmutableSliceSpec.copyOf(spec).withCircuits(CircuitPolicy.ALLOW);
    }

    private static Bench bench(OpticalTestFabric fabric) {
        return Bench.of(fabric.build()).barrier().ready();
    }

    private static SortedSet<Circuit> circuits(Slice slice) {
        return slice.allocation().orElseThrow().circuits().stream().map(circuit -> Circuit.of(circuit.opticalSwitch(),
                circuit.ports().get(0), circuit.ports().get(1))).collect(Collectors.toCollection(TreeSet::new));
    }

    private static SortedSet<Circuit> demanded(Bench bench, String id) {
        return bench.optics.demands().get("slice:" + id).circuits();
    }

    private static Optional<Condition> condition(Slice slice, String type) {
        return slice.conditions().stream().filter(each -> each.type().equals(type) && each.status()).findFirst();
    }

    @Test
    void aChangeMovesLightBeforeRulesAndReleasesWhatItLeft() {
        Bench bench = bench(new OpticalTestFabric(3, 2, 1, 3));
        SortedSet<Circuit> before = circuits(bench.create("job", PAIR));
        bench.optics.takes = Duration.ofSeconds(2);
        int tag = bench.slice("job").allocation().orElseThrow().tag();
        var rules = bench.rules();

        bench.await(bench.slices.put(Bench.id("job"), allow(Bench.spec("h-0-0", "h-2-0")), "slurm"));
        bench.time.pass(Duration.ofMillis(1500));

        assertThat(bench.slice("job").state()).isEqualTo(SliceState.ACTIVE);
        assertThat(demanded(bench, "job")).as("the old ones carry on").containsAll(before).hasSizeGreaterThan(before.size());
        assertThat(bench.rules()).as("no rule before the light").isEqualTo(rules);

        Slice changed = bench.settled("job");
        bench.time.pass(Duration.ofSeconds(10));
        assertThat(changed.observedGeneration()).isEqualTo(2);
        assertThat(changed.phaseMillis()).containsEntry("tuning", 200L);
        assertThat(changed.phaseMillis().get("switching")).isGreaterThanOrEqualTo(2000);
        assertThat(demanded(bench, "job")).isEqualTo(circuits(changed));
        assertThat(bench.rulesOf(tag)).isZero();
        assertThat(bench.optics.lit()).as("nobody needs its ports").containsAll(before);
    }

    @Test
    void aSliceDoesNotGiveItsOwnLightUpToHaveOther() {
        Bench bench = bench(new OpticalTestFabric(3, 2, 1, 1));
        Slice before = bench.create("job", PAIR);
        SortedSet<Circuit> lit = bench.optics.lit();

        Problem problem = bench.refusal(bench.slices.put(Bench.id("job"), allow(Bench.spec("h-0-0", "h-2-0")), "slurm"));

        assertThat(problem.type()).isEqualTo(ProblemType.NO_CIRCUIT);
        bench.time.pass(Duration.ofSeconds(10));
        assertThat(bench.optics.lit()).isEqualTo(lit);
        assertThat(bench.slice("job")).isEqualTo(before);
        // what it has it may use on
        bench.await(bench.slices.put(Bench.id("job"), allow(Bench.spec("h-0-0", "h-1-0", "h-1-1")), "slurm"));
        assertThat(bench.settled("job").observedGeneration()).isEqualTo(2);
        assertThat(bench.optics.lit()).isEqualTo(lit);
    }

    @Test
    void aChangeTakesOtherLightWhereSomeFails() {
        Bench bench = bench(new OpticalTestFabric(3, 2, 0, 4));
        bench.create("job", PAIR);
        bench.optics.breaks("ocs-1/l-2", "the mirror is stuck");

        bench.await(bench.slices.put(Bench.id("job"), allow(Bench.spec("h-0-0", "h-2-0")), "slurm"));
        Slice changed = bench.settled("job");

        assertThat(changed.observedGeneration()).isEqualTo(2);
        assertThat(circuits(changed)).hasSize(1).noneMatch(circuit -> circuit.toString().startsWith("ocs-1"));
        assertThat(condition(changed, Conditions.CHANGE_FAILED)).isEmpty();
    }

    @Test
    void aChangeForWhichThereIsNoLightSaysWhy() {
        Bench bench = bench(new OpticalTestFabric(3, 2, 0, 2));
        Slice before = bench.create("job", PAIR);
        bench.optics.breaks("ocs-0/l-2", "the mirror is stuck");
        bench.optics.breaks("ocs-1/l-2", "the mirror is stuck");

        bench.await(bench.slices.put(Bench.id("job"), allow(Bench.spec("h-0-0", "h-2-0")), "slurm"));
        bench.time.until("giving up", Bench.LONG, () -> condition(bench.slice("job"), Conditions.CHANGE_FAILED)
                .isPresent());
        bench.time.pass(Duration.ofSeconds(10));

        Slice left = bench.slice("job");
        assertThat(condition(left, Conditions.CHANGE_FAILED).orElseThrow().message()).contains("the mirror is stuck");
        assertThat(left.allocation()).isEqualTo(before.allocation());
        assertThat(demanded(bench, "job")).isEqualTo(circuits(before));
        assertThat(bench.optics.lit()).containsAll(circuits(before));
        assertThat(left.state()).isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void aCircuitThatBreaksIsReplacedOverASparePort() {
        Bench bench = bench(new OpticalTestFabric(2, 2, 1, 3));
        Slice before = bench.create("job", PAIR);
        Circuit lost = circuits(before).first();
        bench.optics.breaks(lost.opticalSwitch() + "/" + lost.one(), "no light comes in");

        bench.time.until("another way", Bench.LONG, () -> bench.slice("job").allocation()
                .filter(now -> !now.equals(before.allocation().orElseThrow())).isPresent());
        bench.time.pass(Duration.ofSeconds(10));

        Slice after = bench.slice("job");
        assertThat(after.state()).isEqualTo(SliceState.ACTIVE);
        assertThat(circuits(after)).doesNotContain(lost);
        assertThat(demanded(bench, "job")).isEqualTo(circuits(after));
    }

    @Test
    void aCircuitThatVanishesIsNotAskedForAgainWhereThereIsOther() {
        Bench bench = bench(new OpticalTestFabric(2, 2, 0, 3));
        Slice before = bench.create("job", PAIR);
        Circuit lost = circuits(before).first();
        bench.optics.loses(lost);

        bench.time.until("another way", Bench.LONG, () -> bench.slice("job").state() == SliceState.ACTIVE
                && !bench.slice("job").allocation().equals(before.allocation()));

        bench.time.pass(Duration.ofSeconds(10));
        assertThat(circuits(bench.slice("job"))).noneMatch(lost::meets);
        assertThat(bench.optics.lit()).isEqualTo(circuits(bench.slice("job")));
    }

    @Test
    void whereNoOtherLightIsTheTrueCauseIsTold() {
        Bench bench = bench(new OpticalTestFabric(2, 2, 0, 1));
        Slice before = bench.create("job", PAIR);
        bench.optics.breaks("ocs-0/l-1", "power is at -32 dBm");

        bench.time.until("a word", Bench.LONG, () -> bench.slice("job").state() == SliceState.DEGRADED);

        assertThat(condition(bench.slice("job"), Conditions.DEGRADED).orElseThrow().message())
                .contains("ocs-0/l-1: power is at -32 dBm");
        bench.time.pass(Duration.ofMinutes(3));
        bench.optics.mends("ocs-0/l-1");
        bench.time.until("repair", Bench.LONG, () -> bench.slice("job").state() == SliceState.ACTIVE);
        assertThat(bench.slice("job").allocation().map(Allocation::links))
                .isEqualTo(before.allocation().map(Allocation::links));
    }

    @Test
    void aSliceThatForbidsItIsNotMovedByLight() {
        Bench bench = bench(new OpticalTestFabric(2, 2, 1, 2).joined(0, "l-0", "s-0").joined(1, "l-1", "s-0"));
        Slice before = bench.create("job", Bench.spec("h-0-0", "h-1-0"));
        SortedSet<Circuit> lit = bench.optics.lit();
        bench.optics.breaks("ocs-0/l-0", "the mirror is stuck");

        bench.time.until("a word", Bench.LONG, () -> bench.slice("job").state() == SliceState.DEGRADED);
        bench.time.pass(Duration.ofMinutes(1));
        bench.optics.mends("ocs-0/l-0");
        bench.time.pass(Duration.ofSeconds(30));

        assertThat(bench.optics.lit()).isEqualTo(lit);
        assertThat(bench.slice("job").allocation()).isEqualTo(before.allocation());
        assertThat(bench.slice("job").state()).isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void lightOfRunningSlicesOutlivesRestartsAndTheLossOfWhoMovesIt() {
        Bench bench = bench(new OpticalTestFabric(2, 2, 1, 2));
        Slice before = bench.create("job", PAIR);
        SortedSet<Circuit> lit = bench.optics.lit();
        int asked = bench.optics.history.size();

        bench.stop();
        bench.optics.away("ocs-0", true);
        bench.start();
        bench.time.pass(Duration.ofMinutes(2));
        bench.optics.present(false);
        bench.time.pass(Duration.ofMinutes(2));
        bench.optics.present(true);
        bench.optics.away("ocs-0", false);
        bench.time.pass(Duration.ofMinutes(2));

        assertThat(bench.optics.lit()).isEqualTo(lit);
        assertThat(bench.optics.history).hasSize(asked);
        assertThat(bench.slice("job")).isEqualTo(before);
    }

    @Test
    void aMoveGoesOnUnderANewLeader() {
        Bench bench = bench(new OpticalTestFabric(3, 2, 1, 3));
        bench.create("job", PAIR);
        bench.optics.takes = Duration.ofSeconds(3);
        bench.await(bench.slices.put(Bench.id("job"), allow(Bench.spec("h-0-0", "h-2-0")), "slurm"));
        bench.time.pass(Duration.ofSeconds(1));

        bench.stop();
        bench.time.pass(Duration.ofSeconds(20));
        bench.start();

        Slice after = bench.settled("job");
        assertThat(after.observedGeneration()).isEqualTo(2);
        bench.time.pass(Duration.ofSeconds(10));
        assertThat(demanded(bench, "job")).isEqualTo(circuits(after));
    }

    @Test
    void aPurgeReleasesEveryDemandAndLeavesTheLight() {
        Bench bench = bench(new OpticalTestFabric(2, 2, 1, 2));
        bench.create("job", PAIR);
        SortedSet<Circuit> lit = bench.optics.lit();

        new PurgeManager(bench.services(Bench.NODE, bench.store), null).purge("karaf");
        bench.time.pass(Duration.ofSeconds(60));

        assertThat(bench.optics.demands()).isEmpty();
        assertThat(bench.optics.lit()).isEqualTo(lit);
        assertThat(bench.rules().values()).allMatch(Map::isEmpty);
    }
}
