package org.cloister.isolation.control;

import org.cloister.isolation.api.Condition;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.control.observed.Tags;
import org.cloister.isolation.control.plan.Conditions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowEntry.FlowEntryState;
import org.onosproject.net.flow.FlowRule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What slices do when switches do not obey. */
class SwitchTroubleTest {

    private final Bench bench = Bench.small();

    @BeforeEach
    void start() {
        bench.ready();
    }

    @AfterEach
    void nothingThatOnosPunishes() {
        assertThat(bench.onos.violations()).isEmpty();
    }

    private Condition condition(String slice, String type) {
        return bench.slice(slice).conditions().stream().filter(each -> each.type().equals(type)).findFirst()
                .orElseThrow(() -> new AssertionError("no condition " + type + " of " + bench.slice(slice)));
    }

    private static boolean tagged(FlowRule rule) {
        return Tags.of(rule).isPresent();
    }

    @Test
    void refusedRulesFailTheSliceWithTheRuleAndLeaveNothing() {
        var before = bench.rules();
        bench.at("leaf-2").refuses = rule -> tagged(rule) && rule.table().toString().equals("1");
        Slice failed = bench.create("job-1", "gpu-1-1", "gpu-2-1");
        assertThat(failed.state()).isEqualTo(SliceState.FAILED);
        assertThat(condition("job-1", Conditions.FAILED).reason()).isEqualTo(Conditions.RULES_REFUSED);
        assertThat(condition("job-1", Conditions.FAILED).message()).contains("leaf-2", "table 1");
        assertThat(bench.at("leaf-2").batches).as("attempts are bounded").isLessThan(12);

        bench.time.pass(Duration.ofSeconds(30));
        assertThat(bench.rules()).isEqualTo(before);
        assertThat(bench.at("leaf-2").entries.keySet()).as("what ONOS would send for ever").noneMatch(
                SwitchTroubleTest::tagged);
        assertThat(bench.slice("job-1").allocation()).as("a failed slice holds nothing").isEmpty();
        assertThat(bench.slices.fabric().hosts()).allMatch(host -> host.slice().isEmpty());
        int batches = bench.at("leaf-2").batches;
        bench.time.pass(Duration.ofMinutes(10));
        assertThat(bench.at("leaf-2").batches).as("nothing is tried for ever").isEqualTo(batches);

        bench.at("leaf-2").refuses = rule -> false;
        bench.remove("job-1");
        assertThat(bench.create("job-1", "gpu-1-1", "gpu-2-1").state()).isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void aRuleRefusedOnceIsTriedAgain() {
        Instant asked = bench.time.now();
        bench.at("leaf-2").refuses = rule -> tagged(rule) && bench.time.now().isBefore(asked.plusMillis(500));
        assertThat(bench.create("job-1", "gpu-1-1", "gpu-2-1").state()).isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void silenceIsNotSuccess() {
        bench.at("leaf-2").behaviour = FakeSwitch.Behaviour.LOSE;
        Slice failed = bench.create("job-1", "gpu-1-1", "gpu-2-1");
        assertThat(failed.state()).isEqualTo(SliceState.FAILED);
        assertThat(condition("job-1", Conditions.FAILED).message()).contains("leaf-2");
        bench.time.pass(Duration.ofMinutes(1));
        assertThat(bench.slice("job-1").allocation()).isEmpty();
        assertThat(bench.at("leaf-2").entries.keySet()).noneMatch(SwitchTroubleTest::tagged);
    }

    @Test
    void anAcknowledgementIsNotAReading() {
        bench.at("spine-1").behaviour = FakeSwitch.Behaviour.LIE;
        bench.at("spine-2").behaviour = FakeSwitch.Behaviour.LIE;
        bench.put("job-1", "gpu-1-1", "gpu-2-1");
        bench.time.pass(Duration.ofSeconds(50));
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.INSTALLING);
        Slice failed = bench.settled("job-1");
        assertThat(failed.state()).isEqualTo(SliceState.FAILED);
        assertThat(condition("job-1", Conditions.FAILED).reason()).isEqualTo(Conditions.RULES_MISSING);
    }

    @Test
    void aSwitchThatIsAwayDegradesItsSlicesOnly() {
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        bench.create("job-2", "gpu-1-2", "gpu-1-3");
        bench.devices.available(bench.at("leaf-2"), false);
        bench.time.pass(Duration.ofSeconds(1));
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.DEGRADED);
        assertThat(condition("job-1", Conditions.DEGRADED).reason()).isEqualTo(Conditions.DEVICE_ABSENT);
        assertThat(bench.slice("job-2").state()).isEqualTo(SliceState.ACTIVE);

        bench.devices.available(bench.at("leaf-2"), true);
        bench.time.until("ACTIVE", Duration.ofSeconds(20),
                () -> bench.slice("job-1").state() == SliceState.ACTIVE);
        assertThat(condition("job-1", Conditions.DEGRADED).status()).isFalse();
    }

    @Test
    void aSwitchThatRestartedEmptyIsNotBelievedToHaveItsRules() {
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        FakeSwitch leaf = bench.at("leaf-2");
        bench.devices.available(leaf, false);
        bench.time.pass(Duration.ofSeconds(1));
        leaf.rules.clear();
        leaf.behaviour = FakeSwitch.Behaviour.LOSE;
        bench.devices.available(leaf, true);
        bench.time.pass(Duration.ofSeconds(30));
        assertThat(leaf.entries.values()).as("ONOS still says ADDED")
                .anyMatch(entry -> entry.state() == FlowEntryState.ADDED);
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.DEGRADED);
        leaf.behaviour = FakeSwitch.Behaviour.OBEY;
        bench.time.until("ACTIVE", Duration.ofSeconds(60),
                () -> bench.slice("job-1").state() == SliceState.ACTIVE);
    }

    @Test
    void rulesThatVanishComeBack() {
        Slice slice = bench.create("job-1", "gpu-1-1", "gpu-2-1");
        int tag = slice.allocation().orElseThrow().tag();
        long rules = bench.rulesOf(tag);
        bench.time.pass(Duration.ofSeconds(15));
        FakeSwitch leaf = bench.at("leaf-2");
        leaf.rules.keySet().removeIf(rule -> Tags.of(rule).orElse(0) == tag);
        leaf.entries.keySet().removeIf(rule -> Tags.of(rule).orElse(0) == tag);
        bench.time.until("DEGRADED", Duration.ofSeconds(10),
                () -> bench.slice("job-1").state() == SliceState.DEGRADED);
        assertThat(condition("job-1", Conditions.DEGRADED).reason()).isEqualTo(Conditions.RULES_MISSING);
        bench.time.until("ACTIVE", Duration.ofSeconds(10), () -> bench.slice("job-1").state() == SliceState.ACTIVE);
        assertThat(bench.rulesOf(tag)).isEqualTo(rules);
    }

    @Test
    void whatAnUnreachableSwitchMayHoldIsNotGivenToOthers() {
        int tag = bench.create("job-1", "gpu-1-1", "gpu-2-1").allocation().orElseThrow().tag();
        bench.devices.available(bench.at("leaf-2"), false);
        bench.await(bench.slices.remove(Bench.id("job-1")));
        bench.time.pass(Duration.ofMinutes(5));
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.REMOVING);
        assertThat(condition("job-1", Conditions.REMOVAL_DELAYED).reason()).isEqualTo(Conditions.DEVICE_ABSENT);
        assertThat(bench.refusal(bench.slices.put(Bench.id("job-2"), Bench.spec("gpu-1-1", "gpu-1-2"), "slurm")).type())
                .isEqualTo(ProblemType.HOST_IN_USE);
        assertThat(bench.create("job-3", "gpu-1-2", "gpu-1-3").allocation().orElseThrow().tag()).isNotEqualTo(tag);

        bench.devices.available(bench.at("leaf-2"), true);
        bench.await(bench.slices.whenGone(Bench.id("job-1")));
        assertThat(bench.rulesOf(tag)).isZero();
    }

    @Test
    void aTagReturnsOnlyAfterAReadThatBeganAfterItsRemoval() {
        int tag = bench.create("job-1", "gpu-1-1", "gpu-2-1").allocation().orElseThrow().tag();
        bench.time.pass(Duration.ofSeconds(7));
        bench.onos.switches().forEach(each -> each.readsBegun = 0);
        bench.remove("job-1");
        assertThat(bench.onos.switches().stream().filter(each -> each.history.stream().anyMatch(state ->
                state.keySet().stream().anyMatch(rule -> Tags.of(rule).orElse(0) == tag))))
                .isNotEmpty().allSatisfy(each -> assertThat(each.readsBegun).isGreaterThanOrEqualTo(2));
    }

    @Test
    void aRuleThatComesBackAfterItsRemovalKeepsTheTag() {
        int tag = bench.create("job-1", "gpu-1-1", "gpu-2-1").allocation().orElseThrow().tag();
        FakeSwitch leaf = bench.at("leaf-1");
        FlowRule zombie = leaf.rules.keySet().stream().filter(rule -> Tags.of(rule).orElse(0) == tag).findFirst()
                .orElseThrow();
        bench.await(bench.slices.remove(Bench.id("job-1")));
        bench.time.pass(Duration.ofSeconds(2));
        assertThat(bench.rulesOf(tag)).isZero();
        leaf.rules.put(zombie, zombie);
        leaf.keeps = rule -> rule.equals(zombie);
        bench.time.pass(Duration.ofMinutes(2));
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.REMOVING);
        assertThat(condition("job-1", Conditions.REMOVAL_DELAYED).reason()).isEqualTo(Conditions.RULES_REFUSED);
        leaf.keeps = rule -> false;
        bench.await(bench.slices.whenGone(Bench.id("job-1")));
        assertThat(bench.rulesOf(tag)).isZero();
    }

    @Test
    void rulesThatCannotBeReadAreUnknownNotAbsent() {
        Slice active = bench.create("job-1", "gpu-1-1", "gpu-2-1");
        bench.time.pass(Duration.ofSeconds(11));
        FakeSwitch leaf = bench.at("leaf-2");
        int batches = leaf.batches;
        leaf.unreadable = true;
        bench.time.pass(Duration.ofSeconds(60));
        assertThat(leaf.batches).isEqualTo(batches);
        leaf.unreadable = false;
        bench.time.pass(Duration.ofSeconds(11));
        assertThat(bench.slice("job-1").state()).isEqualTo(active.state());
        assertThat(leaf.batches).isEqualTo(batches);
    }

    @Test
    void whoDoesNotTellItsRulesIsNotAskedAtEveryPass() {
        bench.create("job-1", "gpu-1-1", "gpu-2-1");
        FakeSwitch leaf = bench.at("leaf-2");
        leaf.unreadable = true;
        bench.time.pass(Duration.ofSeconds(10));
        leaf.asked = 0;
        for (int second = 0; second < 60; second++) {
            bench.slices.wake();
            bench.time.pass(Duration.ofSeconds(1));
        }
        assertThat(leaf.asked).as("each question may block for half a minute").isBetween(4, 7);
        assertThat(condition("job-1", Conditions.DEGRADED).reason()).isEqualTo(Conditions.DEVICE_ABSENT);

        leaf.unreadable = false;
        bench.devices.available(leaf, true);
        leaf.asked = 0;
        bench.time.pass(Duration.ofMillis(100));
        assertThat(leaf.asked).as("at once when the switch or its master is another").isPositive();
        bench.time.pass(Duration.ofSeconds(20));
        assertThat(bench.slice("job-1").state()).isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void rulesOfOursThatNobodyWantsGo() {
        int tag = bench.create("job-1", "gpu-1-1", "gpu-2-1").allocation().orElseThrow().tag();
        FlowRule rule = bench.at("leaf-1").rules.keySet().stream()
                .filter(each -> Tags.of(each).orElse(0) == tag).findFirst().orElseThrow();
        bench.remove("job-1");
        bench.at("leaf-1").rules.put(rule, rule);
        bench.time.pass(Duration.ofSeconds(6));
        Slice next = bench.create("job-2", "gpu-1-2", "gpu-2-2");
        assertThat(next.allocation().orElseThrow().tag()).as("the tag is on a switch").isNotEqualTo(tag);
        bench.time.pass(Duration.ofSeconds(20));
        assertThat(bench.rulesOf(tag)).isZero();
    }

    @Test
    void aRuleOfNobodyGoesAndAnotherApplicationsStays() {
        int tag = bench.create("job-1", "gpu-1-1", "gpu-2-1").allocation().orElseThrow().tag();
        FakeSwitch leaf = bench.at("leaf-1");
        FlowRule wanted = leaf.rules.keySet().stream()
                .filter(each -> Tags.of(each).orElse(0) == tag).findFirst().orElseThrow();
        Map<FlowRule, FlowRule> before = Map.copyOf(leaf.rules);
        List<FlowRule> byHand = List.of(by(Bench.NOBODY, wanted, 60_000), by(Bench.NOBODY, denies(leaf), 60_001));
        FlowRule anothers = by(43, wanted, 60_002);
        byHand.forEach(rule -> leaf.rules.put(rule, rule));
        leaf.rules.put(anothers, anothers);
        bench.time.pass(Duration.ofSeconds(7));
        assertThat(leaf.rules).doesNotContainKeys(byHand.toArray(FlowRule[]::new)).containsKey(anothers)
                .containsAllEntriesOf(before);
    }

    private static FlowRule denies(FakeSwitch on) {
        return on.rules.keySet().stream().filter(each -> Tags.of(each).isEmpty()).findFirst().orElseThrow();
    }

    private static FlowRule by(int app, FlowRule like, int priority) {
        return DefaultFlowRule.builder().forDevice(like.deviceId()).forTable(like.table()).withPriority(priority)
                .withSelector(like.selector()).withTreatment(like.treatment())
                .fromApp(new DefaultApplicationId(app, "app-" + app)).makePermanent().build();
    }

    @Test
    void aSwitchThatDoesNotDenyByDefaultGetsNoRuleOfASlice() {
        Bench other = Bench.small();
        FakeSwitch leaf = other.onos.switches().iterator().next();
        leaf.refuses = rule -> !tagged(rule) && leaf.rules.size() > 2;
        other.ready();
        Slice failed = other.create("job-1", "gpu-1-1", "gpu-2-1");
        assertThat(failed.state()).isEqualTo(SliceState.FAILED);
        assertThat(failed.conditions()).singleElement().satisfies(condition -> {
            assertThat(condition.reason()).isEqualTo(Conditions.RULES_REFUSED);
            assertThat(condition.message()).startsWith("leaf-1: ");
        });
        assertThat(other.slices.fabric().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.reason()).isEqualTo(Conditions.RULES_REFUSED);
            assertThat(problem.at()).isEqualTo("leaf-1");
        });
        assertThat(leaf.history).isNotEmpty().allSatisfy(state ->
                assertThat(state.keySet()).noneMatch(SwitchTroubleTest::tagged));
        leaf.refuses = rule -> false;
        other.remove("job-1");
        other.time.pass(Duration.ofMinutes(2));
        assertThat(other.slices.fabric().problems()).isEmpty();
        assertThat(other.create("job-1", "gpu-1-1", "gpu-2-1").state()).isEqualTo(SliceState.ACTIVE);
    }

    @Test
    void anotherTreatmentUnderAKeyIsRemovedBeforeTheRightOneIsAdded() {
        int tag = bench.create("job-1", "gpu-1-1", "gpu-2-1").allocation().orElseThrow().tag();
        FakeSwitch leaf = bench.at("leaf-1");
        FlowRule right = leaf.rules.values().stream().filter(rule -> Tags.of(rule).orElse(0) == tag
                && rule.table().toString().equals("1")).findFirst().orElseThrow();
        FlowRule wrong = DefaultFlowRule.builder().forDevice(right.deviceId()).forTable(1)
                .withPriority(right.priority()).withSelector(right.selector())
                .withTreatment(DefaultTrafficTreatment.builder().drop().build())
                .fromApp(new DefaultApplicationId(right.appId(), "org.cloister")).makePermanent().build();
        leaf.entries.remove(right);
        leaf.rules.remove(right);
        leaf.rules.put(wrong, wrong);
        bench.time.until("DEGRADED", Duration.ofSeconds(20),
                () -> bench.slice("job-1").state() == SliceState.DEGRADED);
        bench.time.until("ACTIVE", Duration.ofSeconds(20), () -> bench.slice("job-1").state() == SliceState.ACTIVE);
        assertThat(leaf.rules.get(right).treatment()).isEqualTo(right.treatment());
    }
}
