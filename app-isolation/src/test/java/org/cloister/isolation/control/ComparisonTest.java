package org.cloister.isolation.control;

import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.api.Plans;
import org.cloister.isolation.api.Plans.Plan;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What several requests would get: the same that each of them gets, and nothing is stored. */
class ComparisonTest {

    private final Bench bench = Bench.small();

    @BeforeEach
    void start() {
        bench.ready();
        bench.create("job-1", "gpu-1-1", "gpu-1-2");
    }

    private Plans plans(SliceSpec... candidates) {
        return bench.await(bench.slices.plans(List.of(candidates)));
    }

    @Test
    void theBestLeavesMostLinksFree() {
        Plans plans = plans(
                Bench.spec("gpu-1-1", "gpu-2-1"),
                Bench.spec("gpu-1-3", "gpu-2-1"),
                Bench.spec("gpu-2-1", "gpu-2-2"),
                Bench.spec("gpu-2-1", "gpu-2-3"));
        assertThat(plans.plans()).extracting(Plan::candidate).containsExactly(2, 3, 1, 0);
        assertThat(plans.plans()).extracting(Plan::feasible).containsExactly(true, true, true, false);
        assertThat(plans.fabricVersion()).isEqualTo(bench.slices.fabric().version());
        Plan refused = plans.plans().get(3);
        assertThat(refused.problem().orElseThrow().type()).isEqualTo(ProblemType.HOST_IN_USE);
        assertThat(refused.problem().orElseThrow().errors().get(0).pointer()).isEqualTo("/members/0/host");
        assertThat(refused.allocation()).isEmpty();
    }

    @Test
    void theStrongerGuaranteeComesBeforeMoreFreeLinks() {
        SliceSpec shared = Bench.shared(1_000_000L, "gpu-2-1", "gpu-2-2");
        Plans plans = plans(shared, Bench.spec("gpu-9-9"), Bench.spec("gpu-1-1"), Bench.spec("gpu-1-3", "gpu-2-1"),
                Bench.placed(2, "gpu-2-1", "gpu-2-2"));
        assertThat(plans.plans()).extracting(Plan::candidate).containsExactly(4, 3, 0, 2, 1);
        assertThat(plans.plans().subList(0, 3)).extracting(plan -> plan.allocation().orElseThrow().guarantee())
                .containsExactly(Guarantee.ANY_TIMING, Guarantee.ANY_TIMING, Guarantee.RATE);
        assertThat(plans.plans().get(2).freeLinksAfter()).isGreaterThan(plans.plans().get(1).freeLinksAfter());
    }

    @Test
    void placementsAndReservationsAreComparedAsOthers() {
        Plans plans = plans(Bench.placed(7), Bench.later(2), Bench.placed(2), Bench.placed(4));
        assertThat(plans.plans()).extracting(Plan::candidate).containsExactly(1, 2, 3, 0);
        assertThat(plans.plans().get(3).problem().orElseThrow().type()).isEqualTo(ProblemType.UNKNOWN_HOST);
        Slice slice = bench.create("job-2", Bench.placed(4));
        assertThat(slice.allocation()).isEqualTo(plans.plans().get(2).allocation());
    }

    @Test
    void whatIsPlannedIsWhatIsGot() {
        Plan plan = plans(Bench.spec("gpu-1-3", "gpu-2-1")).plans().get(0);
        long free = freeLinks();
        assertThat(plan.freeLinksAfter()).isLessThan((int) free);
        Slice slice = bench.create("job-2", "gpu-1-3", "gpu-2-1");
        assertThat(slice.allocation()).isEqualTo(plan.allocation());
        assertThat(freeLinks()).isEqualTo(plan.freeLinksAfter());
    }

    @Test
    void nothingIsStored() {
        String version = bench.slices.fabric().version();
        var documents = bench.store.slices().stream().map(Object::toString).collect(Collectors.toList());
        plans(Bench.spec("gpu-1-3", "gpu-2-1"), Bench.spec("gpu-2-1"));
        assertThat(bench.slices.fabric().version()).isEqualTo(version);
        assertThat(bench.store.slices().stream().map(Object::toString)).isEqualTo(documents);
    }

    @Test
    void eachIsJudgedByItself() {
        SliceSpec same = Bench.spec("gpu-1-3", "gpu-2-1");
        assertThat(plans(same, same, same).plans()).allMatch(Plan::feasible)
                .extracting(Plan::allocation).containsOnly(plans(same).plans().get(0).allocation());
    }

    @Test
    void withoutAConfigurationThereIsNothingToCompare() {
        bench.fabric.configure(Optional.empty());
        assertThat(bench.refusal(bench.slices.plans(List.of(Bench.spec("gpu-2-1")))).type())
                .isEqualTo(ProblemType.NOT_READY);
    }

    private long freeLinks() {
        return bench.slices.fabric().links().stream().filter(link -> link.reservedBitsPerSecond() == 0).count();
    }
}
