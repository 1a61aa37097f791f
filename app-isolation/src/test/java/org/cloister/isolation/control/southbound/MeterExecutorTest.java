package org.cloister.isolation.control.southbound;

import org.cloister.isolation.control.Bench;
import org.cloister.isolation.control.environment.ImmutableServices;
import org.cloister.isolation.control.observed.Failure;
import org.cloister.isolation.control.observed.MeterSize;
import org.cloister.isolation.control.plan.Operation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.net.DeviceId;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** Calls of ONOS's meter service that take long, fail, or come when another leader has taken over. */
class MeterExecutorTest {

    private static final MeterSize SIZE = MeterSize.of(10_000_000, 2_500_000);

    private final Bench bench = Bench.small();
    /** What the thread of the calls has not come to. */
    private final List<Runnable> calls = new ArrayList<>();
    private int ended;
    private MeterExecutor executor;
    private DeviceId device;

    @BeforeEach
    void start() {
        bench.start();
        device = bench.at("leaf-1").device;
        executor = new MeterExecutor(ImmutableServices.builder().from(bench.services(Bench.NODE, bench.store))
                .meterCalls(calls::add).build(), () -> ended++);
    }

    private void submit() {
        executor.apply(new Operation.Meter(device, List.of(SIZE), new TreeMap<>()));
    }

    private void call() {
        calls.remove(0).run();
        bench.time.pass(Duration.ofMillis(1));
    }

    @Test
    void aDeviceIsBusyUntilTheCallsAreMade() {
        submit();
        assertThat(executor.busy(device)).isTrue();
        call();
        assertThat(executor.busy(device)).isFalse();
        assertThat(ended).isEqualTo(1);
        assertThat(bench.meters.submitted()).isEqualTo(1);
    }

    @Test
    void callsThatTakeTooLongAreGivenUp() {
        bench.meters.slow(Duration.ofSeconds(13));
        executor.apply(new Operation.Meter(device, List.of(SIZE, SIZE, SIZE), new TreeMap<>()));
        call();
        assertThat(executor.busy(device)).isFalse();
        assertThat(ended).isEqualTo(1);
        Failure failure = executor.failures(device).get(SIZE);
        assertThat(failure.reason()).contains("no answer");
        assertThat(failure.attempts()).as("the other two were not asked for").isEqualTo(1);
        assertThat(bench.meters.submitted()).isEqualTo(1);
    }

    @Test
    void whoWaitsForItsTurnHasNotFailed() {
        DeviceId other = bench.at("leaf-2").device;
        bench.meters.slow(Duration.ofSeconds(11));
        submit();
        executor.apply(new Operation.Meter(other, List.of(SIZE), new TreeMap<>()));
        call();
        bench.time.pass(Duration.ofSeconds(2));
        assertThat(executor.busy(other)).isTrue();
        call();
        assertThat(executor.busy(other)).isFalse();
        assertThat(executor.failures(other)).isEmpty();
        assertThat(bench.meters.submitted()).isEqualTo(2);
    }

    @Test
    void whatNeverGetsItsTurnIsTakenBack() {
        submit();
        bench.time.pass(Duration.ofSeconds(41));
        assertThat(executor.busy(device)).isFalse();
        assertThat(ended).isEqualTo(1);
        assertThat(executor.failures(device)).isEmpty();
        call();
        assertThat(bench.meters.submitted()).as("not after all").isZero();
        assertThat(ended).isEqualTo(1);
    }

    @Test
    void nothingIsSentForALeaderThatIsNone() {
        submit();
        executor.clear();
        call();
        assertThat(bench.meters.submitted()).isZero();
        assertThat(executor.busy(device)).isFalse();
    }

    @Test
    void aStoreThatDoesNotAnswerIsAFailureThatIsTriedAgainLater() {
        bench.meters.silent(true);
        submit();
        call();
        Failure failure = executor.failures(device).get(SIZE);
        assertThat(failure.attempts()).isEqualTo(1);
        assertThat(failure.notBefore()).isAfter(bench.time.now());
        assertThat(failure.reason()).contains("the store does not answer");
        bench.time.pass(Duration.ofMinutes(5));
        assertThat(executor.failures(device)).as("what nobody tries again is forgotten").isEmpty();
    }

    @Test
    void anIdThatASwitchRefusedIsRememberedAsLongAsOnosHasIt() {
        bench.at("leaf-1").refusesMeters = size -> true;
        submit();
        call();
        bench.time.pass(Duration.ofSeconds(1));
        assertThat(executor.refused(device, Set.of(1L, 2L))).containsExactly(1L);
        assertThat(executor.failures(device).get(SIZE).reason()).contains("OUT_OF_METERS");
        assertThat(executor.refused(device, Set.of(2L))).isEmpty();
        assertThat(executor.refused(device, Set.of(1L, 2L))).isEmpty();
    }
}
