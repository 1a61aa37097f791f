package org.cloister.isolation.control;

import org.cloister.isolation.allocation.OpticalTestFabric;
import org.cloister.isolation.api.Allocation.AllocatedCircuit;
import org.cloister.isolation.api.CircuitPolicy;
import org.cloister.isolation.api.ImmutableSliceSpec;
import org.cloister.isolation.api.Plans;
import org.cloister.isolation.api.Plans.Plan;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Plans over light: what would be moved for a request, which is never done by asking. */
class CircuitPlansTest {

    private static final SliceSpec FORBID = Bench.spec("h-0-0", "h-1-0", "h-2-0");
    private static final SliceSpec ALLOW = ImmutableSliceSpec.copyOf(FORBID).withCircuits(CircuitPolicy.ALLOW);

    private final OpticalTestFabric fabric = new OpticalTestFabric(3, 1, 2, 3).joined(0, "l-0", "s-0")
            .joined(1, "l-1", "s-1");

    @Test
    void whoAllowsItIsToldWhatWouldMove() {
        Bench bench = Bench.of(fabric.build());
        bench.ready();

        Plans plans = bench.await(bench.slices.plans(List.of(FORBID, ALLOW)));

        Plan allowed = plans.plans().get(0);
        assertThat(allowed.candidate()).isEqualTo(1);
        assertThat(allowed.feasible()).isTrue();
        // one of the two spines keeps its circuit, one leaf's gives way
        assertThat(allowed.circuitsToMove()).isEqualTo(
                (int) allowed.allocation().orElseThrow().circuits().stream()
                        .filter(circuit -> circuit.state().equals(AllocatedCircuit.PLANNED)).count()
                        + allowed.allocation().orElseThrow().displacedCircuits().size());
        assertThat(allowed.circuitsToMove()).isPositive();
        assertThat(plans.plans().get(1).feasible()).isFalse();
        assertThat(bench.slices.fabric().circuits()).extracting(circuit -> circuit.opticalSwitch() + circuit.ports())
                .containsExactly("ocs-0[l-0, s-0]", "ocs-1[l-1, s-1]");
    }

    @Test
    void whatIsAskedForIsGrantedAsItWasPlanned() {
        Bench bench = Bench.of(fabric.build()).barrier().ready();
        Plan planned = bench.await(bench.slices.plans(List.of(ALLOW))).plans().get(0);

        Slice granted = bench.await(bench.slices.put(Bench.id("job"), ALLOW, "slurm")).slice();

        assertThat(granted.state()).isEqualTo(SliceState.SWITCHING);
        assertThat(granted.allocation()).isEqualTo(planned.allocation());
    }

    @Test
    void lightThatNobodyManagesIsNotMoved() {
        Bench bench = Bench.of(fabric.unmanaged("ocs-0").unmanaged("ocs-1")
                .unmanaged("ocs-2").build());
        bench.ready();

        Plan plan = bench.await(bench.slices.plans(List.of(ALLOW))).plans().get(0);

        assertThat(plan.problem().orElseThrow().type()).isEqualTo(ProblemType.NO_CIRCUIT);
        assertThat(plan.problem().orElseThrow().type().retryable()).isTrue();
    }
}
