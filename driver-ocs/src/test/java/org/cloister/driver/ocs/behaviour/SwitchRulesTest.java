package org.cloister.driver.ocs.behaviour;

import org.cloister.driver.ocs.FakeSwitch;
import org.cloister.driver.ocs.session.Capability;
import org.cloister.driver.ocs.session.CircuitHolds;
import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitStatus;
import org.cloister.driver.ocs.session.CircuitTransaction;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;
import org.cloister.driver.ocs.session.OcsSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.onlab.packet.VlanId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SwitchRulesTest {

    private final FakeSwitch opticalSwitch = new FakeSwitch(8);
    private final OnosRules onos = new OnosRules(() -> this.rules);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final OcsSession session = opticalSwitch.open();
    private boolean connected = true;
    private Optional<CircuitHolds> holds = Optional.of((name, ports) -> Optional.empty());
    private SwitchRules rules = start();

    @AfterEach
    void end() {
        timer.shutdownNow();
    }

    @Test
    void twoRulesAreOneCircuit() {
        assertThat(onos.add(rule(1, 5), rule(5, 1))).hasSize(2);
        assertThat(opticalSwitch.circuits()).containsExactly(CircuitPorts.of("1", "5"));
        assertThat(onos.poll()).containsExactlyInAnyOrder("1>5", "5>1");
        assertThat(opticalSwitch.transactions).hasSize(1);
    }

    @Test
    void oneRuleWaitsForItsTwin() {
        assertThat(onos.add(rule(1, 5))).hasSize(1);
        assertThat(opticalSwitch.circuits()).isEmpty();
        onos.poll();
        assertThat(onos.state(rule(1, 5))).isEqualTo(FlowEntry.FlowEntryState.PENDING_ADD);

        onos.add(rule(5, 1));
        assertThat(opticalSwitch.circuits()).containsExactly(CircuitPorts.of("1", "5"));
        onos.poll();
        assertThat(onos.state(rule(1, 5))).isEqualTo(FlowEntry.FlowEntryState.ADDED);
        assertThat(onos.state(rule(5, 1))).isEqualTo(FlowEntry.FlowEntryState.ADDED);
    }

    @Test
    void removingOneOfTheTwoEndsTheCircuit() {
        onos.add(rule(1, 5), rule(5, 1));
        assertThat(onos.remove(rule(1, 5))).hasSize(1);
        assertThat(opticalSwitch.circuits()).isEmpty();
        onos.poll();
        assertThat(onos.state(rule(5, 1))).isEqualTo(FlowEntry.FlowEntryState.PENDING_ADD);
    }

    @Test
    void swapInOneBatchIsOneTransaction() {
        onos.add(rule(1, 5), rule(5, 1), rule(2, 6), rule(6, 2));
        opticalSwitch.transactions.clear();
        // of other priority, since two rules with the same match are one to ONOS
        onos.batch(List.of(rule(1, 6, 200), rule(6, 1, 200), rule(2, 5, 200), rule(5, 2, 200)),
                List.of(rule(1, 5), rule(5, 1), rule(2, 6), rule(6, 2)));
        assertThat(opticalSwitch.circuits()).containsExactlyInAnyOrder(CircuitPorts.of("1", "6"),
                CircuitPorts.of("2", "5"));
        assertThat(opticalSwitch.transactions).singleElement().satisfies(transaction -> {
            assertThat(transaction.deletes()).hasSize(2);
            assertThat(transaction.creates()).hasSize(2);
            assertThat(transaction.mode()).isEqualTo(CircuitTransaction.Mode.SAFE);
        });
    }

    @Test
    void ruleThatLeadsElsewhereReplacesWhatWasMadeForTheOneBefore() {
        onos.add(rule(1, 5), rule(5, 1));
        onos.add(rule(1, 6), rule(6, 1));
        assertThat(opticalSwitch.circuits()).containsExactly(CircuitPorts.of("1", "6"));
    }

    @Test
    void batchesThatComeTogetherAreOneTransaction() throws Exception {
        List<List<FlowRule>> pairs = new ArrayList<>();
        for (int port = 1; port <= 4; port++) {
            pairs.add(List.of(rule(port, port + 4), rule(port + 4, port)));
        }
        // all before the first is applied, which looks at what is held
        pairs.forEach(pair -> onos.hold(pair.toArray(FlowRule[]::new)));
        List<CompletableFuture<?>> batches = new ArrayList<>();
        for (List<FlowRule> pair : pairs) {
            batches.add(CompletableFuture.supplyAsync(() -> rules.apply(pair), command -> new Thread(command).start()));
        }
        CompletableFuture.allOf(batches.toArray(CompletableFuture[]::new)).get();
        assertThat(opticalSwitch.circuits()).hasSize(4);
        assertThat(opticalSwitch.transactions).hasSizeLessThan(4);
    }

    @Test
    void oneThatIsImpossibleDoesNotSpoilTheOthers() {
        opticalSwitch.circuit("1", "2", "theirs", CircuitStatus.CONNECTED);
        assertThat(onos.add(rule(1, 5), rule(5, 1), rule(3, 7), rule(7, 3))).extracting(SwitchRulesTest::text)
                .containsExactlyInAnyOrder("3>7", "7>3");
        assertThat(opticalSwitch.circuits()).containsExactlyInAnyOrder(CircuitPorts.of("1", "2"),
                CircuitPorts.of("3", "7"));
    }

    @ParameterizedTest
    @EnumSource(CircuitStatus.class)
    void rulesAreShownOfCircuitsThatLightPasses(CircuitStatus status) {
        opticalSwitch.circuit("1", "2", "theirs", status);
        boolean passes = status == CircuitStatus.CONNECTED || status == CircuitStatus.UNKNOWN
                || status == CircuitStatus.PENDING_DELETION;
        assertThat(rules.entries()).hasSize(passes ? 2 : 0);
    }

    @Test
    void circuitThatBreaksMakesItsRulesPending() {
        onos.add(rule(1, 5), rule(5, 1));
        onos.poll();
        opticalSwitch.circuit("1", "5", "cloister:1:5", CircuitStatus.FAILED);
        onos.poll();
        assertThat(onos.state(rule(1, 5))).isEqualTo(FlowEntry.FlowEntryState.PENDING_ADD);
        assertThat(opticalSwitch.circuits()).hasSize(1);
    }

    @Test
    void circuitThatDoesNotSettleIsNotReportedAsDone() {
        opticalSwitch.outcome(CircuitStatus.INVALID);
        assertThat(onos.add(rule(1, 5), rule(5, 1))).isEmpty();
    }

    /** What ONOS does with an empty store and its own settings, half a minute after a start. */
    @Test
    void restartOfOnosWithAnEmptyStoreRemovesNothing() {
        onos.add(rule(1, 5), rule(5, 1));
        opticalSwitch.circuit("2", "6", "cloister:2:6", CircuitStatus.CONNECTED);
        opticalSwitch.circuit("3", "7", "theirs", CircuitStatus.CONNECTED);
        opticalSwitch.transactions.clear();

        onos.lose();
        rules = start();
        assertThat(onos.poll()).hasSize(6);
        assertThat(onos.poll()).hasSize(6);
        assertThat(opticalSwitch.circuits()).hasSize(3);
        assertThat(opticalSwitch.transactions).isEmpty();
    }

    @Test
    void storeThatIsLostWhileWeRunRemovesNothingEither() {
        onos.add(rule(1, 5), rule(5, 1));
        onos.lose();
        onos.poll();
        assertThat(opticalSwitch.circuits()).hasSize(1);
    }

    @Test
    void importedRuleOfOursIsRemovedWhenSomebodyAsksForIt() {
        opticalSwitch.circuit("2", "6", "cloister:2:6", CircuitStatus.CONNECTED);
        onos.importAll();
        onos.remove(rule(2, 6));
        assertThat(opticalSwitch.circuits()).isEmpty();
    }

    /** ONOS asks again for what it has imported; nobody ever did. */
    @Test
    void circuitThatWasTakenAwayIsNotMadeAgainForARuleThatNobodyWrote() {
        opticalSwitch.circuit("2", "6", "cloister:2:6", CircuitStatus.CONNECTED);
        onos.importAll();
        opticalSwitch.remove("2", "6");
        onos.poll();
        onos.poll();
        assertThat(opticalSwitch.circuits()).isEmpty();
        assertThat(opticalSwitch.transactions).isEmpty();
    }

    @Test
    void importedRuleOfOthersIsNotRemoved() {
        opticalSwitch.circuit("2", "6", "theirs", CircuitStatus.CONNECTED);
        onos.importAll();
        assertThat(onos.remove(rule(2, 6), rule(6, 2))).isEmpty();
        assertThat(opticalSwitch.circuits()).hasSize(1);
    }

    @Test
    void circuitThatSomebodyCountsOnIsNotRemoved() {
        opticalSwitch.circuit("2", "6", "cloister:2:6", CircuitStatus.CONNECTED);
        onos.add(rule(1, 5), rule(5, 1));
        onos.importAll();
        holds = Optional.of((name, ports) -> Optional.of("slice:llama"));
        assertThat(onos.remove(rule(2, 6), rule(1, 5))).isEmpty();
        assertThat(opticalSwitch.circuits()).hasSize(2);
        // nor is one that a new rule would need to go
        assertThat(onos.add(rule(1, 6, 200), rule(6, 1, 200))).isEmpty();
        assertThat(opticalSwitch.circuits()).hasSize(2);
    }

    @Test
    void withoutOneWhoKnowsOwnersOnlyWhatRulesMadeIsRemoved() {
        holds = Optional.empty();
        opticalSwitch.circuit("2", "6", "cloister:2:6", CircuitStatus.CONNECTED);
        onos.add(rule(1, 5), rule(5, 1));
        onos.importAll();
        assertThat(onos.remove(rule(2, 6), rule(1, 5))).extracting(SwitchRulesTest::text).containsExactly("1>5");
        assertThat(opticalSwitch.circuits()).containsExactly(CircuitPorts.of("2", "6"));
    }

    @Test
    void circuitsWithoutNamesAreOursOnlyIfRulesMadeThem() {
        opticalSwitch.capabilities.remove(Capability.NAMED_CIRCUITS);
        opticalSwitch.circuit("2", "6", null, CircuitStatus.UNKNOWN);
        onos.add(rule(1, 5), rule(5, 1));
        onos.importAll();
        onos.remove(rule(2, 6), rule(1, 5));
        assertThat(opticalSwitch.circuits()).containsExactly(CircuitPorts.of("2", "6"));
    }

    @Test
    void ruleForACircuitOfOthersDoesNotMakeItOurs() {
        opticalSwitch.circuit("2", "6", "theirs", CircuitStatus.CONNECTED);
        assertThat(onos.add(rule(2, 6), rule(6, 2))).hasSize(2);
        assertThat(onos.remove(rule(2, 6), rule(6, 2))).isEmpty();
        assertThat(opticalSwitch.circuits()).hasSize(1);
    }

    @Test
    void switchThatCannotBeReadIsNotAnEmptyOne() {
        onos.add(rule(1, 5), rule(5, 1));
        opticalSwitch.failReads(new OcsException(Reason.DEADLINE, "no answer within 5 s"));
        assertThatThrownBy(() -> rules.entries()).hasMessageContaining("no answer within 5 s");
        assertThat(onos.remove(rule(1, 5))).isEmpty();
        connected = false;
        assertThatThrownBy(() -> rules.entries()).hasMessageContaining("not connected");
        assertThat(onos.add(rule(2, 6), rule(6, 2))).isEmpty();
        assertThat(opticalSwitch.circuits()).hasSize(1);
    }

    @Test
    void switchThatDoesNotAnswerIsNotAskedRuleByRule() {
        opticalSwitch.failWrites(new OcsException(Reason.DEADLINE, "no answer within 10 s"));
        onos.hold(rule(1, 5), rule(5, 1), rule(2, 6), rule(6, 2));
        onos.poll();
        assertThat(opticalSwitch.transactions).hasSize(1);
    }

    @Test
    void rulesThatNoOpticalSwitchCanHaveAreNotTaken() {
        TrafficSelector in = DefaultTrafficSelector.builder().matchInPort(PortNumber.portNumber(1)).build();
        TrafficTreatment out = DefaultTrafficTreatment.builder().setOutput(PortNumber.portNumber(5)).build();
        List<FlowRule> bads = List.of(
                OnosRules.builder(in, out).makeTemporary(60).build(),
                OnosRules.builder(in, out).makePermanent().forTable(1).build(),
                OnosRules.builder(in, DefaultTrafficTreatment.builder().drop().build()).makePermanent().build(),
                OnosRules.builder(in, DefaultTrafficTreatment.builder().punt().build()).makePermanent().build(),
                OnosRules.builder(DefaultTrafficSelector.builder(in).matchVlanId(VlanId.vlanId((short) 5)).build(), out)
                        .makePermanent().build());
        assertThat(onos.add(rule(1, 1), rule(1, 9), rule(9, 1))).isEmpty();
        for (FlowRule bad : bads) {
            assertThat(rules.apply(List.of(bad, rule(5, 1)))).as(bad.toString()).hasSize(1);
        }
        assertThat(opticalSwitch.transactions).isEmpty();
    }

    private SwitchRules start() {
        return new SwitchRules("ocs-1", new DefaultApplicationId(99, CircuitRules.APPLICATION), onos::table,
                () -> connected ? Optional.of(session) : Optional.empty(), () -> holds,
                new CircuitQueue(() -> Optional.of(session), timer), Duration.ofSeconds(5));
    }

    private static FlowRule rule(long in, long out) {
        return rule(in, out, 100);
    }

    private static FlowRule rule(long in, long out, int priority) {
        return OnosRules.rule(in, out, priority);
    }

    private static String text(FlowRule rule) {
        Passage passage = Passage.of(rule);
        return passage.in() + ">" + passage.out();
    }
}
