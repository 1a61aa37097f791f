package org.cloister.isolation.control;

import org.cloister.isolation.allocation.planning.CommonSpineAllocator;
import org.cloister.isolation.api.ImmutableAllocation;
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
import org.cloister.isolation.control.environment.Limits;
import org.cloister.isolation.control.observed.DeviceView;
import org.cloister.isolation.control.observed.Failure;
import org.cloister.isolation.control.observed.ImmutableDeviceView;
import org.cloister.isolation.control.observed.Observed;
import org.cloister.isolation.control.observed.RuleTable;
import org.cloister.isolation.control.observed.SeenRule;
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
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;
import org.junit.jupiter.api.Test;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** The decisions, one at a time, from values. */
class ReconcilerTest {

    private static final Instant NOW = Instant.parse("2024-01-01T00:00:00Z");

    private final Fabric fabric = LeafSpine.of(2, 2, 3);
    private final Admission admission = new RequestAdmission(new CommonSpineAllocator());
    private final Compiler compiler = new OpenFlowCompiler(new DefaultApplicationId(42, App.NAME),
            CompilerOptions.defaults());
    private final Reconciler reconciler = reconciler(Limits.defaults());
    private final List<VersionedSlice> slices = new ArrayList<>();
    private final Drained drained = new Drained(List.of());
    private final Map<DeviceId, DeviceView> views = new HashMap<>();

    private Reconciler reconciler(Limits limits) {
        return new Reconciler(admission, compiler, limits);
    }

    private VersionedSlice add(StoredSlice slice) {
        VersionedSlice added = new VersionedSlice(slice, slices.size() + 1);
        slices.add(added);
        return added;
    }

    private StoredSlice pending(String id, Instant created, String... hosts) {
        SliceSpec spec = admission.fill(Bench.spec(hosts));
        return StoredSlice.builder().id(SliceId.of(id)).owner("slurm").created(created).spec(spec)
                .state(SliceState.PENDING).since(created).deadline(NOW.plusSeconds(5)).build();
    }

    private StoredSlice installing(String id, String... hosts) {
        StoredSlice pending = pending(id, NOW, hosts);
        return admission.decide(fabric, Ledgers.of(slices.stream().map(VersionedSlice::slice)
                .collect(Collectors.toList()), List.of()).ledger(), pending.spec(), List.of()).fold(
                allocation -> StoredSlice.builder(pending).allocation(allocation).state(SliceState.INSTALLING)
                        .devices(compiler.slice(fabric, allocation, Admittance.at(AdmitLevel.FIRST)).rules().keySet().stream().map(Object::toString)
                                .collect(Collectors.toList()))
                        .deadline(NOW.plusSeconds(60)).build(),
                problem -> {
                    throw new AssertionError(problem);
                });
    }

    private List<FlowRule> program(StoredSlice slice) {
        return compiler.slice(fabric, slice.allocation().orElseThrow(), Admittance.at(AdmitLevel.FIRST)).rules().values().stream()
                .flatMap(List::stream).collect(Collectors.toList());
    }

    /** Every switch with the rules that deny by default, and some more. */
    private void seen(SeenRule.Status status, List<FlowRule> rules) {
        Map<DeviceId, List<SeenRule>> seen = new HashMap<>();
        compiler.base(fabric).rules().forEach((device, base) -> base.forEach(rule -> seen
                .computeIfAbsent(device, key -> new ArrayList<>()).add(new SeenRule(rule, SeenRule.Status.CONFIRMED))));
        rules.forEach(rule -> seen.get(rule.deviceId()).add(new SeenRule(rule, status)));
        seen.forEach((device, table) -> views.put(device, ImmutableDeviceView.builder().available(true).reads(10)
                .table(RuleTable.of(table)).build()));
    }

    private void change(String switchName, Function<ImmutableDeviceView, DeviceView> change) {
        views.compute(fabric.switches().get(switchName).device(),
                (device, view) -> change.apply((ImmutableDeviceView) view));
    }

    private List<Operation> reconcile() {
        return reconciler.reconcile(new Desired(slices, List.of(), drained), new Observed(views), Optional.of(fabric), NOW);
    }

    private static <T extends Operation> List<T> only(Class<T> type, List<Operation> operations) {
        return operations.stream().filter(type::isInstance).map(type::cast).collect(Collectors.toList());
    }

    private static List<FlowRule> adds(List<Operation> operations) {
        return only(Operation.Apply.class, operations).stream().flatMap(each -> each.adds().stream())
                .collect(Collectors.toList());
    }

    private static List<FlowRule> removes(List<Operation> operations) {
        return only(Operation.Apply.class, operations).stream().flatMap(each -> each.removes().stream())
                .collect(Collectors.toList());
    }

    @Test
    void nothingWantedAndNothingThereIsDenyByDefault() {
        fabric.switches().values().forEach(each ->
                views.put(each.device(), ImmutableDeviceView.builder().available(true).build()));
        assertThat(adds(reconcile())).containsExactlyInAnyOrderElementsOf(compiler.base(fabric).rules().values()
                .stream().flatMap(List::stream).collect(Collectors.toList()));
        seen(SeenRule.Status.CONFIRMED, List.of());
        assertThat(reconcile()).isEmpty();
    }

    @Test
    void switchesThatAreUnknownOrBusyGetNothing() {
        assertThat(only(Operation.Apply.class, reconcile())).isEmpty();
        fabric.switches().values().forEach(each ->
                views.put(each.device(), ImmutableDeviceView.builder().available(true).busy(true).build()));
        assertThat(only(Operation.Apply.class, reconcile())).isEmpty();
    }

    @Test
    void firstComeFirstServedByTimeNotByName() {
        seen(SeenRule.Status.CONFIRMED, List.of());
        add(pending("job-a", NOW.minusSeconds(1), "gpu-1-1", "gpu-2-1"));
        VersionedSlice first = add(pending("job-b", NOW.minusSeconds(2), "gpu-1-1", "gpu-2-2"));
        List<Operation> operations = reconcile();
        assertThat(only(Operation.Allocate.class, operations)).singleElement().satisfies(each -> {
            assertThat(each.from()).isSameAs(first);
            assertThat(each.next().state()).isEqualTo(SliceState.INSTALLING);
            assertThat(each.next().devices()).as("written before the first rule").isNotEmpty();
        });
        assertThat(only(Operation.Write.class, operations)).singleElement().satisfies(each ->
                assertThat(each.next().refusal().orElseThrow().type()).isEqualTo(ProblemType.HOST_IN_USE));
        assertThat(adds(operations)).as("nothing is sent before it is written").isEmpty();
    }

    @Test
    void requestsThatNobodyWaitsForAnyMoreAreRefused() {
        seen(SeenRule.Status.CONFIRMED, List.of());
        add(StoredSlice.builder(pending("job-1", NOW, "gpu-1-1", "gpu-2-1")).deadline(NOW).build());
        assertThat(only(Operation.Allocate.class, reconcile())).isEmpty();
        assertThat(only(Operation.Write.class, reconcile())).singleElement().satisfies(each ->
                assertThat(each.next().refusal().orElseThrow().type()).isEqualTo(ProblemType.NOT_READY));
    }

    @Test
    void answersWaitToBeReadAndThenGo() {
        seen(SeenRule.Status.CONFIRMED, List.of());
        StoredSlice refused = StoredSlice.builder(pending("job-1", NOW, "gpu-1-1"))
                .refusal(Problem.of(ProblemType.HOST_IN_USE, "")).build();
        VersionedSlice answer = add(refused);
        assertThat(reconcile()).singleElement().isInstanceOfSatisfying(Operation.Wake.class, wake ->
                assertThat(wake.at()).isEqualTo(refused.deadline().orElseThrow()));
        assertThat(reconciler.reconcile(new Desired(slices, List.of(), drained), new Observed(views), Optional.of(fabric),
                refused.deadline().orElseThrow())).singleElement()
                .isInstanceOfSatisfying(Operation.Drop.class, drop -> assertThat(drop.slice()).isSameAs(answer));
    }

    @Test
    void heldTagsAreNotGivenOut() {
        seen(SeenRule.Status.CONFIRMED, List.of());
        change("spine-1", view -> view.withTagReads(Map.of(100, 9L, 101, 8L)));
        add(pending("job-1", NOW, "gpu-1-1", "gpu-2-1"));
        assertThat(only(Operation.Allocate.class, reconcile())).singleElement().satisfies(each ->
                assertThat(each.next().allocation().orElseThrow().tag()).isEqualTo(101));
    }

    @Test
    void installingSendsWhatIsMissingAndWaitsForTheRest() {
        StoredSlice slice = add(installing("job-1", "gpu-1-1", "gpu-2-1")).slice();
        List<FlowRule> program = program(slice);
        seen(SeenRule.Status.SENT, program.subList(0, 3));
        List<Operation> operations = reconcile();
        assertThat(adds(operations)).containsExactlyInAnyOrderElementsOf(program.subList(3, program.size()));
        assertThat(removes(operations)).isEmpty();
        assertThat(only(Operation.Write.class, operations)).isEmpty();
        assertThat(only(Operation.Wake.class, operations)).extracting(Operation.Wake::at)
                .containsExactly(slice.deadline().orElseThrow());

        seen(SeenRule.Status.SENT, program);
        assertThat(only(Operation.Read.class, reconcile())).isNotEmpty();
        assertThat(only(Operation.Write.class, reconcile())).isEmpty();
        seen(SeenRule.Status.CONFIRMED, program);
        assertThat(only(Operation.Write.class, reconcile())).singleElement().satisfies(each ->
                assertThat(each.next().state()).isEqualTo(SliceState.ACTIVE));
    }

    @Test
    void noRuleOfASliceIsSentToASwitchThatHasNotTakenEveryDenyingRule() {
        add(installing("job-1", "gpu-1-1", "gpu-2-1"));
        seen(SeenRule.Status.CONFIRMED, List.of());
        DeviceId leaf = fabric.switches().get("leaf-1").device();
        List<FlowRule> base = compiler.base(fabric).rules().get(leaf);
        change("leaf-1", view -> view.withTable(RuleTable.of(base.stream().skip(1)
                .map(rule -> new SeenRule(rule, SeenRule.Status.CONFIRMED)).collect(Collectors.toList()))));
        assertThat(adds(reconcile())).filteredOn(rule -> rule.deviceId().equals(leaf)).containsExactly(base.get(0));
        assertThat(adds(reconcile())).anyMatch(rule -> !rule.deviceId().equals(leaf));
        seen(SeenRule.Status.CONFIRMED, List.of());
        change("leaf-1", view -> view.withFailures(Map.of(base.get(0), new Failure(1, NOW, NOW.plusSeconds(1), "full"))));
        assertThat(adds(reconcile())).noneMatch(rule -> rule.deviceId().equals(leaf));
    }

    @Test
    void whereRulesWillBeIsWrittenBeforeTheyAreSent() {
        StoredSlice planned = StoredSlice.builder(installing("job-1", "gpu-1-1", "gpu-2-1"))
                .state(SliceState.ACTIVE).devices(List.of()).build();
        add(planned);
        seen(SeenRule.Status.CONFIRMED, List.of());
        List<Operation> operations = reconcile();
        assertThat(adds(operations)).isEmpty();
        StoredSlice next = only(Operation.Write.class, operations).get(0).next();
        assertThat(next.devices()).hasSize(3);
        slices.set(0, new VersionedSlice(next, 2));
        assertThat(adds(reconcile())).containsExactlyInAnyOrderElementsOf(program(planned));
    }

    @Test
    void oneSwitchThatIsNotReachedIsEnoughToWait() {
        StoredSlice slice = add(installing("job-1", "gpu-1-1", "gpu-2-1")).slice();
        seen(SeenRule.Status.CONFIRMED, program(slice));
        change("leaf-2", view -> view.withAvailable(false));
        assertThat(only(Operation.Write.class, reconcile())).isEmpty();
    }

    @Test
    void rulesThatFailedWaitForTheirTime() {
        StoredSlice slice = add(installing("job-1", "gpu-1-1", "gpu-2-1")).slice();
        seen(SeenRule.Status.CONFIRMED, List.of());
        FlowRule failed = program(slice).stream().filter(rule -> rule.deviceId()
                .equals(fabric.switches().get("leaf-1").device())).findFirst().orElseThrow();
        change("leaf-1", view -> view.withFailures(Map.of(failed, new Failure(1, NOW, NOW.plusSeconds(2), "full"))));
        List<Operation> operations = reconcile();
        assertThat(adds(operations)).isNotEmpty().doesNotContain(failed);
        assertThat(only(Operation.Wake.class, operations)).extracting(Operation.Wake::at)
                .containsExactly(NOW.plusSeconds(2));
        change("leaf-1", view -> view.withFailures(Map.of(failed, new Failure(1, NOW, NOW, "full"))));
        assertThat(adds(reconcile())).contains(failed);
        change("leaf-1", view -> view.withFailures(Map.of(failed, new Failure(3, NOW, NOW, "full"))));
        assertThat(only(Operation.Write.class, reconcile())).singleElement().satisfies(each -> {
            assertThat(each.next().state()).isEqualTo(SliceState.FAILED);
            assertThat(each.next().conditions()).singleElement().satisfies(condition ->
                    assertThat(condition.message()).isEqualTo("leaf-1: full"));
        });
    }

    @Test
    void aBatchIsNoLongerThanASwitchCanAnswerInTime() {
        Reconciler small = reconciler(ImmutableLimits.builder().batch(2).build());
        add(installing("job-1", "gpu-1-1", "gpu-2-1"));
        seen(SeenRule.Status.CONFIRMED, List.of());
        assertThat(only(Operation.Apply.class, small.reconcile(new Desired(slices, List.of(), drained), new Observed(views),
                Optional.of(fabric), NOW))).isNotEmpty().allSatisfy(each -> assertThat(each.adds()).hasSize(2));
    }

    @Test
    void aTreatmentNeverChangesUnderAKey() {
        StoredSlice slice = add(installing("job-1", "gpu-1-1", "gpu-2-1")).slice();
        // the same allocation with another tag has admit rules at the same keys
        StoredSlice other = StoredSlice.builder(slice).allocation(((ImmutableAllocation)
                slice.allocation().orElseThrow()).withTag(999)).build();
        List<FlowRule> wrong = program(other);
        seen(SeenRule.Status.CONFIRMED, wrong);
        List<Operation> operations = reconcile();
        assertThat(removes(operations)).containsExactlyInAnyOrderElementsOf(wrong);
        assertThat(adds(operations)).isNotEmpty().doesNotContainAnyElementsOf(wrong);
    }

    @Test
    void removalIsDoneWhenEverySwitchIsCleanAndNotBefore() {
        StoredSlice slice = StoredSlice.builder(installing("job-1", "gpu-1-1", "gpu-2-1"))
                .state(SliceState.REMOVING).build();
        VersionedSlice removing = add(slice);
        int tag = slice.allocation().orElseThrow().tag();
        seen(SeenRule.Status.CONFIRMED, program(slice));
        assertThat(removes(reconcile())).isNotEmpty().allMatch(rule -> rule.table().toString().equals("0"));
        seen(SeenRule.Status.LEAVING, program(slice));
        assertThat(only(Operation.Drop.class, reconcile())).isEmpty();
        assertThat(removes(reconcile())).as("ONOS sees to it").isEmpty();
        seen(SeenRule.Status.CONFIRMED, List.of());
        change("leaf-2", view -> view.withTagReads(Map.of(tag, 9L)));
        assertThat(only(Operation.Drop.class, reconcile())).as("one more read").isEmpty();
        change("leaf-2", view -> view.withTagReads(Map.of(tag, 8L)));
        assertThat(reconcile()).singleElement().isInstanceOfSatisfying(Operation.Drop.class,
                drop -> assertThat(drop.slice()).isSameAs(removing));
        change("leaf-2", view -> view.withReads(1).withTagReads(Map.of()));
        assertThat(only(Operation.Drop.class, reconcile())).as("not known").isEmpty();
    }

    @Test
    void theSameValuesGiveTheSameAnswer() {
        add(pending("job-1", NOW, "gpu-1-1", "gpu-2-1"));
        StoredSlice second = add(installing("job-2", "gpu-1-2", "gpu-2-2")).slice();
        seen(SeenRule.Status.SENT, program(second).subList(0, 4));
        assertThat(reconcile()).hasToString(reconcile().toString())
                .hasToString(reconciler(Limits.defaults()).reconcile(new Desired(slices, List.of(), drained),
                        new Observed(views), Optional.of(fabric), NOW).toString());
    }
}
