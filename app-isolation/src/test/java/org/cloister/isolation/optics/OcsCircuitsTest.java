package org.cloister.isolation.optics;

import org.cloister.isolation.control.environment.CircuitDemand;
import org.cloister.isolation.control.environment.CircuitDemand.Phase;
import org.cloister.isolation.fabric.Circuit;
import org.cloister.isolation.fabric.Optics;
import org.cloister.ocs.FakeCircuitService;
import org.cloister.ocs.api.CircuitRefusedException.Reason;
import org.cloister.ocs.api.DemandPhase;
import org.cloister.ocs.api.OpticalCircuit;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** What slices see of the circuit service. */
class OcsCircuitsTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2024-01-01T00:00:00Z"), ZoneOffset.UTC);

    private final FakeCircuitService service = new FakeCircuitService(CLOCK).withSwitch("ocs-1", 8)
            .withSwitch("ocs-2", 4);
    private final OcsCircuits circuits = new OcsCircuits(service);

    private static SortedSet<Circuit> wanted(Circuit... those) {
        return new TreeSet<>(List.of(those));
    }

    @Test
    void switchesWithTheirPortsAndTroublesAreSeen() {
        service.trouble("ocs-2", "connection refused");
        service.quarantine("ocs-1", "3", "no light came out");

        Optics optics = circuits.optics();

        assertThat(optics.watched()).isTrue();
        assertThat(optics.switches().get("ocs-1").available()).isTrue();
        assertThat(optics.switches().get("ocs-1").ports()).contains("1", "8").hasSize(8);
        assertThat(optics.switches().get("ocs-1").unusable()).containsOnlyKeys("3");
        assertThat(optics.switches().get("ocs-1").unusable().get("3")).contains("no light came out");
        assertThat(optics.switches().get("ocs-2").available()).isFalse();
        assertThat(optics.switches().get("ocs-2").trouble()).contains("connection refused");
    }

    @Test
    void circuitsOfOthersAndThoseDemandedDirectlyAreTold() {
        service.withForeign(OpticalCircuit.of("ocs-1", "1", "2")).withCircuit(OpticalCircuit.of("ocs-1", "3", "4"));
        service.demand("admin:ocs-1:5:6", Set.of(OpticalCircuit.of("ocs-1", "5", "6")));
        circuits.demand("slice:job", wanted(Circuit.of("ocs-1", "7", "8")));

        SortedSet<Circuit> seen = circuits.optics().circuits();

        assertThat(seen).hasSize(4).allMatch(Circuit::connected);
        assertThat(seen).filteredOn(Circuit::foreign).containsExactly(seen.first());
        assertThat(seen).filteredOn(Circuit::claimed).extracting(Circuit::one).containsExactly("5");
        assertThat(seen).filteredOn(Circuit::fixed).hasSize(2);
    }

    @Test
    void whatIsWantedAndNotThereIsPlanned() {
        service.hold();
        circuits.demand("slice:job", wanted(Circuit.of("ocs-1", "7", "8")));

        assertThat(circuits.optics().circuits()).singleElement()
                .satisfies(circuit -> assertThat(circuit.state()).isEqualTo(Circuit.PLANNED));
    }

    @Test
    void demandsOfSlicesAreFollowed() {
        AtomicInteger told = new AtomicInteger();
        circuits.addListener(told::incrementAndGet);
        service.hold();
        Circuit circuit = Circuit.of("ocs-1", "7", "8");
        assertThat(circuits.demand("slice:job", wanted(circuit))).isEmpty();
        service.demand("admin:ocs-1:5:6", Set.of(OpticalCircuit.of("ocs-1", "5", "6")));

        assertThat(circuits.demands()).containsOnlyKeys("slice:job");
        assertThat(demand().circuits()).containsExactly(circuit);
        for (DemandPhase phase : List.of(DemandPhase.DRAINING, DemandPhase.TUNING, DemandPhase.ROLLING_BACK)) {
            service.phase("slice:job", phase);
            assertThat(demand().phase()).isEqualTo(Phase.UNDER_WAY);
            assertThat(demand().step()).isEqualTo(phase.name());
        }
        service.establish("slice:job");
        assertThat(demand().phase()).isEqualTo(Phase.ESTABLISHED);
        assertThat(demand().phaseMillis()).containsKeys("setting", "verifying");
        service.breaks("slice:job", OpticalCircuit.of("ocs-1", "7", "8"), "port 8 is dark");
        assertThat(demand().phase()).isEqualTo(Phase.BROKEN);
        assertThat(demand().troubles()).containsEntry(circuit, "port 8 is dark");
        service.fail("slice:job", "port 8 is broken");
        assertThat(demand().phase()).isEqualTo(Phase.FAILED);
        assertThat(demand().reason()).contains("port 8 is broken");
        assertThat(told).hasPositiveValue();

        assertThat(circuits.release("slice:job")).isEmpty();
        assertThat(circuits.demands()).isEmpty();
    }

    private CircuitDemand demand() {
        return circuits.demands().get("slice:job");
    }

    @Test
    void refusalsAreAnswersAndNotFailures() {
        for (Reason reason : Reason.values()) {
            service.refuseNext(reason, "because of " + reason);
            assertThat(circuits.demand("slice:job", wanted(Circuit.of("ocs-1", "7", "8")))).as("%s", reason)
                    .isPresent();
        }
        assertThat(circuits.demands()).isEmpty();
    }
}
