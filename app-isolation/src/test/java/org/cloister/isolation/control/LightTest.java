package org.cloister.isolation.control;

import org.cloister.isolation.allocation.OpticalTestFabric;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedCircuit;
import org.cloister.isolation.api.CircuitPolicy;
import org.cloister.isolation.api.Condition;
import org.cloister.isolation.api.ImmutableSliceSpec;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.fabric.Circuit;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** New slices that get their links by moving light. */
class LightTest {

    private static final SliceSpec PAIR = Bench.spec("h-0-0", "h-1-0");

    /** Leaves 0 and 1 are joined by no way; each of two optical switches could join them, or both with the spine. */
    private final OpticalTestFabric dark = new OpticalTestFabric(3, 2, 1, 2);

    private static SliceSpec allow(SliceSpec spec) {
        return ImmutableSliceSpec.copyOf(spec).withCircuits(CircuitPolicy.ALLOW);
    }

    private static Bench bench(OpticalTestFabric fabric) {
        return Bench.of(fabric.build()).barrier().ready();
    }

    private static SortedSet<Circuit> circuits(Allocation allocation) {
        return allocation.circuits().stream().map(circuit -> Circuit.of(circuit.opticalSwitch(),
                circuit.ports().get(0), circuit.ports().get(1))).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String failure(Slice slice) {
        assertThat(slice.state()).isEqualTo(SliceState.FAILED);
        return slice.conditions().stream().filter(each -> each.type().equals(Conditions.FAILED))
                .map(Condition::message).findFirst().orElseThrow();
    }

    @Test
    void nothingIsOnASwitchUntilLightIsUnderEveryLink() {
        Bench bench = bench(dark);
        var before = bench.rules();

        Slice asked = bench.await(bench.slices.put(Bench.id("job"), allow(PAIR), "slurm")).slice();

        assertThat(asked.state()).isEqualTo(SliceState.SWITCHING);
        assertThat(asked.stateDeadline()).isPresent();
        assertThat(asked.allocation().orElseThrow().circuits()).extracting(AllocatedCircuit::state)
                .containsOnly(AllocatedCircuit.PLANNED);
        bench.time.pass(bench.optics.takes.plus(bench.optics.finds).minusMillis(50));
        assertThat(bench.optics.lit()).as("light is there, and not looked at").isNotEmpty();
        assertThat(bench.rules()).isEqualTo(before);

        Slice active = bench.settled("job");
        assertThat(active.state()).isEqualTo(SliceState.ACTIVE);
        Allocation got = active.allocation().orElseThrow();
        assertThat(got.circuits()).extracting(AllocatedCircuit::state).containsOnly(AllocatedCircuit.CONNECTED);
        assertThat(got.displacedCircuits()).isEmpty();
        assertThat(bench.optics.lit()).isEqualTo(circuits(got));
        assertThat(active.phaseMillis()).containsKeys("allocating", "installing").containsEntry("tuning", 200L);
        assertThat(active.phaseMillis().get("switching")).isGreaterThanOrEqualTo(800);
        assertThat(bench.rulesOf(got.tag())).isPositive();
    }

    @Test
    void twoLeavesWithoutASpineCarryASlice() {
        Bench bench = bench(new OpticalTestFabric(2, 2, 0, 1));

        Slice active = bench.create("job", allow(PAIR));

        assertThat(active.state()).isEqualTo(SliceState.ACTIVE);
        assertThat(active.allocation().orElseThrow().links()).allMatch(link ->
                link.from().switchName().startsWith("leaf") && link.to().switchName().startsWith("leaf"));
        assertThat(bench.optics.lit()).hasSize(1);
    }

    @Test
    void whoDoesNotAllowItIsRefused() {
        Bench bench = bench(dark);

        Problem problem = bench.refusal(bench.slices.put(Bench.id("job"), PAIR, "slurm"));

        assertThat(problem.type()).isEqualTo(ProblemType.NO_CIRCUIT);
        assertThat(problem.detail()).contains("leaf-0 has 0 of 1 uplinks free that light is led to; 2 more are dark");
        assertThat(bench.optics.history).isEmpty();
    }

    @Test
    void aDryRunShowsTheMoveAndMovesNothing() {
        Bench bench = bench(dark.joined(0, "l-0", "l-2"));

        Slice planned = bench.await(bench.slices.plan(Bench.id("job"), allow(PAIR), "slurm"));

        assertThat(planned.state()).isEqualTo(SliceState.SWITCHING);
        assertThat(planned.allocation().orElseThrow().circuitsToMove()).isEqualTo(1);
        assertThat(bench.optics.history).isEmpty();
        assertThat(bench.create("job", allow(PAIR)).allocation().orElseThrow().links())
                .isEqualTo(planned.allocation().orElseThrow().links());
    }

    @Test
    void circuitsStayWhenTheirSliceIsGoneAndAreNobodys() {
        Bench bench = bench(dark);
        bench.create("job", allow(PAIR));
        SortedSet<Circuit> lit = bench.optics.lit();
        var before = bench.rules();

        bench.remove("job");

        assertThat(bench.optics.lit()).isEqualTo(lit);
        assertThat(bench.optics.demands()).isEmpty();
        assertThat(bench.rules()).isNotEqualTo(before);
        // whoever needs the ports gets them, and whoever needs the same has them at once
        assertThat(bench.await(bench.slices.put(Bench.id("again"), allow(PAIR), "slurm")).slice().state())
                .isEqualTo(SliceState.INSTALLING);
    }

    @Test
    void lightIsReleasedOnlyAfterTheLastRuleIsGone() {
        Bench bench = bench(dark);
        int tag = bench.create("job", allow(PAIR)).allocation().orElseThrow().tag();
        bench.onos.switches().forEach(each -> each.latency = Duration.ofMillis(300));

        bench.await(bench.slices.remove(Bench.id("job")));
        bench.time.until("the release", Bench.LONG, () -> bench.optics.demands().isEmpty());

        assertThat(bench.rulesOf(tag)).isZero();
        bench.await(bench.slices.whenGone(Bench.id("job")));
    }

    @Test
    void brokenPortsAreAvoidedAtTheNextTry() {
        Bench bench = bench(dark);
        bench.optics.breaks("ocs-0/l-0", "the mirror is stuck");

        Slice active = bench.create("job", allow(PAIR));

        assertThat(active.state()).isEqualTo(SliceState.ACTIVE);
        assertThat(bench.optics.lit()).noneMatch(circuit -> circuit.toString().startsWith("ocs-0 l-0"));
        assertThat(bench.optics.history).hasSize(2);
    }

    @Test
    void lightThatFailedIsAvoidedThoughNoPortIsToBlame() {
        Bench bench = bench(dark);
        bench.optics.quarantines = false;
        bench.optics.breaks("ocs-0/l-0", "another controller is the writer");

        Slice active = bench.create("job", allow(PAIR));

        assertThat(active.state()).isEqualTo(SliceState.ACTIVE);
        assertThat(bench.optics.lit()).noneMatch(circuit -> circuit.toString().startsWith("ocs-0 l-0"));
    }

    @Test
    void theFabricMayShowALittleLaterThanTheDemandWhichPortsAreBroken() {
        Bench bench = bench(dark);
        bench.optics.breaks("ocs-0/l-0", "the mirror is stuck");
        AtomicReference<Instant> since = new AtomicReference<>();
        bench.optics.lens = fabric -> {
            if (fabric.unusableOpticalPorts().isEmpty()) {
                return fabric;
            }
            if (since.compareAndSet(null, bench.time.now())) {
                bench.time.schedule(bench.optics::show, 100, TimeUnit.MILLISECONDS);
            }
            return bench.time.now().isBefore(since.get().plusMillis(100))
                    ? ImmutableFabric.copyOf(fabric).withUnusableOpticalPorts(Map.of()) : fabric;
        };

        Slice active = bench.create("job", allow(PAIR));

        assertThat(active.state()).isEqualTo(SliceState.ACTIVE);
        assertThat(circuits(active.allocation().orElseThrow())).noneMatch(
                circuit -> circuit.toString().startsWith("ocs-0 l-0"));
    }

    @Test
    void withoutASparePortTheTrueCauseIsTold() {
        Bench bench = bench(new OpticalTestFabric(2, 2, 0, 1));
        bench.optics.breaks("ocs-0/l-0", "the mirror is stuck");

        Slice failed = bench.create("job", allow(PAIR));

        assertThat(failure(failed)).contains("ocs-0/l-0: the mirror is stuck");
        bench.time.pass(Duration.ofSeconds(5));
        assertThat(bench.slice("job").allocation()).isEmpty();
        assertThat(bench.optics.demands()).isEmpty();
        bench.optics.mends("ocs-0/l-0");
        bench.remove("job");
        assertThat(bench.create("job", allow(PAIR)).state()).isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void otherLightIsTriedABoundedNumberOfTimes() {
        Bench bench = bench(new OpticalTestFabric(2, 2, 0, 6));
        for (int at = 0; at < 6; at++) {
            bench.optics.breaks("ocs-" + at + "/l-0", "broken");
        }

        assertThat(failure(bench.create("job", allow(PAIR)))).contains("ocs-2/l-0: broken");
        assertThat(bench.optics.history.stream().filter(each -> !each.endsWith("nothing"))).hasSize(3);
    }

    @Test
    void lightThatComesTooLateIsAFailureWithItsPhase() {
        Bench bench = bench(dark);
        bench.optics.takes = Duration.ofMinutes(5);

        assertThat(failure(bench.create("job", allow(PAIR)))).contains("TUNING");
    }

    @Test
    void lightIsNobodyElsesWhileASliceMayUseIt() {
        Bench bench = bench(dark.joined(0, "l-0", "s-0").joined(1, "l-1", "s-0"));
        Slice job = bench.create("job", PAIR);
        assertThat(job.state()).isEqualTo(SliceState.ACTIVE);
        assertThat(bench.optics.demands().get("slice:job").circuits())
                .isEqualTo(circuits(job.allocation().orElseThrow()));

        // the spine has no port left, and the third leaf can be joined with leaf 0 by ocs-1 alone
        assertThat(bench.create("other", allow(Bench.spec("h-0-1", "h-2-1"))).state()).isEqualTo(SliceState.ACTIVE);

        assertThat(bench.optics.lit()).containsAll(circuits(job.allocation().orElseThrow()))
                .contains(Circuit.of("ocs-1", "l-0", "l-2"));
        assertThat(bench.slice("job")).isEqualTo(job);
    }

    @Test
    void whoGivesWayIsNotGivenOutMeanwhile() {
        // leaves 1 and 2 have a common spine, by light that is about to be moved
        Bench bench = bench(new OpticalTestFabric(3, 2, 1, 2).foreign(1, "l-0", "x").joined(0, "l-1", "s-0")
                .joined(1, "l-2", "s-0"));
        bench.optics.takes = Duration.ofSeconds(2);
        SliceSpec second = Bench.spec("h-1-1", "h-2-1");
        assertThat(bench.await(bench.slices.plan(Bench.id("second"), second, "slurm")).state())
                .isEqualTo(SliceState.INSTALLING);

        Slice first = bench.await(bench.slices.put(Bench.id("first"), allow(PAIR), "slurm")).slice();

        assertThat(first.allocation().orElseThrow().displacedCircuits()).isNotEmpty();
        assertThat(bench.optics.fabric().links()).as("still there").hasSize(4);
        assertThat(bench.refusal(bench.slices.put(Bench.id("second"), second, "slurm")).type().status())
                .isEqualTo(409);
    }

    @Test
    void whatSomebodyDemandsDirectlyNeverGivesWay() {
        Bench bench = bench(new OpticalTestFabric(2, 2, 1, 1).joined(0, "l-0", "s-0"));
        bench.optics.claim(Circuit.of("ocs-0", "l-0", "s-0"));

        Problem problem = bench.refusal(bench.slices.put(Bench.id("job"), allow(PAIR), "slurm"));

        assertThat(problem.type()).isEqualTo(ProblemType.NO_CIRCUIT);
        bench.optics.release("admin:ocs-0 l-0 to s-0");
        assertThat(bench.create("job", allow(PAIR)).state()).isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void lightThatIsRefusedIsAvoidedOnceTheFabricShowsWhy() {
        Bench bench = bench(new OpticalTestFabric(2, 2, 0, 2));
        bench.optics.takes = Duration.ofMillis(100);
        bench.optics.claim(Circuit.of("ocs-0", "l-0", "x"));

        assertThat(bench.create("job", allow(PAIR)).state()).isEqualTo(SliceState.ACTIVE);
        assertThat(bench.optics.lit()).contains(Circuit.of("ocs-1", "l-0", "l-1"));
    }

    @Test
    void whatASliceWasRefusedIsNotHeldAgainstTheNextOneOfItsName() {
        Bench bench = bench(new OpticalTestFabric(2, 2, 0, 1));
        bench.optics.takes = Duration.ofSeconds(1);
        bench.optics.claim(Circuit.of("ocs-0", "l-0", "x"));
        assertThat(bench.create("job", allow(PAIR)).state()).isEqualTo(SliceState.FAILED);
        bench.optics.release("admin:ocs-0 l-0 to x");

        bench.remove("job");

        assertThat(bench.create("job", allow(PAIR)).state()).isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void aNewLeaderGoesOnWhereTheOldOneWas() {
        Bench bench = bench(dark);
        bench.optics.takes = Duration.ofSeconds(3);
        bench.await(bench.slices.put(Bench.id("job"), allow(PAIR), "slurm"));
        bench.time.pass(Duration.ofSeconds(1));
        assertThat(bench.slice("job").state()).isEqualTo(SliceState.SWITCHING);

        bench.stop();
        bench.time.pass(Duration.ofSeconds(10));
        bench.start();

        assertThat(bench.settled("job").state()).isEqualTo(SliceState.ACTIVE);
        assertThat(bench.optics.history).hasSize(1);
    }

    @Test
    void whereNothingIsInstalledNoLightIsMovedUntilSomethingIs() {
        Bench bench = bench(dark);
        bench.optics.lens = fabric -> ImmutableFabric.copyOf(fabric).withEnforce(false);
        bench.optics.show();

        Slice shown = bench.create("job", allow(PAIR));
        bench.time.pass(Duration.ofSeconds(5));

        assertThat(shown.state()).isEqualTo(SliceState.ACTIVE);
        assertThat(shown.allocation().orElseThrow().circuitsToMove()).isPositive();
        assertThat(bench.optics.history).isEmpty();

        bench.optics.lens = fabric -> fabric;
        bench.optics.show();
        bench.time.until("light", Bench.LONG, () -> bench.slice("job").state() == SliceState.SWITCHING);
        assertThat(bench.settled("job").state()).isEqualTo(SliceState.ACTIVE);
        assertThat(bench.rulesOf(bench.slice("job").allocation().orElseThrow().tag())).isPositive();
    }

    @Test
    void aReservationHasItsLightAtOnce() {
        Bench bench = bench(new OpticalTestFabric(2, 1, 0, 1));

        Slice reserved = bench.create("job", allow(Bench.later(2)));
        bench.time.pass(Duration.ofSeconds(5));

        assertThat(reserved.state()).isEqualTo(SliceState.RESERVED);
        assertThat(bench.optics.lit()).hasSize(1);
        assertThat(bench.slice("job").allocation().orElseThrow().circuits()).extracting(AllocatedCircuit::state)
                .containsExactly(AllocatedCircuit.CONNECTED);
        Slice bound = bench.await(bench.slices.put(Bench.id("job"), allow(PAIR), "slurm")).slice();
        assertThat(bound.state()).isEqualTo(SliceState.INSTALLING);
        assertThat(bench.settled("job").state()).isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void withoutAnybodyWhoMovesLightThereIsNone() {
        Bench bench = bench(dark.joined(0, "l-0", "s-0").joined(1, "l-2", "s-0"));
        bench.optics.present(false);

        Problem problem = bench.refusal(bench.slices.put(Bench.id("job"), allow(PAIR), "slurm"));

        assertThat(problem.type()).isEqualTo(ProblemType.NO_CIRCUIT);
        assertThat(problem.detail()).contains("ocs-0").contains("is connected");
        assertThat(bench.create("other", allow(Bench.spec("h-0-0", "h-2-0"))).state())
                .as("over links that are there").isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void nothingIsForgottenOfADemandThatWasLost() {
        Bench bench = bench(dark);
        bench.create("job", allow(PAIR));
        bench.optics.release("slice:job");
        bench.optics.demand("slice:ghost", new TreeSet<>(List.of(Circuit.of("ocs-0", "l-2", "s-0"))));

        bench.time.pass(Duration.ofSeconds(10));

        assertThat(bench.optics.demands()).containsOnlyKeys("slice:job");
        assertThat(bench.slice("job").state()).isEqualTo(SliceState.ACTIVE);
    }

}
