package org.cloister.isolation.control.lifecycle;

import org.cloister.isolation.allocation.planning.CommonSpineAllocator;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.config.App;
import org.cloister.isolation.control.Bench;
import org.cloister.isolation.control.admission.Admission;
import org.cloister.isolation.control.admission.Ledgers;
import org.cloister.isolation.control.admission.RequestAdmission;
import org.cloister.isolation.control.environment.Limits;
import org.cloister.isolation.control.observed.DeviceView;
import org.cloister.isolation.control.observed.Failure;
import org.cloister.isolation.control.observed.ImmutableDeviceView;
import org.cloister.isolation.control.observed.ImmutableMeterView;
import org.cloister.isolation.control.observed.MeterSize;
import org.cloister.isolation.control.observed.MeterView;
import org.cloister.isolation.control.observed.Observed;
import org.cloister.isolation.control.observed.SeenMeter;
import org.cloister.isolation.control.observed.SeenMeter.Status;
import org.cloister.isolation.control.plan.Desired;
import org.cloister.isolation.control.plan.Drained;
import org.cloister.isolation.control.plan.Operation;
import org.cloister.isolation.control.plan.Pass;
import org.cloister.isolation.control.plan.Programs;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.program.CompilerOptions;
import org.cloister.isolation.program.OpenFlowCompiler;
import org.cloister.isolation.program.sim.LeafSpine;
import org.cloister.isolation.store.StoredMeter;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;
import org.junit.jupiter.api.Test;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What is decided on meters, one pass at a time, from values: one slice with a limited member on each of two leaves. */
class MeterDecisionsTest {

    private static final Instant NOW = Instant.parse("2024-01-01T00:00:00Z");
    private static final long RATE = 10_000_000;
    private static final MeterSize SIZE = MeterSize.of(RATE, 2_500_000);
    private static final SliceId ID = SliceId.of("job-1");

    private final Fabric fabric = LeafSpine.of(2, 2, 3);
    private final DeviceId leaf = fabric.switches().get("leaf-1").device();
    private final Map<DeviceId, MeterView> meters = new HashMap<>();
    private StoredSlice slice = installing();

    private StoredSlice installing() {
        Admission admission = new RequestAdmission(new CommonSpineAllocator());
        SliceSpec spec = admission.fill(Bench.shared(RATE, "gpu-1-1", "gpu-2-1"));
        return admission.decide(fabric, Ledgers.of(List.of(), List.of()).ledger(), spec, List.of()).fold(
                allocation -> StoredSlice.builder().id(ID).owner("slurm").created(NOW).spec(spec)
                        .allocation(allocation).state(SliceState.INSTALLING).since(NOW)
                        .deadline(NOW.plusSeconds(60)).build(),
                problem -> {
                    throw new AssertionError(problem);
                });
    }

    private void seen(SeenMeter... some) {
        meters.put(leaf, view(some).build());
    }

    private static ImmutableMeterView.Builder view(SeenMeter... some) {
        return ImmutableMeterView.builder().known(true).meters(Arrays.stream(some)
                .collect(Collectors.toMap(SeenMeter::id, each -> each)));
    }

    private static SeenMeter meter(long id, Status status) {
        return new SeenMeter(id, SIZE, status, NOW);
    }

    private List<Operation> plan(Set<SliceId> decided) {
        Map<DeviceId, DeviceView> views = new HashMap<>();
        fabric.switches().values().forEach(each -> views.put(each.device(),
                ImmutableDeviceView.builder().available(true).reads(10).build()));
        Pass pass = new Pass(fabric, new Drained(List.of()), new Observed(views).with(meters), NOW,
                Limits.defaults(), new Programs(new OpenFlowCompiler(new DefaultApplicationId(42, App.NAME),
                CompilerOptions.defaults())));
        new Meters().plan(pass, new Desired(List.of(new VersionedSlice(slice, 1)), List.of(), new Drained(List.of())),
                decided);
        return pass.plan().operations();
    }

    private List<Operation.Meter> changes(Set<SliceId> decided) {
        return plan(decided).stream().filter(Operation.Meter.class::isInstance).map(Operation.Meter.class::cast)
                .collect(Collectors.toList());
    }

    @Test
    void whatIsLackingIsSubmittedWhereItIsKnown() {
        seen();
        assertThat(changes(Set.of())).singleElement().satisfies(change -> {
            assertThat(change.device()).as("leaf-2's are not known").isEqualTo(leaf);
            assertThat(change.submits()).containsExactly(SIZE);
            assertThat(change.withdrawals()).isEmpty();
        });
    }

    @Test
    void oneOnItsWayIsWaitedFor() {
        seen(meter(3, Status.SENT));
        assertThat(changes(Set.of())).isEmpty();
    }

    @Test
    void oneThatWasShownIsClaimedByAFencedWrite() {
        seen(meter(3, Status.ADDED), meter(4, Status.ADDED));
        assertThat(plan(Set.of())).first().isInstanceOfSatisfying(Operation.Allocate.class, claim ->
                assertThat(claim.next().meters().stream().map(StoredMeter::id)).containsExactly(3L));
        assertThat(changes(Set.of())).singleElement().satisfies(change ->
                assertThat(change.withdrawals()).as("one is enough").containsOnlyKeys(4L));
    }

    @Test
    void noneIsClaimedWhileSomeAreWithdrawn() {
        meters.put(leaf, view(meter(3, Status.ADDED)).busy(true).build());
        assertThat(plan(Set.of())).noneMatch(Operation.Allocate.class::isInstance);
    }

    @Test
    void whatASliceWaitsForIsNotWithdrawnWhenItsDocumentIsWrittenForSomethingElse() {
        seen(meter(3, Status.SENT));
        assertThat(changes(Set.of(ID))).isEmpty();
        seen(meter(3, Status.ADDED));
        assertThat(plan(Set.of(ID))).noneMatch(Operation.Allocate.class::isInstance)
                .noneMatch(Operation.Meter.class::isInstance);
    }

    @Test
    void oneThatIsOnItsWayForTooLongIsReplaced() {
        seen(new SeenMeter(3, SIZE, Status.SENT, NOW.minus(Duration.ofSeconds(41))));
        assertThat(changes(Set.of())).singleElement().satisfies(change -> {
            assertThat(change.submits()).containsExactly(SIZE);
            assertThat(change.withdrawals()).containsOnlyKeys(3L);
        });
    }

    @Test
    void aSizeThatWasRefusedWaitsItsTime() {
        meters.put(leaf, view().putFailures(SIZE, new Failure(1, NOW, NOW.plusSeconds(1), "refused")).build());
        assertThat(changes(Set.of())).isEmpty();
        assertThat(plan(Set.of())).filteredOn(Operation.Wake.class::isInstance).isNotEmpty();
    }
}
