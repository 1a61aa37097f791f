package org.cloister.ocs.api;

import org.cloister.ocs.FakeCircuitService;
import org.junit.jupiter.api.Test;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DirectCircuitsTest {

    private static final OpticalCircuit CIRCUIT = OpticalCircuit.of("ocs-1", "1", "5");
    private static final String OWNER = "admin:ocs-1:1:5";

    private final FakeCircuitService circuits = new FakeCircuitService(
            Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC)).withSwitch("ocs-1", 8);
    /** What this node still remembers, if it has not heard of the last change. */
    private final AtomicReference<Map<String, DemandStatus>> remembered = new AtomicReference<>();
    private int listeners;
    private final DirectCircuits direct = new DirectCircuits((CircuitService) Proxy.newProxyInstance(
            CircuitService.class.getClassLoader(), new Class<?>[] {CircuitService.class},
            (proxy, method, arguments) -> {
                listeners += method.getName().equals("addListener") ? 1
                        : method.getName().equals("removeListener") ? -1 : 0;
                Map<String, DemandStatus> old = remembered.get();
                if (old != null && method.getName().equals("demands")) {
                    return old;
                }
                if (old != null && method.getName().equals("demand") && arguments.length == 1) {
                    return Optional.ofNullable(old.get(arguments[0]));
                }
                try {
                    return method.invoke(circuits, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            }));

    @Test
    void aFailureOfTheLastAttemptIsNotTheOutcomeOfThisOne() {
        circuits.hold();
        direct.connect(CIRCUIT).cancel(false);
        circuits.fail(OWNER, "ocs-1 port 5 stays dark");
        remembered.set(circuits.demands());

        CompletableFuture<DemandStatus> again = direct.connect(CIRCUIT);
        assertThat(again).isNotDone();
        remembered.set(null);
        circuits.establish(OWNER);
        assertThat(again.join().phase()).isEqualTo(DemandPhase.ESTABLISHED);
    }

    @Test
    void nobodyListensOnceNobodyWaits() {
        circuits.hold();
        CompletableFuture<DemandStatus> waiting = direct.connect(CIRCUIT);
        assertThat(listeners).isOne();
        waiting.cancel(false);
        assertThat(listeners).isZero();
        CompletableFuture<DemandStatus> made = direct.connect(CIRCUIT);
        circuits.establish(OWNER);
        assertThat(made).isCompleted();
        assertThat(listeners).isZero();
    }

    @Test
    void whatOthersWantStaysTheirs() {
        circuits.demand("slice:train", Set.of(CIRCUIT));
        assertThatThrownBy(() -> direct.disconnect(CIRCUIT)).isInstanceOf(CircuitRefusedException.class)
                .hasMessageContaining("slice:train");
        assertThat(circuits.demands()).containsOnlyKeys("slice:train");
        direct.connect(CIRCUIT);
        circuits.release("slice:train");
        assertThat(direct.disconnect(CIRCUIT)).hasValueSatisfying(gone -> assertThat(gone).isCompletedWithValue(true));
        assertThat(direct.disconnect(CIRCUIT)).isEmpty();
    }

    @Test
    void whatSomebodyElseMadeCanBeGivenUpAndStays() {
        circuits.hold();
        direct.connect(CIRCUIT).cancel(false);
        circuits.withForeign(CIRCUIT);
        assertThat(direct.disconnect(CIRCUIT)).hasValueSatisfying(gone -> assertThat(gone).isCompletedWithValue(true));
        assertThat(circuits.demands()).isEmpty();
        assertThatThrownBy(() -> direct.disconnect(CIRCUIT)).isInstanceOf(CircuitRefusedException.class)
                .hasMessageContaining("somebody else");
        assertThat(direct.seen(CIRCUIT)).hasValueSatisfying(seen -> assertThat(seen.foreign()).isTrue());
    }

    @Test
    void whatIsAskedForAndNotSeenYetIsPlanned() {
        assertThat(direct.seen(CIRCUIT)).isEmpty();
        SeenCircuit asked = direct.asked(CIRCUIT);
        assertThat(asked.state()).isEqualTo(SeenCircuit.State.PLANNED);
        assertThat(asked.owners()).containsExactly(OWNER);
        assertThat(asked.ports()).containsExactly("1", "5");
    }
}
