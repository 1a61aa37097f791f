package org.cloister.isolation.control;

import org.cloister.isolation.allocation.planning.CommonSpineAllocator;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Condition;
import org.cloister.isolation.api.ImmutableLease;
import org.cloister.isolation.api.ImmutableSliceSpec;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.config.App;
import org.cloister.isolation.control.admission.Admission;
import org.cloister.isolation.control.admission.Ledgers;
import org.cloister.isolation.control.admission.RequestAdmission;
import org.cloister.isolation.control.environment.Limits;
import org.cloister.isolation.control.observed.DeviceView;
import org.cloister.isolation.control.observed.Failure;
import org.cloister.isolation.control.observed.ImmutableDeviceView;
import org.cloister.isolation.control.observed.Observed;
import org.cloister.isolation.control.observed.RuleTable;
import org.cloister.isolation.control.observed.SeenRule;
import org.cloister.isolation.control.observed.Tags;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.control.plan.Desired;
import org.cloister.isolation.control.plan.Drained;
import org.cloister.isolation.control.plan.Operation;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.program.AdmitLevel;
import org.cloister.isolation.program.Admittance;
import org.cloister.isolation.program.Compiler;
import org.cloister.isolation.program.CompilerOptions;
import org.cloister.isolation.program.OpenFlowCompiler;
import org.cloister.isolation.program.sim.LeafSpine;
import org.cloister.isolation.store.ImmutableMove;
import org.cloister.isolation.store.ImmutableRetired;
import org.cloister.isolation.store.Move;
import org.cloister.isolation.store.Retired;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The decisions about one slice that moves, one at a time, from values. */
class MovingTest {

    private static final Instant NOW = Instant.parse("2024-01-01T00:00:00Z");

    private final Fabric fabric = LeafSpine.of(2, 3, 3);
    private final Admission admission = new RequestAdmission(new CommonSpineAllocator());
    private final Compiler compiler = new OpenFlowCompiler(new DefaultApplicationId(42, App.NAME),
            CompilerOptions.defaults());
    private final Reconciler reconciler = new Reconciler(admission, compiler, Limits.defaults());
    private final Map<DeviceId, DeviceView> views = new HashMap<>();
    private final SliceSpec spec = admission.fill(Bench.spec("gpu-1-1", "gpu-2-1"));
    private final SliceSpec nextSpec = admission.fill(Bench.spec("gpu-1-1", "gpu-2-1", "gpu-2-2"));
    private StoredSlice slice;
    private List<FlowRule> current;
    private List<FlowRule> next;
    private Predicate<DeviceId> readable = device -> true;

    /** When the leader began to look. */
    private Instant began = Instant.EPOCH;

    @BeforeEach
    void moving() {
        StoredSlice active = StoredSlice.builder().id(Bench.id("job-1")).owner("slurm").created(NOW).spec(spec)
                .state(SliceState.ACTIVE).since(NOW).observedGeneration(1).allocation(allocation(spec, List.of()))
                .build();
        Allocation there = allocation(nextSpec, List.of(active));
        current = rules(active.allocation().orElseThrow(), AdmitLevel.FIRST);
        next = rules(there, AdmitLevel.SECOND);
        slice = StoredSlice.builder(active).spec(nextSpec).generation(2).devices(devices(current))
                .move(Move.builder().reason(Move.Reason.CHANGE).phase(Move.Phase.INSTALLING).allocation(there)
                        .devices(devices(next)).previousSpec(spec).since(NOW).deadline(NOW.plusSeconds(60)).build())
                .build();
    }

    private Allocation allocation(SliceSpec asked, List<StoredSlice> others) {
        return admission.decide(fabric, Ledgers.of(others, List.of()).without(Bench.id("job-1")), asked, List.of())
                .fold(Function.identity(), problem -> {
                    throw new AssertionError(problem);
                });
    }

    private List<FlowRule> rules(Allocation allocation, AdmitLevel level) {
        return compiler.slice(fabric, allocation, Admittance.at(level)).rules().values().stream()
                .flatMap(List::stream).collect(Collectors.toList());
    }

    private static List<String> devices(List<FlowRule> rules) {
        return rules.stream().map(rule -> rule.deviceId().toString()).distinct().collect(Collectors.toList());
    }

    private static List<FlowRule> hostAdmits(List<FlowRule> rules) {
        return rules.stream().filter(Tags::pushes).collect(Collectors.toList());
    }

    private static List<FlowRule> paths(List<FlowRule> rules) {
        return rules.stream().filter(rule -> !Tags.pushes(rule)).collect(Collectors.toList());
    }

    private static List<FlowRule> on(DeviceId device, List<FlowRule> rules) {
        return rules.stream().filter(rule -> rule.deviceId().equals(device)).collect(Collectors.toList());
    }

    @SafeVarargs
    private void seen(List<FlowRule>... confirmed) {
        Map<DeviceId, List<SeenRule>> seen = new HashMap<>();
        compiler.base(fabric).rules().forEach((device, base) -> base.forEach(rule -> seen
                .computeIfAbsent(device, key -> new ArrayList<>()).add(new SeenRule(rule, SeenRule.Status.CONFIRMED))));
        for (List<FlowRule> rules : confirmed) {
            rules.forEach(rule -> seen.get(rule.deviceId()).add(new SeenRule(rule, SeenRule.Status.CONFIRMED)));
        }
        seen.forEach((device, table) -> views.put(device, ImmutableDeviceView.builder().available(true).readable(readable.test(device))
                .reads(10)
                .table(RuleTable.of(table)).build()));
    }

    private void change(DeviceId device, Function<ImmutableDeviceView, DeviceView> change) {
        views.compute(device, (key, view) -> change.apply((ImmutableDeviceView) view));
    }

    private DeviceId device(String name) {
        return fabric.switches().get(name).device();
    }

    private void in(Move.Phase phase) {
        slice = StoredSlice.builder(slice).move(ImmutableMove.builder().from(slice.move().orElseThrow()).phase(phase).build())
                .build();
    }

    private List<Operation> reconcile(Instant now) {
        return reconciler.reconcile(new Desired(List.of(new VersionedSlice(slice, 1)), List.of(),
                new Drained(List.of())), new Observed(views).since(began), Optional.of(fabric), now);
    }

    private List<FlowRule> adds() {
        return applies().flatMap(each -> each.adds().stream()).collect(Collectors.toList());
    }

    private List<FlowRule> removes() {
        return applies().flatMap(each -> each.removes().stream()).collect(Collectors.toList());
    }

    private Stream<Operation.Apply> applies() {
        return reconcile(NOW).stream().filter(Operation.Apply.class::isInstance).map(Operation.Apply.class::cast);
    }

    private Optional<StoredSlice> written(Instant now) {
        return reconcile(now).stream().filter(Operation.Write.class::isInstance)
                .map(each -> ((Operation.Write) each).next()).findFirst();
    }

    private boolean readsAtOnce() {
        return reconcile(NOW).stream().anyMatch(each -> each instanceof Operation.Read
                && ((Operation.Read) each).urgent());
    }

    @Test
    void installingBringsInEverythingButWhatAdmitsAtHostPorts() {
        seen(current);
        assertThat(adds()).containsExactlyInAnyOrderElementsOf(paths(next));
        assertThat(removes()).isEmpty();
        assertThat(written(NOW)).isEmpty();
        seen(current, paths(next).subList(1, paths(next).size()));
        assertThat(adds()).containsExactly(paths(next).get(0));
        assertThat(written(NOW)).as("one is missing").isEmpty();
    }

    @Test
    void whatIsSentIsReadAtOnceAndCountsOnceItWas() {
        seen(current);
        views.replaceAll((device, view) -> ImmutableDeviceView.builder().from(view).table(RuleTable.of(
                concat(view.table().rules(), on(device, paths(next)), SeenRule.Status.SENT))).build());
        assertThat(written(NOW)).isEmpty();
        assertThat(readsAtOnce()).isTrue();
        seen(current, paths(next));
        assertThat(written(NOW).orElseThrow().move().orElseThrow().phase()).isEqualTo(Move.Phase.SWITCHING);
        change(device("leaf-2"), view -> view.withAvailable(false));
        assertThat(written(NOW).flatMap(StoredSlice::move).map(Move::phase)).as("it is not known")
                .isNotEqualTo(Optional.of(Move.Phase.SWITCHING));
    }

    private static List<SeenRule> concat(Collection<SeenRule> rules, List<FlowRule> more, SeenRule.Status status) {
        List<SeenRule> all = new ArrayList<>(rules);
        more.forEach(rule -> all.add(new SeenRule(rule, status)));
        return all;
    }

    @Test
    void hostPortsAdmitUnderTheNewTagBeforeTheyStopUnderTheOldOneDeviceByDevice() {
        in(Move.Phase.SWITCHING);
        seen(current, paths(next));
        assertThat(adds()).containsExactlyInAnyOrderElementsOf(hostAdmits(next));
        assertThat(removes()).isEmpty();
        DeviceId leaf = device("leaf-1");
        seen(current, paths(next), on(leaf, hostAdmits(next)));
        assertThat(removes()).containsExactlyInAnyOrderElementsOf(on(leaf, hostAdmits(current)));
        assertThat(adds()).containsExactlyInAnyOrderElementsOf(on(device("leaf-2"), hostAdmits(next)));
        assertThat(written(NOW)).isEmpty();
        seen(paths(current), next);
        change(leaf, view -> view.withHostAdmitReads(Map.of(slice.allocation().orElseThrow().tag(), 9L)));
        assertThat(written(NOW)).as("the read may have begun before the removal").isEmpty();
    }

    @Test
    void nobodyIsAdmittedUnderATagWhosePathsAreNotThere() {
        in(Move.Phase.SWITCHING);
        seen(current, paths(next).subList(1, paths(next).size()));
        assertThat(adds()).containsExactly(paths(next).get(0));
    }

    @Test
    void onceHostPortsHaveChangedOverTheNewAllocationIsTheSlices() {
        in(Move.Phase.SWITCHING);
        seen(paths(current), next);
        StoredSlice after = written(NOW).orElseThrow();
        assertThat(after.allocation()).isEqualTo(slice.move().map(Move::allocation));
        assertThat(after.admitLevel()).isEqualTo(AdmitLevel.SECOND);
        assertThat(after.observedGeneration()).isEqualTo(2);
        assertThat(after.move()).isEmpty();
        assertThat(after.devices()).isEqualTo(slice.move().orElseThrow().devices());
        assertThat(after.retired()).singleElement().satisfies(retired -> {
            assertThat(retired.allocation()).isEqualTo(slice.allocation().orElseThrow());
            assertThat(retired.admitLevel()).isEqualTo(AdmitLevel.FIRST);
            assertThat(retired.since()).isEqualTo(NOW);
        });
    }

    @Test
    void theOldPathsStayAMomentAndAreGivenBackWhenEveryDeviceIsClean() {
        slice = StoredSlice.builder(slice).allocation(slice.move().orElseThrow().allocation())
                .devices(devices(next)).admitLevel(AdmitLevel.SECOND).move(Optional.empty()).observedGeneration(2)
                .addRetired(Retired.builder().allocation(slice.allocation().orElseThrow()).admitLevel(AdmitLevel.FIRST)
                        .devices(devices(current)).since(NOW.minusMillis(999)).build()).build();
        seen(paths(current), next);
        assertThat(removes()).as("packets may be on their way").isEmpty();
        assertThat(reconcile(NOW)).anyMatch(each -> each.toString().equals("wake at " + NOW.plusMillis(1)));
        slice = StoredSlice.builder(slice).retired(List.of(ImmutableRetired.builder().from(slice.retired().get(0))
                .since(NOW.minusSeconds(1)).build())).build();
        assertThat(removes()).isNotEmpty().isSubsetOf(paths(current));
        seen(next);
        change(device("leaf-1"), view -> view.withAvailable(false));
        assertThat(written(NOW).map(StoredSlice::retired).orElse(slice.retired())).as("away").hasSize(1);
        seen(next);
        assertThat(written(NOW).orElseThrow().retired()).isEmpty();
    }

    @Test
    void theOldPathsStayAsLongAsItIsNotKnownWhatALeafAdmits() {
        slice = StoredSlice.builder(slice).allocation(slice.move().orElseThrow().allocation())
                .devices(devices(next)).admitLevel(AdmitLevel.SECOND).move(Optional.empty()).observedGeneration(2)
                .addRetired(Retired.builder().allocation(slice.allocation().orElseThrow()).admitLevel(AdmitLevel.FIRST)
                        .devices(devices(current)).since(NOW.minusSeconds(5)).build()).build();
        seen(paths(current), next);
        assertThat(removes()).isNotEmpty();
        change(device("leaf-2"), view -> view.withReads(1).withTable(RuleTable.empty()));
        assertThat(removes()).as("ONOS has restarted, and reaches the leaf before it has read it").isEmpty();
    }

    @Test
    void aChangeThatIsNotInstalledInTimeIsTakenBack() {
        seen(current, paths(next).subList(1, paths(next).size()));
        assertThat(written(NOW.plusSeconds(59))).isEmpty();
        StoredSlice after = written(NOW.plusSeconds(60)).orElseThrow();
        assertThat(after.spec()).isEqualTo(spec);
        assertThat(after.generation()).isEqualTo(3);
        assertThat(after.state()).isEqualTo(SliceState.ACTIVE);
        assertThat(after.allocation()).isEqualTo(slice.allocation());
        assertThat(after.retired()).extracting(Retired::allocation)
                .containsExactly(slice.move().orElseThrow().allocation());
        Condition failed = Conditions.of(after, Conditions.CHANGE_FAILED).orElseThrow();
        assertThat(failed.reason()).isEqualTo(Conditions.RULES_MISSING);
        assertThat(failed.message()).startsWith("rules are missing on ");
    }

    @Test
    void theTimeInWhichNoLeaderCouldCarryAChangeOnDoesNotCount() {
        seen(current, paths(next).subList(1, paths(next).size()));
        began = NOW.plusSeconds(100);
        assertThat(written(NOW.plusSeconds(159))).isEmpty();
        assertThat(written(NOW.plusSeconds(160)).orElseThrow().spec()).isEqualTo(spec);
    }

    @Test
    void thereIsNoWayBackOnceHostPortsChangeOver() {
        in(Move.Phase.SWITCHING);
        seen(current, paths(next));
        StoredSlice late = written(NOW.plusSeconds(3600)).orElseThrow();
        assertThat(late.move()).isEqualTo(slice.move());
        assertThat(late.allocation()).isEqualTo(slice.allocation());
    }

    @Test
    void aLeafThatDoesNotChangeOverIsToldOf() {
        in(Move.Phase.SWITCHING);
        seen(current, paths(next));
        assertThat(written(NOW)).as("it may be on its way").isEmpty();
        assertThat(degraded(NOW.plusSeconds(60))).isEqualTo("RulesMissing: rules are missing on leaf-1, leaf-2");
        change(device("leaf-1"), view -> view.withFailures(Map.of(on(device("leaf-1"), hostAdmits(next)).get(0),
                new Failure(3, NOW, NOW.plusSeconds(4), "full"))));
        assertThat(degraded(NOW.plusSeconds(1))).isEqualTo("RulesRefused: leaf-1: full");
        seen(current, next);
        assertThat(written(NOW.plusSeconds(1))).isEmpty();
        assertThat(degraded(NOW.plusSeconds(60))).startsWith("RulesRemain").endsWith(" leaf-1, leaf-2");
        seen(current, paths(next));
        views.replaceAll((device, view) -> ImmutableDeviceView.copyOf(view).withReads(1));
        assertThat(written(NOW.plusSeconds(60))).as("what is not known is not missing").isEmpty();
    }

    private String degraded(Instant now) {
        StoredSlice after = written(now).orElseThrow();
        assertThat(after.state()).isEqualTo(SliceState.DEGRADED);
        Condition condition = Conditions.of(after, Conditions.DEGRADED).orElseThrow();
        return condition.reason() + ": " + condition.message();
    }

    @Test
    void aFailedChangeLeavesLabelsAndLeaseAlone() {
        // renewed, and given labels, while it was on its way; before it the slice would have lived for ever
        Instant end = NOW.plusSeconds(7200);
        slice = StoredSlice.builder(slice).lease(ImmutableLease.builder().expiresAt(end).build()).renewedFor(7200)
                .spec(ImmutableSliceSpec.copyOf(nextSpec).withLabels(Map.of("cluster", "slurm"))
                        .withLeaseSeconds(OptionalInt.of(600))).build();
        seen(current);
        StoredSlice after = written(NOW.plusSeconds(60)).orElseThrow();
        assertThat(after.move()).isEmpty();
        assertThat(after.lease()).isEqualTo(slice.lease());
        assertThat(after.renewedFor()).hasValue(7200);
        assertThat(after.spec().members()).isEqualTo(spec.members());
        assertThat(after.spec().labels()).containsEntry("cluster", "slurm");
        assertThat(after.spec().leaseSeconds()).hasValue(600);
    }

    @Test
    void aRemovedSliceLosesTheRulesOfBothAllocations() {
        in(Move.Phase.SWITCHING);
        slice = StoredSlice.builder(slice).state(SliceState.REMOVING).deadline(NOW.plusSeconds(60)).build();
        seen(current, next);
        assertThat(removes()).containsAll(hostAdmits(current)).containsAll(hostAdmits(next));
        seen();
        assertThat(reconcile(NOW)).singleElement().isInstanceOf(Operation.Drop.class);
    }

    @Test
    void aRepairTrustsOnlySwitchesThatCannotBeRead() {
        readable = device("leaf-1")::equals;
        slice = StoredSlice.builder(slice).move(ImmutableMove.builder().from(slice.move().orElseThrow())
                .reason(Move.Reason.REPAIR).build()).build();
        for (String read : List.of("leaf-1", "leaf-2")) {
            seen(current, on(device(read), paths(next)));
            views.replaceAll((device, view) -> device.equals(device(read)) ? view
                    : ImmutableDeviceView.builder().from(view).table(RuleTable.of(
                            concat(view.table().rules(), on(device, paths(next)), SeenRule.Status.SENT))).build());
            assertThat(written(NOW).flatMap(StoredSlice::move).filter(move -> move.phase() == Move.Phase.SWITCHING))
                    .as(read).matches(found -> found.isPresent() == read.equals("leaf-1"));
        }
    }

    @Test
    void onlyARepairWithoutAReaderTrustsTheSwitchesWord() {
        readable = device -> false;
        for (Move.Reason reason : Move.Reason.values()) {
            slice = StoredSlice.builder(slice).move(ImmutableMove.builder().from(slice.move().orElseThrow()).reason(reason)
                    .build()).build();
            seen(current);
            views.replaceAll((device, view) -> ImmutableDeviceView.builder().from(view).table(RuleTable.of(
                    concat(view.table().rules(), on(device, paths(next)), SeenRule.Status.SENT))).build());
            assertThat(written(NOW).flatMap(StoredSlice::move).filter(move -> move.phase() == Move.Phase.SWITCHING))
                    .as(reason.toString()).matches(found -> found.isPresent() == (reason == Move.Reason.REPAIR));
        }
    }

    @Test
    void aMoveThatFoundNoTagIsDecidedOnAgainAfterAWhile() {
        slice = StoredSlice.builder(slice).spec(spec).generation(1).move(Optional.empty()).build();
        Drained drained = new Drained(List.of(slice.allocation().orElseThrow().links().get(0).to().switchName()));
        seen(current);
        views.replaceAll((device, view) -> ImmutableDeviceView.copyOf(view).withTagReads(IntStream.rangeClosed(1, 4094)
                .boxed().collect(Collectors.toMap(Function.identity(), tag -> 10L))));
        assertThat(moves(drained, NOW)).as("no tag is free").isFalse();
        seen(current);
        assertThat(moves(drained, NOW.plusSeconds(9))).isFalse();
        assertThat(moves(drained, NOW.plusSeconds(10))).isTrue();
    }

    private boolean moves(Drained drained, Instant now) {
        return reconciler.reconcile(new Desired(List.of(new VersionedSlice(slice, 1)), List.of(), drained),
                new Observed(views), Optional.of(fabric), now).stream()
                .anyMatch(Operation.Allocate.class::isInstance);
    }
}
