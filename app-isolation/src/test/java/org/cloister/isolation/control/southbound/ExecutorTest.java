package org.cloister.isolation.control.southbound;

import org.cloister.isolation.control.Bench;
import org.cloister.isolation.control.environment.ImmutableServices;
import org.cloister.isolation.control.plan.Operation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleOperations;
import org.onosproject.net.flow.FlowRuleServiceAdapter;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** What the executor makes of ONOS's answers, also of those that come late or never. */
class ExecutorTest {

    private static final DeviceId DEVICE = DeviceId.deviceId("of:0000000000000011");
    private static final FlowRule RULE = DefaultFlowRule.builder().forDevice(DEVICE).withPriority(1)
            .withSelector(DefaultTrafficSelector.emptySelector())
            .withTreatment(DefaultTrafficTreatment.builder().drop().build())
            .fromApp(new DefaultApplicationId(42, "org.cloister")).makePermanent().build();

    private final Bench bench = Bench.small();
    private final ScheduledExecutorService stopped = Executors.newSingleThreadScheduledExecutor();
    private FlowRuleOperations sent;

    @BeforeEach
    void start() {
        bench.start();
    }

    @AfterEach
    void stop() {
        stopped.shutdownNow();
    }

    private Executor executor(ScheduledExecutorService thread) {
        return new Executor(ImmutableServices.builder().from(bench.services(Bench.NODE, bench.store))
                .flowRules(new FlowRuleServiceAdapter() {
                    @Override
                    public void apply(FlowRuleOperations operations) {
                        sent = operations;
                    }
                })
                .switchErrors(rule -> Optional.of("the switch answers TABLE_FULL"))
                .control(thread).build(), (device, tags) -> { }, rule -> false, () -> true);
    }

    @Test
    void anAnswerAfterTheStopDoesNotFailOnOnosThread() {
        executor(stopped).apply(new Operation.Apply(DEVICE, List.of(RULE), List.of()));
        stopped.shutdownNow();
        assertThatCode(() -> {
            sent.callback().onError(sent);
            sent.callback().onSuccess(sent);
        }).doesNotThrowAnyException();
    }

    @Test
    void whatASwitchSaysOfARuleIsTheReasonOfARefusalAndNotOfSilence() {
        Executor executor = executor(bench.time);
        executor.apply(new Operation.Apply(DEVICE, List.of(RULE), List.of()));
        sent.callback().onError(sent);
        bench.time.pass(Duration.ofMillis(1));
        assertThat(executor.failures(DEVICE).get(RULE).reason()).startsWith("the switch answers TABLE_FULL: table 0");
        sent.callback().onSuccess(sent);
        bench.time.pass(Duration.ofMillis(1));

        executor.apply(new Operation.Apply(DEVICE, List.of(RULE), List.of()));
        bench.time.pass(Duration.ofSeconds(13));
        assertThat(executor.failures(DEVICE).get(RULE).attempts()).isEqualTo(2);
        assertThat(executor.failures(DEVICE).get(RULE).reason()).startsWith("no answer within 12 s: table 0");
    }
}
