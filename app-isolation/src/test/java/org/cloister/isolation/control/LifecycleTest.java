package org.cloister.isolation.control;

import org.cloister.isolation.api.Allocation.ReservedLink;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.observed.Tags;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.onosproject.net.flow.FlowRule;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** A slice's life on switches that obey, from the request to the last rule's removal. */
class LifecycleTest {

    private final Bench bench = Bench.small();

    @AfterEach
    void nothingThatOnosPunishes() {
        assertThat(bench.onos.violations()).isEmpty();
    }

    @Test
    void becomesActiveWhenEveryRuleWasReadBack() {
        bench.ready();
        Instant asked = bench.time.now();
        assertThat(bench.put("job-1", "gpu-1-1", "gpu-2-1").slice().state()).isEqualTo(SliceState.INSTALLING);
        assertThat(bench.time.now()).isBefore(asked.plusMillis(100));

        bench.time.pass(Duration.ofMillis(100));
        int tag = bench.slice("job-1").allocation().orElseThrow().tag();
        assertThat(bench.rulesOf(tag)).isPositive();
        assertThat(bench.slice("job-1").state()).as("before the next poll").isEqualTo(SliceState.INSTALLING);

        Slice active = bench.settled("job-1");
        assertThat(active.state()).isEqualTo(SliceState.ACTIVE);
        assertThat(active.observedGeneration()).isEqualTo(1);
        assertThat(active.stateDeadline()).isEmpty();
        assertThat(active.phaseMillis()).containsKeys("allocating", "switching", "installing");
        assertThat(active.environment()).containsEntry("CLOISTER_SLICE", "job-1")
                .containsEntry("CLOISTER_TAG", Integer.toString(tag));
        assertThat(bench.time.now()).isBefore(asked.plus(FakeOnosRules.POLL).plusMillis(200));
    }

    @Test
    void isReadBackAtOnceAfterTheBarrier() {
        bench.barrier().ready();
        Instant asked = bench.time.now();
        assertThat(bench.create("job-1", "gpu-1-1", "gpu-2-1").state()).isEqualTo(SliceState.ACTIVE);
        assertThat(Duration.between(asked, bench.time.now())).isLessThan(Duration.ofMillis(100));
        bench.remove("job-1");
        assertThat(Duration.between(asked, bench.time.now())).isLessThan(Duration.ofMillis(500));
    }

    @Test
    void leavesTheSwitchesAsTheyWere() {
        bench.ready();
        Map<String, Map<FlowRule, FlowRule>> before = bench.rules();
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        bench.create("job-2", "gpu-1-2", "gpu-2-2");
        bench.remove("job-1");
        bench.remove("job-2");
        assertThat(bench.rules()).isEqualTo(before);
        assertThat(bench.slices.slices()).isEmpty();
        assertThat(bench.slices.fabric().links()).allMatch(link -> link.reservedBitsPerSecond() == 0);
    }

    @Test
    void repeatsAreTheSameSlice() {
        bench.ready();
        Slice first = bench.create("job-1", "gpu-1-1", "gpu-2-1");
        var again = bench.put("job-1", "gpu-1-1", "gpu-2-1");
        assertThat(again.created()).isFalse();
        assertThat(again.slice()).isEqualTo(first);
        assertThat(bench.slice("job-1")).isEqualTo(first);
    }

    @Test
    void exclusiveLinksAndHostsAreNotSharedAndComeBackOnlyWhenGone() {
        bench.ready();
        Slice one = bench.create("job-1", "gpu-1-1", "gpu-2-1");
        Slice two = bench.create("job-2", "gpu-1-2", "gpu-2-2");
        assertThat(one.allocation().orElseThrow().links()).extracting(ReservedLink::from)
                .doesNotContainAnyElementsOf(two.allocation().orElseThrow().links().stream()
                        .map(ReservedLink::from).collect(Collectors.toList()));
        var third = bench.refusal(bench.slices.put(Bench.id("job-3"), Bench.spec("gpu-1-3", "gpu-2-3"), "slurm"));
        assertThat(third.type().status()).isEqualTo(409);
        assertThat(bench.slices.slice(Bench.id("job-3"))).isEmpty();
        assertThat(bench.refusal(bench.slices.put(Bench.id("job-4"), Bench.spec("gpu-1-1", "gpu-1-3"), "slurm")).type())
                .isEqualTo(ProblemType.HOST_IN_USE);

        bench.await(bench.slices.remove(Bench.id("job-1")));
        assertThat(bench.refusal(bench.slices.put(Bench.id("job-3"), Bench.spec("gpu-1-3", "gpu-2-3"), "slurm")).type()
                .status()).as("while job-1 is being removed").isEqualTo(409);
        assertThat(bench.refusal(bench.slices.put(Bench.id("job-1"), Bench.spec("gpu-1-1", "gpu-2-1"), "slurm")).type())
                .isEqualTo(ProblemType.REMOVING);
        bench.await(bench.slices.whenGone(Bench.id("job-1")));
        assertThat(bench.create("job-3", "gpu-1-3", "gpu-2-3").state()).isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void planStoresNothingAndSaysTheSame() {
        bench.ready();
        Slice planned = bench.await(bench.slices.plan(Bench.id("job-1"), Bench.spec("gpu-1-1", "gpu-2-1"), "slurm"));
        assertThat(bench.slices.slices()).isEmpty();
        assertThat(bench.create("job-1", "gpu-1-1", "gpu-2-1").allocation()).isEqualTo(planned.allocation());
        assertThat(bench.refusal(bench.slices.plan(Bench.id("job-2"), Bench.spec("gpu-1-1"), "slurm")).type())
                .isEqualTo(ProblemType.HOST_IN_USE);
    }

    @Test
    void deniesByDefaultBeforeAnySliceAndOnEverySwitch() {
        bench.start();
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        bench.onos.switches().forEach(each -> {
            long base = each.rules.keySet().stream().filter(rule -> Tags.of(rule).isEmpty()).count();
            assertThat(base).as("%s", each.device).isPositive();
            each.history.stream().filter(state -> state.keySet().stream().anyMatch(rule -> Tags.of(rule).isPresent()))
                    .findFirst().ifPresent(first -> assertThat(first.keySet().stream()
                            .filter(rule -> Tags.of(rule).isEmpty())).as("%s", each.device).hasSize((int) base));
        });
    }

    @Test
    void removesWhatAdmitsFirst() {
        bench.ready();
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        bench.onos.switches().forEach(each -> each.latency = Duration.ofMillis(200));
        bench.await(bench.slices.remove(Bench.id("job-1")));
        bench.time.pass(Duration.ofMillis(300));
        int tag = bench.slice("job-1").allocation().orElseThrow().tag();
        assertThat(bench.onos.switches().stream().flatMap(each -> each.rules.keySet().stream())
                .filter(rule -> Tags.of(rule).orElse(0) == tag))
                .isNotEmpty().noneMatch(rule -> rule.table().toString().equals("0"));
        bench.await(bench.slices.whenGone(Bench.id("job-1")));
    }

    @Test
    void unknownHostsAreRefusedAndNothingIsStored() {
        bench.ready();
        assertThat(bench.refusal(bench.slices.put(Bench.id("job-1"), Bench.spec("gpu-9-9"), "slurm")).type())
                .isEqualTo(ProblemType.UNKNOWN_HOST);
        assertThat(bench.storage.map("cloister-slices").isEmpty()).isTrue();
        assertThat(bench.refusal(bench.slices.remove(Bench.id("job-1"))).type()).isEqualTo(ProblemType.NOT_FOUND);
        assertThat(bench.refusal(bench.slices.whenSettled(Bench.id("job-1"))).type()).isEqualTo(ProblemType.NOT_FOUND);
    }
}
