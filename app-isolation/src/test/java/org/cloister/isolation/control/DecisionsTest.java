package org.cloister.isolation.control;

import org.cloister.isolation.allocation.Decision;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.planning.CommonSpineAllocator;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.ImmutableSliceSpec;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.config.App;
import org.cloister.isolation.control.admission.Admission;
import org.cloister.isolation.control.admission.Ledgers;
import org.cloister.isolation.control.admission.RequestAdmission;
import org.cloister.isolation.control.environment.ImmutableLimits;
import org.cloister.isolation.control.observed.DeviceView;
import org.cloister.isolation.control.observed.ImmutableDeviceView;
import org.cloister.isolation.control.observed.Observed;
import org.cloister.isolation.control.plan.Desired;
import org.cloister.isolation.control.plan.Drained;
import org.cloister.isolation.control.plan.Operation;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.program.CompilerOptions;
import org.cloister.isolation.program.OpenFlowCompiler;
import org.cloister.isolation.program.sim.LeafSpine;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;
import org.junit.jupiter.api.Test;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Who is decided on in a pass that has not time for all. */
class DecisionsTest {

    private static final Instant NOW = Instant.parse("2024-01-01T00:00:00Z");

    private final Fabric fabric = LeafSpine.of(2, 2, 3);
    private final Admission granting = new RequestAdmission(new CommonSpineAllocator());
    private final Recording admission = new Recording();
    private final Reconciler reconciler = new Reconciler(admission, new OpenFlowCompiler(
            new DefaultApplicationId(42, App.NAME), CompilerOptions.defaults()),
            ImmutableLimits.builder().decisions(2).build());
    private final List<StoredSlice> slices = new ArrayList<>();
    private List<String> drained = List.of();
    private List<String> unreadable = List.of();

    private StoredSlice pending(String id, int age, String... hosts) {
        Instant created = NOW.minusSeconds(age);
        SliceSpec spec = ImmutableSliceSpec.copyOf(granting.fill(Bench.spec(hosts))).withLabels(Map.of("name", id));
        return StoredSlice.builder().id(SliceId.of(id)).owner("slurm").created(created).spec(spec)
                .state(SliceState.PENDING).since(created).deadline(NOW.plusSeconds(5)).build();
    }

    private StoredSlice active(String id, String... hosts) {
        StoredSlice pending = pending(id, 60, hosts);
        return granting.decide(fabric, Ledgers.of(List.of(), List.of()).ledger(), pending.spec(), List.of()).fold(
                allocation -> StoredSlice.builder(pending).state(SliceState.ACTIVE).allocation(allocation).build(),
                problem -> {
                    throw new AssertionError(problem);
                });
    }

    /** Returns who was decided on in one pass. */
    private List<String> pass() {
        admission.asked.clear();
        Map<DeviceId, DeviceView> views = new HashMap<>();
        fabric.switches().values().forEach(each -> views.put(each.device(),
                ImmutableDeviceView.builder().available(true).reads(10).build()));
        List<VersionedSlice> versioned = slices.stream().map(slice -> new VersionedSlice(slice, 1))
                .collect(Collectors.toList());
        List<Operation> operations = reconciler.reconcile(new Desired(versioned, unreadable, new Drained(drained)),
                new Observed(views), Optional.of(fabric), NOW);
        for (Operation operation : operations) {
            if (operation instanceof Operation.Allocate) {
                StoredSlice next = ((Operation.Allocate) operation).next();
                slices.replaceAll(slice -> slice.id().equals(next.id()) ? next : slice);
            } else if (operation instanceof Operation.Write) {
                StoredSlice next = ((Operation.Write) operation).next();
                slices.replaceAll(slice -> slice.id().equals(next.id()) ? next : slice);
            }
        }
        return List.copyOf(admission.asked);
    }

    @Test
    void theOldestRequestsComeFirstAndTheRestInTheNextPass() {
        slices.addAll(List.of(pending("a", 1, "gpu-1-1"), pending("b", 4, "gpu-1-2"), pending("c", 3, "gpu-1-3"),
                pending("d", 2, "gpu-2-1")));
        assertThat(pass()).containsExactly("b", "c");
        assertThat(pass()).containsExactly("d", "a");
    }

    @Test
    void requestsAndMovesLeaveEachOtherHalf() {
        drained = List.of("spine-1");
        slices.addAll(List.of(active("moves", "gpu-1-1", "gpu-2-1"), pending("a", 4, "gpu-1-2"),
                pending("b", 3, "gpu-1-3"), pending("c", 2, "gpu-2-2")));
        assertThat(pass()).containsExactly("a", "moves");
        assertThat(pass()).containsExactly("b", "c");
    }

    @Test
    void whoFindsNothingAgainAndAgainLeavesOthersTheirTurn() {
        drained = List.of("spine-1", "spine-2");
        StoredSlice one = active("a", "gpu-1-1", "gpu-2-1");
        for (String id : List.of("a", "b", "c")) {
            slices.add(StoredSlice.builder(one).id(SliceId.of(id)).spec(ImmutableSliceSpec.copyOf(one.spec())
                    .withLabels(Map.of("name", id))).build());
        }
        assertThat(pass()).containsExactly("a", "b");
        // what others hold has changed, so that everybody has to be looked at again
        slices.remove(2);
        slices.add(active("c", "gpu-1-2", "gpu-2-2"));
        drained = List.of("spine-2", "spine-1", "leaf-1/5");
        assertThat(pass().get(0)).isEqualTo("c");
    }

    @Test
    void whoeverAsksIsNotToldOthersNames() {
        unreadable = List.of("secret-1", "secret-2");
        slices.add(pending("a", 1, "gpu-1-1"));
        assertThat(pass()).isEmpty();
        Problem refusal = slices.get(0).refusal().orElseThrow();
        assertThat(refusal.type()).isEqualTo(ProblemType.NOT_READY);
        assertThat(refusal.detail()).contains("2 slices are").doesNotContain("secret");
    }

    @Test
    void whatAnAllocatorStumblesOverIsForTheLog() {
        admission.stumbles = spec -> true;
        slices.add(pending("a", 1, "gpu-1-1"));
        pass();
        assertThat(slices.get(0).refusal().orElseThrow().detail())
                .isEqualTo("slice a could not be decided on; the log of the node that decides says why");
    }

    /** Notes who is decided on. */
    private final class Recording implements Admission {

        private final List<String> asked = new ArrayList<>();
        private Predicate<SliceSpec> stumbles = spec -> false;

        @Override
        public SliceSpec fill(SliceSpec spec) {
            return granting.fill(spec);
        }

        @Override
        public Optional<Problem> check(Fabric on, SliceSpec spec) {
            return granting.check(on, spec);
        }

        @Override
        public Decision decide(Fabric on, Ledger ledger, SliceSpec spec, List<Allocation> previous) {
            asked.add(spec.labels().get("name"));
            if (stumbles.test(spec)) {
                throw new IllegalStateException("internals");
            }
            return granting.decide(on, ledger, spec, previous);
        }

        @Override
        public Decision bind(Fabric on, Ledger ledger, SliceSpec spec, Allocation reservation) {
            return granting.bind(on, ledger, spec, reservation);
        }
    }
}
