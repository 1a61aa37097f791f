package org.cloister.isolation.control;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.ImmutableAllocatedMember;
import org.cloister.isolation.api.ImmutableAllocation;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.api.Verification;
import org.cloister.isolation.api.Verification.Difference;
import org.cloister.isolation.api.Verification.Kind;
import org.cloister.isolation.api.Verification.SwitchCheck;
import org.cloister.isolation.config.App;
import org.cloister.isolation.control.observed.Tags;
import org.cloister.isolation.control.observed.Texts;
import org.cloister.isolation.control.verification.VerificationManager;
import org.cloister.isolation.program.AdmitLevel;
import org.cloister.isolation.program.Admittance;
import org.cloister.isolation.program.Compiler;
import org.cloister.isolation.program.CompilerOptions;
import org.cloister.isolation.program.OpenFlowCompiler;
import org.cloister.isolation.store.Move;
import org.cloister.isolation.store.Retired;
import org.cloister.isolation.store.StoredMeter;
import org.cloister.isolation.store.StoredSlice;
import org.cloister.isolation.store.VersionedSlice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowEntry.FlowEntryState;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.IndexTableId;
import org.onosproject.net.meter.Band;
import org.onosproject.net.meter.DefaultBand;
import org.onosproject.net.meter.DefaultMeter;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterServiceAdapter;
import org.onosproject.net.meter.MeterState;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VerificationTest {

    private static final ApplicationId APP = new DefaultApplicationId(42, App.NAME);
    private static final Predicate<FlowRule> ADMITS_HOST = rule -> rule.table().equals(IndexTableId.of(0))
            && Tags.of(rule).isPresent() && rule.selector().toString().contains("ETH_SRC");

    private final Bench bench = Bench.small().ready();
    private final Compiler compiler = new OpenFlowCompiler(APP, CompilerOptions.defaults());
    private final List<Meter> meters = new ArrayList<>();
    private VerificationManager verifier;
    private FakeSwitch leaf;

    @BeforeEach
    void settle() {
        bench.create("job", "gpu-1-1", "gpu-2-1");
        bench.time.pass(Duration.ofSeconds(10));
        leaf = bench.at("leaf-1");
        // from here on nobody repairs anything
        bench.slices.stop();
        verifier = new VerificationManager(APP, bench.onos, new MeterServiceAdapter() {
            @Override
            public Collection<Meter> getAllMeters() {
                return meters;
            }
        }, bench.devices, bench.store, bench.fabric, bench.time.clock());
    }

    @Test
    void everythingIsThere() {
        Verification verified = verify();
        assertThat(verified.ok()).isTrue();
        assertThat(verified.state()).isEqualTo(SliceState.ACTIVE);
        assertThat(verified.switches()).extracting(SwitchCheck::name).contains("leaf-1", "leaf-2").hasSize(3);
        SwitchCheck check = verified.switches().get(0);
        assertThat(check.expected()).isEqualTo(check.present()).isEqualTo(leaf.rules.size());
        assertThat(check.lastRead().orElseThrow()).isBetween(bench.time.now().minusSeconds(6), bench.time.now());
    }

    @Test
    void ruleThatOnosDoesNotKnowIsMissing() {
        FlowRule lost = ours(ADMITS_HOST);
        leaf.entries.remove(lost);
        assertThat(differences()).singleElement().satisfies(found -> {
            assertThat(found.kind()).isEqualTo(Kind.MISSING);
            assertThat(found.at()).isEqualTo("leaf-1");
            assertThat(found.message()).contains(Texts.rule(lost));
        });
    }

    @Test
    void ruleThatIsOnItsWayIsMissing() {
        FlowRule sent = ours(ADMITS_HOST);
        leaf.entries.compute(sent, (rule, entry) -> entry.in(FlowEntryState.PENDING_ADD));
        assertThat(differences()).singleElement().satisfies(found ->
                assertThat(found.message()).contains("PENDING_ADD"));
    }

    @Test
    void ruleThatPollsNoLongerShowIsMissing() {
        FlowRule old = ours(ADMITS_HOST);
        leaf.entries.compute(old, (rule, entry) -> entry.seenAt(bench.time.now().minusSeconds(60).toEpochMilli()));
        assertThat(differences()).singleElement().satisfies(found ->
                assertThat(found.message()).contains("not shown by the last reads"));
    }

    @Test
    void missingDenialOfTheRestIsTold() {
        leaf.entries.remove(ours(rule -> Tags.of(rule).isEmpty()));
        assertThat(differences()).extracting(Difference::kind).containsExactly(Kind.MISSING);
    }

    @Test
    void otherTreatmentIsTold() {
        FlowRule rule = ours(ADMITS_HOST);
        put(DefaultFlowRule.builder().forDevice(leaf.device).fromApp(APP).makePermanent().forTable(0)
                .withPriority(rule.priority()).withSelector(rule.selector())
                .withTreatment(DefaultTrafficTreatment.emptyTreatment()).build());
        assertThat(differences()).extracting(Difference::kind).containsExactly(Kind.DIFFERENT);
    }

    @Test
    void ruleUnderTheSlicesTagThatNothingAsksForIsExtra() {
        FlowRule rule = ours(ADMITS_HOST);
        put(DefaultFlowRule.builder().forDevice(leaf.device).fromApp(APP).makePermanent().forTable(0)
                .withPriority(51_234).withSelector(rule.selector()).withTreatment(rule.treatment()).build());
        assertThat(differences()).extracting(Difference::kind).containsExactly(Kind.EXTRA);
        assertThat(verify().switches().get(0).extra()).isEqualTo(1);
    }

    @Test
    void switchThatIsNotReachedIsNotCalledEmpty() {
        bench.devices.available(leaf, false);
        assertThat(differences()).extracting(Difference::kind).containsExactly(Kind.UNREACHABLE);
    }

    @Test
    void removedSliceHasNothingLeft() {
        change(slice -> StoredSlice.builder(slice).state(SliceState.REMOVING).build());
        assertThat(differences()).isNotEmpty().allMatch(found -> found.kind() == Kind.EXTRA);
    }

    @Test
    void moveThatBeginsHasNothingMissing() {
        Move move = move(Move.Phase.INSTALLING);
        assertThat(differences()).isEmpty();
        install(move.allocation(), AdmitLevel.SECOND, ADMITS_HOST.negate());
        assertThat(differences()).isEmpty();
        assertThat(verify().moving()).isTrue();
        leaf.entries.remove(ours(ADMITS_HOST));
        assertThat(differences()).extracting(Difference::kind).containsExactly(Kind.MISSING);
    }

    @Test
    void whileHostPortsChangeOverEitherRuleWillDo() {
        Move move = move(Move.Phase.SWITCHING);
        assertThat(differences()).as("the next one's rules must be there").isNotEmpty();
        install(move.allocation(), AdmitLevel.SECOND, ADMITS_HOST.negate());
        assertThat(differences()).isEmpty();
        FlowRule old = ours(ADMITS_HOST);
        leaf.entries.remove(old);
        assertThat(differences()).as("a host that neither rule admits").singleElement()
                .satisfies(found -> assertThat(found.kind()).isEqualTo(Kind.MISSING));
        install(move.allocation(), AdmitLevel.SECOND, rule -> true);
        assertThat(differences()).isEmpty();
    }

    @Test
    void whatIsOnItsWayOutIsNotExtra() {
        Allocation now = stored().slice().allocation().orElseThrow();
        change(slice -> StoredSlice.builder(slice).addRetired(Retired.builder().allocation(tagged(now, 3000))
                .admitLevel(AdmitLevel.SECOND).since(bench.time.now()).build()).build());
        install(tagged(now, 3000), AdmitLevel.SECOND, ADMITS_HOST.negate());
        assertThat(differences()).isEmpty();
    }

    @Test
    void metersAreComparedByWhatTheyDo() {
        limit(1_000_000, 250_000);
        assertThat(meterMessages()).singleElement().asString().contains("its meter 7 is not there");
        meters.add(meter(7, 1_000, MeterState.PENDING_ADD));
        assertThat(meterMessages()).singleElement().asString().contains("PENDING_ADD");
        meters.set(0, meter(7, 2_000, MeterState.ADDED));
        assertThat(meterMessages()).singleElement().asString().contains("limits to 2000000 bit/s");
        meters.set(0, meter(7, 1_000, MeterState.ADDED));
        assertThat(meterMessages()).isEmpty();
        assertThat(verify().switches().get(0).metersPresent()).isEqualTo(1);
    }

    @Test
    void unknownSliceIsNotFound() {
        assertThatThrownBy(() -> verifier.verify(Bench.id("nobody"))).isInstanceOf(RefusedException.class)
                .satisfies(thrown -> assertThat(((RefusedException) thrown).problem().type())
                        .isEqualTo(ProblemType.NOT_FOUND));
    }

    private Verification verify() {
        return verifier.verify(Bench.id("job"));
    }

    private List<Difference> differences() {
        return verify().differences();
    }

    private List<String> meterMessages() {
        return differences().stream().filter(found -> found.kind() == Kind.METER).map(Difference::message)
                .collect(Collectors.toList());
    }

    private FlowRule ours(Predicate<FlowRule> which) {
        return leaf.entries.keySet().stream().filter(which).findFirst().orElseThrow();
    }

    private void put(FlowRule rule) {
        FakeSwitch at = bench.onos.at(rule.deviceId());
        at.entries.remove(rule); // a map keeps the key that it has
        at.entries.put(rule, new FakeOnosRules.Entry(rule, FlowEntryState.ADDED, bench.time.now().toEpochMilli()));
    }

    private void install(Allocation allocation, AdmitLevel level, Predicate<FlowRule> which) {
        compiler.slice(bench.fabric.fabric().orElseThrow(), allocation, Admittance.at(level)).rules().values()
                .forEach(rules -> rules.stream().filter(which).forEach(this::put));
    }

    private Move move(Move.Phase phase) {
        Move move = Move.builder().reason(Move.Reason.REPAIR).phase(phase)
                .allocation(tagged(stored().slice().allocation().orElseThrow(), 3000))
                .since(bench.time.now()).deadline(bench.time.now().plusSeconds(60)).build();
        change(slice -> StoredSlice.builder(slice).move(move).build());
        return move;
    }

    private static Allocation tagged(Allocation allocation, int tag) {
        return ImmutableAllocation.builder().from(allocation).tag(tag).build();
    }

    private void limit(long bitsPerSecond, long burst) {
        change(slice -> {
            Allocation got = slice.allocation().orElseThrow();
            return StoredSlice.builder(slice).allocation(ImmutableAllocation.builder().from(got)
                    .members(got.members().stream().map(member -> member.rank() > 0 ? member
                            : ImmutableAllocatedMember.builder().from(member).limitBitsPerSecond(bitsPerSecond)
                                    .burstBits(burst).build()).collect(Collectors.toList())).build())
                    .addMeters(StoredMeter.builder().device(leaf.device.toString()).host("gpu-1-1")
                            .bitsPerSecond(bitsPerSecond).burstBits(burst).id(7).build()).build();
        });
    }

    private Meter meter(long id, long kilobits, MeterState state) {
        DefaultMeter meter = (DefaultMeter) DefaultMeter.builder().forDevice(leaf.device).fromApp(APP)
                .withId(MeterId.meterId(id)).withUnit(Meter.Unit.KB_PER_SEC).burst()
                .withBands(List.of(DefaultBand.builder().ofType(Band.Type.DROP).withRate(kilobits).burstSize(250)
                        .build())).build();
        meter.setState(state);
        return meter;
    }

    private VersionedSlice stored() {
        return bench.store.slice(Bench.id("job")).orElseThrow();
    }

    private void change(UnaryOperator<StoredSlice> how) {
        VersionedSlice now = stored();
        assertThat(bench.store.replace(now.version(), how.apply(now.slice()))).isTrue();
    }
}
