package org.cloister.lab.openflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cloister.lab.openflow.FakeController;
import org.cloister.lab.openflow.FakeSwitch;
import org.cloister.lab.openflow.Wire;
import org.cloister.testing.ComponentSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.cfg.ComponentConfigAdapter;
import org.onosproject.net.flow.CompletedBatchOperation;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchEntry;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchEntry.FlowRuleOperation;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchOperation;
import org.projectfloodlight.openflow.protocol.OFBarrierRequest;
import org.projectfloodlight.openflow.protocol.OFFeaturesReply;
import org.projectfloodlight.openflow.protocol.OFFlowAdd;
import org.projectfloodlight.openflow.protocol.OFFlowDeleteStrict;
import org.projectfloodlight.openflow.protocol.OFFlowMod;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFMeterModCommand;
import org.projectfloodlight.openflow.protocol.OFMeterModFailedCode;
import org.projectfloodlight.openflow.protocol.OFStatsRequest;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.types.OFErrorCauseData;
import org.slf4j.LoggerFactory;

class OpenFlowRuleProviderTest {

    private final FakeController controller = new FakeController();
    private final FakeFlowRuleService core = new FakeFlowRuleService();
    private final OpenFlowRuleProvider provider = new OpenFlowRuleProvider();
    private final FakeSwitch sw = new FakeSwitch(1);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("org.cloister.lab.openflow.flow");

    @BeforeEach
    void start() {
        logger.setLevel(Level.WARN);
        logger.addAppender(log);
        log.start();
        provider.controller = controller;
        provider.providerRegistry = core;
        provider.configService = new ComponentConfigAdapter();
        provider.activate(ComponentSettings.defaults(OpenFlowRuleProvider.Settings.class));
        controller.connect(sw);
    }

    @AfterEach
    void stop() {
        provider.deactivate();
        logger.detachAppender(log);
        logger.setLevel(null);
        assertThat(controller.listeners()).isZero();
    }

    private FlowRuleBatchOperation batch(long id, FlowRuleOperation operation, FlowRule... rules) {
        return new FlowRuleBatchOperation(
                Arrays.stream(rules).map(rule -> new FlowRuleBatchEntry(operation, rule)).collect(Collectors.toList()),
                sw.deviceId(), id);
    }

    private FlowRule rule(int inPort) {
        return Rules.forwarding(sw.deviceId(), inPort);
    }

    private CompletedBatchOperation result(long id) {
        return core.completed.get(id);
    }

    private String logged() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).collect(Collectors.joining("\n"));
    }

    @Test
    void aBatchGoesOutInOneWriteAndTheBarrierLast() {
        FlowRule[] rules = IntStream.rangeClosed(1, 2_000).mapToObj(this::rule).toArray(FlowRule[]::new);
        provider.executeBatch(batch(9, FlowRuleOperation.ADD, rules));
        assertThat(sw.writes).containsExactly(2_001);
        OFMessage last = sw.sent.get(2_000);
        assertThat(last).isInstanceOf(OFBarrierRequest.class);
        assertThat(last.getXid()).isEqualTo(9);
        Set<Long> cookies = sw.sent(OFFlowAdd.class).stream().map(add -> add.getCookie().getValue()).collect(Collectors.toSet());
        assertThat(cookies).containsExactlyInAnyOrderElementsOf(
                Arrays.stream(rules).map(rule -> rule.id().value()).collect(Collectors.toSet()));
        assertThat(result(9)).isNull();
    }

    @Test
    void theBarrierReplyCompletesTheBatch() {
        provider.executeBatch(batch(9, FlowRuleOperation.ADD, rule(1), rule(2)));
        controller.arrive(sw, Replies.barrier(9));
        assertThat(result(9).isSuccess()).isTrue();
        assertThat(result(9).failedItems()).isEmpty();
        assertThat(result(9).deviceId()).isEqualTo(sw.deviceId());
    }

    @Test
    void aRefusalBySwitchFailsThatRuleAlone() {
        FlowRule bad = rule(2);
        provider.executeBatch(batch(9, FlowRuleOperation.ADD, rule(1), bad, rule(3)));
        OFFlowMod refused = sw.sent(OFFlowMod.class).stream()
                .filter(mod -> mod.getCookie().getValue() == bad.id().value()).findFirst().orElseThrow();
        controller.arrive(sw, Replies.refusal(refused));
        controller.arrive(sw, Replies.barrier(9));
        assertThat(result(9).isSuccess()).isFalse();
        assertThat(result(9).failedItems()).containsExactly(bad);
        assertThat(logged()).contains("TABLE_FULL");
    }

    @Test
    void aRuleWithAnUnknownMeterCountsAsTakenAsItDoesOnStock() {
        FlowRule bad = rule(2);
        provider.executeBatch(batch(9, FlowRuleOperation.ADD, rule(1), bad));
        OFFlowMod refused = sw.sent(OFFlowMod.class).stream()
                .filter(mod -> mod.getCookie().getValue() == bad.id().value()).findFirst().orElseThrow();
        controller.arrive(sw, Wire.OF13.errorMsgs().buildMeterModFailedErrorMsg().setXid(9)
                .setCode(OFMeterModFailedCode.INVALID_METER)
                .setData(OFErrorCauseData.of(Wire.bytes(refused), OFVersion.OF_13)).build());
        controller.arrive(sw, Replies.barrier(9));
        assertThat(result(9).isSuccess()).isTrue();
    }

    @Test
    void aRefusalThatDoesNotSayOfWhatFailsAll() {
        provider.executeBatch(batch(9, FlowRuleOperation.ADD, rule(1), rule(2)));
        controller.arrive(sw, Replies.refusal(9, new byte[0]));
        controller.arrive(sw, Replies.barrier(9));
        assertThat(result(9).failedItems()).containsExactlyInAnyOrder(rule(1), rule(2));
    }

    @Test
    void aRefusalOfAnotherKindOfMessageWithTheSameNumberFailsNothing() {
        provider.executeBatch(batch(9, FlowRuleOperation.ADD, rule(1)));
        OFMessage meter = Wire.OF13.buildMeterMod().setXid(9).setMeterId(9)
                .setCommand(OFMeterModCommand.ADD).build();
        controller.arrive(sw, Replies.refusal(9, Wire.bytes(meter)));
        controller.arrive(sw, Replies.barrier(9));
        assertThat(result(9).isSuccess()).isTrue();
    }

    @Test
    void anUnsupportedInstructionFailsTheBatchWithAReasonAndTheRestIsSent() {
        FlowRule bad = Rules.unsupported(sw.deviceId(), 7);
        provider.executeBatch(batch(9, FlowRuleOperation.ADD, rule(1), bad));
        assertThat(sw.sent(OFFlowAdd.class)).hasSize(1);
        controller.arrive(sw, Replies.barrier(9));
        assertThat(result(9).isSuccess()).isFalse();
        assertThat(result(9).failedItems()).containsExactly(bad);
        assertThat(logged()).contains("Batch 9").contains("MPLS_PUSH").contains("is not supported");
    }

    @Test
    void aBatchOfWhichNothingCanBeSentFailsAtOnce() {
        provider.executeBatch(batch(9, FlowRuleOperation.ADD, Rules.unsupported(sw.deviceId(), 7)));
        assertThat(sw.sent).isEmpty();
        assertThat(result(9).isSuccess()).isFalse();
    }

    @Test
    void withoutTheSwitchABatchFailsAtOnce() {
        controller.disconnect(sw);
        provider.executeBatch(batch(9, FlowRuleOperation.ADD, rule(1)));
        assertThat(result(9).failedItems()).containsExactly(rule(1));
    }

    @Test
    void theBarrierOfAnotherSwitchCompletesNothing() {
        FakeSwitch other = controller.connect(new FakeSwitch(2));
        provider.executeBatch(batch(9, FlowRuleOperation.ADD, rule(1)));
        controller.arrive(other, Replies.barrier(9));
        assertThat(result(9)).isNull();
    }

    @Test
    void aBatchWithoutReplyExpires() throws InterruptedException {
        provider.modified(ComponentSettings.of(OpenFlowRuleProvider.Settings.class, Map.of("batchExpiryMillis", 1)));
        provider.executeBatch(batch(9, FlowRuleOperation.ADD, rule(1), rule(2)));
        Instant deadline = Instant.now().plus(Duration.ofSeconds(10));
        while (result(9) == null && Instant.now().isBefore(deadline)) {
            Thread.sleep(20);
        }
        assertThat(result(9).isSuccess()).isFalse();
        assertThat(result(9).failedItems()).containsExactlyInAnyOrder(rule(1), rule(2));
    }

    @Test
    void removalIsStrict() {
        provider.executeBatch(batch(9, FlowRuleOperation.REMOVE, rule(1)));
        assertThat(sw.sent(OFFlowDeleteStrict.class)).hasSize(1);
    }

    @Test
    void rulesOutsideOfABatchAreSentOneByOneAndRefusedByException() {
        assertThatThrownBy(() -> provider.applyFlowRule(rule(1), Rules.unsupported(sw.deviceId(), 7), rule(2)))
                .isInstanceOf(UnsupportedOperationException.class).hasMessageContaining("MPLS_PUSH");
        provider.removeFlowRule(rule(3));
        assertThat(sw.sent(OFFlowAdd.class)).hasSize(2);
        assertThat(sw.sent(OFFlowDeleteStrict.class)).hasSize(1);
    }

    @Test
    void anyFlowStatisticsCountAsAPoll() {
        provider.applyFlowRule(rule(1), rule(2));
        List<OFFlowMod> mods = sw.sent(OFFlowMod.class);
        controller.arrive(sw, Replies.statistics(
                mods.stream().map(mod -> Replies.entry(mod, 3, 10, 640)).collect(Collectors.toList())));
        assertThat(core.polls).hasSize(1);
        List<FlowEntry> seen = new ArrayList<>(core.polls.get(0));
        assertThat(seen).hasSize(2).allSatisfy(entry -> assertThat(entry.bytes()).isEqualTo(640));
        assertThat(seen.get(0).exactMatch(rule(1))).isTrue();
    }

    @Test
    void aRemovalByTheSwitchIsTold() {
        provider.applyFlowRule(rule(1));
        controller.arrive(sw, Replies.removed(sw.sent(OFFlowMod.class).get(0)));
        assertThat(core.removed).hasSize(1);
        FlowEntry removed = core.removed.get(0);
        assertThat((Object) removed).isEqualTo(rule(1));
        assertThat(removed.reason()).isEqualTo(FlowRule.FlowRemoveReason.DELETE);
        assertThat(removed.packets()).isEqualTo(5);
    }

    @Test
    void aSwitchThatGoesAwayWhileItIsAddedIsNotAsked() throws InterruptedException {
        FakeSwitch brief = new FakeSwitch(2) {
            @Override
            public OFFeaturesReply features() {
                controller.disconnect(this);
                return super.features();
            }
        };
        controller.connect(brief);
        FakeSwitch staying = controller.connect(new FakeSwitch(3));
        Instant deadline = Instant.now().plus(Duration.ofSeconds(10));
        while (staying.sent(OFStatsRequest.class).size() < 2 && Instant.now().isBefore(deadline)) {
            Thread.sleep(20);
        }
        assertThat(staying.sent(OFStatsRequest.class)).as("rules and tables").hasSize(2);
        assertThat(brief.sent).isEmpty();
    }

    @Test
    void badSettingsAreNotTaken() {
        provider.modified(ComponentSettings.of(OpenFlowRuleProvider.Settings.class, Map.of("flowPollFrequency", 0)));
        assertThat(logged()).contains("flowPollFrequency=0");
    }

    @Test
    void settingsAreDeclaredAsTheyAre() throws Exception {
        Map<String, String> inCode = ComponentSettings.inCode(OpenFlowRuleProvider.Settings.class);
        assertThat(ComponentSettings.declared(OpenFlowRuleProvider.class)).isEqualTo(inCode);
        assertThat(inCode).containsEntry("flowPollFrequency", "INTEGER|5")
                .containsEntry("batchExpiryMillis", "INTEGER|10000")
                .containsEntry("pausePollsUnderLoad", "BOOLEAN|true");
    }
}
