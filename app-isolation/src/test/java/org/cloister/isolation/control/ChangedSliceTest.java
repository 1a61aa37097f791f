package org.cloister.isolation.control;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Condition;
import org.cloister.isolation.api.ImmutableSliceSpec;
import org.cloister.isolation.api.Lease;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceAdminService.Outcome;
import org.cloister.isolation.api.SliceAdminService.PutResult;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.observed.Tags;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;

/** Changes of a slice as its owner sees them, from the request to the switches. */
class ChangedSliceTest {

    private final Bench bench = Bench.small();
    private Map<?, ?> empty;

    @BeforeEach
    void start() {
        bench.ready();
        empty = bench.rules();
    }

    @AfterEach
    void nothingThatOnosPunishes() {
        assertThat(bench.onos.violations()).isEmpty();
    }

    private CompletableFuture<PutResult> ask(SliceSpec spec) {
        return bench.slices.put(Bench.id("job-1"), spec, "slurm");
    }

    private Slice slice() {
        return bench.slice("job-1");
    }

    private static int tag(Slice slice) {
        return slice.allocation().map(Allocation::tag).orElseThrow();
    }

    @Test
    void aMemberIsReplaced() {
        Slice before = bench.create("job-1", "gpu-1-1", "gpu-2-1");
        PutResult put = bench.await(ask(Bench.spec("gpu-1-1", "gpu-2-2")));
        assertThat(put.outcome()).isEqualTo(Outcome.CHANGED);
        assertThat(put.slice().generation()).isEqualTo(2);
        assertThat(put.settled()).isFalse();
        assertThat(put.slice().state()).as("what was there carries the traffic").isEqualTo(SliceState.ACTIVE);
        assertThat(put.slice().environment()).isEqualTo(before.environment());

        Slice after = bench.settled("job-1");
        assertThat(after.observedGeneration()).isEqualTo(2);
        assertThat(after.allocation().orElseThrow().members()).extracting(each -> each.host())
                .containsExactly("gpu-1-1", "gpu-2-2");
        assertThat(tag(after)).isNotEqualTo(tag(before));
        assertThat(after.environment()).containsEntry("CLOISTER_TAG", Integer.toString(tag(after)));
        bench.time.pass(Duration.ofSeconds(30));
        assertThat(bench.rulesOf(tag(before))).isZero();
        assertThat(bench.create("job-2", "gpu-2-1").state()).as("the host that left is free")
                .isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void whatTheSwitchesAreNotToldOfIsDoneAtOnce() {
        Slice before = bench.create("job-1", "gpu-1-1", "gpu-2-1");
        Instant asked = bench.time.now();
        bench.await(ask(ImmutableSliceSpec.copyOf(Bench.spec("gpu-1-1", "gpu-2-1")).withLeaseSeconds(600)
                .withLabels(Map.of("cluster", "a"))));
        Slice after = bench.settled("job-1");
        assertThat(after.generation()).isEqualTo(2);
        assertThat(after.observedGeneration()).isEqualTo(2);
        assertThat(after.allocation()).isEqualTo(before.allocation());
        assertThat(after.lease().map(Lease::expiresAt).orElseThrow())
                .isBetween(asked.plusSeconds(600), asked.plusSeconds(601));
        assertThat(bench.time.now()).isBefore(asked.plusSeconds(1));

        bench.await(ask(Bench.spec("gpu-1-1", "gpu-2-1")));
        assertThat(slice().lease()).as("asked for no more").isEmpty();
    }

    @Test
    void aDryRunShowsWhatTheChangeGets() {
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        Slice planned = bench.await(bench.slices.plan(Bench.id("job-1"), Bench.spec("gpu-1-1", "gpu-2-2"), "slurm"));
        assertThat(slice().generation()).isEqualTo(1);
        bench.await(ask(Bench.spec("gpu-1-1", "gpu-2-2")));
        Slice after = bench.settled("job-1");
        assertThat(planned.allocation()).isEqualTo(after.allocation());
        assertThat(planned.generation()).isEqualTo(2);
        Slice labelled = bench.await(bench.slices.plan(Bench.id("job-1"), ImmutableSliceSpec.copyOf(after.spec())
                .withLabels(Map.of("a", "b")), "slurm"));
        assertThat(labelled.allocation()).isEqualTo(after.allocation());
        assertThat(bench.refusal(bench.slices.plan(Bench.id("job-1"), Bench.spec("gpu-9-9"), "slurm")).type())
                .isEqualTo(ProblemType.UNKNOWN_HOST);
    }

    @Test
    void whatDoesNotFitIsRefusedAndNothingHasChanged() {
        Slice before = bench.create("job-1", "gpu-1-1", "gpu-2-1");
        bench.create("job-2", "gpu-1-2", "gpu-2-2");
        assertThat(bench.refusal(ask(Bench.spec("gpu-1-1", "gpu-2-2"))).type()).isEqualTo(ProblemType.HOST_IN_USE);
        bench.time.pass(Duration.ofSeconds(1));
        assertThat(slice()).isEqualTo(before);
    }

    @Test
    void aChangeWhileInstallingIsMadeWhenThatIsDone() {
        bench.put("job-1", "gpu-1-1", "gpu-2-1");
        assertThat(slice().state()).isEqualTo(SliceState.INSTALLING);
        PutResult put = bench.await(ask(Bench.spec("gpu-1-1", "gpu-2-2")));
        assertThat(put.slice().generation()).isEqualTo(2);
        assertThat(bench.settled("job-1").observedGeneration()).isEqualTo(2);
    }

    @Test
    void aChangeThatTheSwitchesDoNotTakeIsTakenBack() {
        Slice before = bench.create("job-1", "gpu-1-1", "gpu-2-1");
        bench.onos.switches().forEach(each -> each.refuses = rule -> Tags.of(rule).isPresent());
        bench.await(ask(Bench.spec("gpu-1-1", "gpu-2-2")));
        Slice after = bench.settled("job-1");
        assertThat(after.spec()).isEqualTo(before.spec());
        assertThat(after.allocation()).isEqualTo(before.allocation());
        assertThat(after.state()).isEqualTo(SliceState.ACTIVE);
        assertThat(after.generation()).as("no tag stands for two specifications").isEqualTo(3);
        assertThat(after.conditions()).filteredOn(Condition::status).extracting(Condition::type)
                .contains("ChangeFailed");
    }

    @Test
    void aLeaseThatRunsOutWhileTheSliceMovesLeavesNothing() {
        bench.await(ask(ImmutableSliceSpec.copyOf(Bench.spec("gpu-1-1", "gpu-2-1")).withLeaseSeconds(60)));
        bench.settled("job-1");
        bench.time.pass(Duration.ofSeconds(50));
        bench.onos.switches().forEach(each -> each.behaviour = FakeSwitch.Behaviour.LOSE);
        bench.await(ask(ImmutableSliceSpec.copyOf(Bench.spec("gpu-1-1", "gpu-2-2")).withLeaseSeconds(60)));
        bench.time.pass(Duration.ofSeconds(58));
        assertThat(slice().allocation()).isPresent();
        bench.onos.switches().forEach(each -> each.behaviour = FakeSwitch.Behaviour.OBEY);
        bench.time.pass(Duration.ofSeconds(60));
        assertThat(bench.slices.slices()).isEmpty();
        assertThat(bench.rules()).isEqualTo(empty);
    }
}
