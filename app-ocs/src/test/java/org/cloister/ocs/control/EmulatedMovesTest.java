package org.cloister.ocs.control;

import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.lab.ocs.Emulator;
import org.cloister.lab.ocs.Times;
import org.cloister.ocs.api.DemandPhase;
import org.cloister.ocs.api.DemandStatus;
import org.cloister.ocs.api.OpticalCircuit;
import org.cloister.ocs.metrics.PrometheusCircuitMetrics;
import org.cloister.testing.FakeLeadership;
import org.cloister.testing.MemoryStorage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.onosproject.cluster.NodeId;
import org.onosproject.mastership.MastershipServiceAdapter;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Moves through real sessions with the lab's emulators, in real time. */
@Timeout(120)
class EmulatedMovesTest {

    private static final int SECONDS = 60;

    @TempDir
    Path directory;

    private final ScheduledExecutorService control = Executors.newSingleThreadScheduledExecutor();
    private EmulatedSwitches switches;
    private CircuitControl circuits;
    private Emulator first;
    private Emulator second;

    @BeforeEach
    void start() throws Exception {
        switches = new EmulatedSwitches(directory);
        first = switches.add("ocs-1", 16, Times.ofMillis(25, 0));
        second = switches.add("ocs-2", 16, Times.ofMillis(25, 0));
        NodeId local = NodeId.nodeId("local");
        circuits = new CircuitControl(ImmutableServices.builder().local(local).leadership(new FakeLeadership(local))
                .mastership(new MastershipServiceAdapter()).mastershipAdmin(new NoMastership())
                .storage(new MemoryStorage()).storeEvents(Runnable::run).sessions(switches).packets(new NoPackets())
                .fibres(Optional::empty).metrics(new PrometheusCircuitMetrics()).clock(Clock.systemUTC())
                .limits(() -> ImmutableLimits.builder().verifying(Duration.ofSeconds(3))
                        .switching(Duration.ofSeconds(3)).build()).control(control).build());
        circuits.start();
    }

    @AfterEach
    void stop() {
        circuits.stop();
        control.shutdownNow();
        switches.close();
    }

    private static OpticalCircuit circuit(String name, int one, int other) {
        return OpticalCircuit.of(name, String.valueOf(one), String.valueOf(other));
    }

    private DemandStatus until(String owner, DemandPhase... phases) throws Exception {
        return until(owner, status -> Set.of(phases).contains(status.phase()));
    }

    private DemandStatus until(String owner, Predicate<DemandStatus> wanted) throws Exception {
        CompletableFuture<DemandStatus> found = new CompletableFuture<>();
        Runnable look = () -> circuits.demand(owner).filter(wanted).ifPresent(found::complete);
        circuits.addListener(look);
        look.run();
        try {
            return found.get(SECONDS, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new AssertionError("it is " + circuits.demand(owner), e);
        } finally {
            circuits.removeListener(look);
        }
    }

    private Set<CircuitPorts> shown(String name) throws Exception {
        return switches.session(name).orElseThrow().snapshot(Duration.ofSeconds(5)).get(SECONDS, TimeUnit.SECONDS)
                .circuits().keySet();
    }

    @Test
    void demandOverTwoSwitchesIsEstablishedAndConfirmed() throws Exception {
        circuits.demand("slice:a", Set.of(circuit("ocs-1", 1, 5), circuit("ocs-2", 2, 6)));
        DemandStatus status = until("slice:a", DemandPhase.ESTABLISHED, DemandPhase.FAILED);
        assertThat(status.phase()).as("%s", status).isEqualTo(DemandPhase.ESTABLISHED);
        circuits.release("slice:a");
        circuits.demand("slice:b", Set.of(circuit("ocs-1", 1, 6)));
        until("slice:b", DemandPhase.ESTABLISHED);
        assertThat(shown("ocs-1")).containsExactly(CircuitPorts.of("1", "6"));
        assertThat(shown("ocs-2")).containsExactly(CircuitPorts.of("2", "6"));
    }

    @Test
    void allPortsMoveAtOnce() throws Exception {
        circuits.demand("slice:a", matching(0));
        until("slice:a", DemandPhase.ESTABLISHED);
        circuits.release("slice:a");
        circuits.demand("slice:b", matching(1));
        DemandStatus status = until("slice:b", DemandPhase.ESTABLISHED);
        assertThat(shown("ocs-1")).hasSize(8);
        assertThat(status.phaseMillis()).containsKeys("preparing", "setting", "tuning", "verifying");
    }

    private static Set<OpticalCircuit> matching(int shift) {
        return IntStream.range(0, 8).mapToObj(each -> circuit("ocs-1", 1 + each, 9 + (each + shift) % 8))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void mirrorThatIsStuckFailsWithItsPortAndNothingIsLeft() throws Exception {
        first.inject("stuck-mirror", Map.of("port", "5"));
        circuits.demand("slice:a", Set.of(circuit("ocs-1", 1, 5), circuit("ocs-2", 2, 6)));
        DemandStatus failed = until("slice:a", DemandPhase.FAILED, DemandPhase.ESTABLISHED);
        assertThat(failed.phase()).isEqualTo(DemandPhase.FAILED);
        assertThat(failed.reason().orElse("")).contains("ocs-1").contains("5");
        assertThat(shown("ocs-1")).isEmpty();
        assertThat(shown("ocs-2")).isEmpty();
        assertThat(quarantined()).contains("ocs-1/5").doesNotContain("ocs-2/2", "ocs-2/6");
    }

    private Set<String> quarantined() {
        return circuits.view().switches().stream().flatMap(each -> each.ports().stream()
                .filter(port -> port.quarantine().isPresent()).map(port -> each.name() + "/" + port.name()))
                .collect(Collectors.toSet());
    }

    @Test
    void weakLightFails() throws Exception {
        first.inject("degraded-power", Map.of("port", "5", "db", "12"));
        circuits.demand("slice:a", Set.of(circuit("ocs-1", 1, 5)));
        DemandStatus failed = until("slice:a", DemandPhase.FAILED, DemandPhase.ESTABLISHED);
        assertThat(failed.phase()).isEqualTo(DemandPhase.FAILED);
        assertThat(failed.reason().orElse("")).contains("ocs-1").contains("dB");
        assertThat(quarantined()).contains("ocs-1/5");
    }

    @Test
    void entryThatIsFoundInvalidIsRemovedAndTold() throws Exception {
        first.inject("set-then-invalid", Map.of("port", "5"));
        circuits.demand("slice:a", Set.of(circuit("ocs-1", 1, 5)));
        DemandStatus failed = until("slice:a", DemandPhase.FAILED, DemandPhase.ESTABLISHED);
        assertThat(failed.reason().orElse("")).contains("INVALID");
        assertThat(shown("ocs-1")).isEmpty();
    }

    @Test
    void answerThatIsLateIsReadBack() throws Exception {
        second.inject("deadline-but-applied", Map.of("count", "1"));
        circuits.demand("slice:a", Set.of(circuit("ocs-2", 1, 5)));
        DemandStatus status = until("slice:a", DemandPhase.FAILED, DemandPhase.ESTABLISHED);
        assertThat(status.phase()).as("%s", status).isEqualTo(DemandPhase.ESTABLISHED);
        assertThat(shown("ocs-2")).containsExactly(CircuitPorts.of("1", "5"));
    }

    @Test
    void circuitThatLosesItsLightIsBrokenAndMends() throws Exception {
        circuits.demand("slice:a", Set.of(circuit("ocs-1", 1, 5)));
        until("slice:a", DemandPhase.ESTABLISHED);
        first.inject("loss-of-light", Map.of("port", "5"));
        assertThat(until("slice:a", DemandPhase.BROKEN).reason().orElse("")).contains("port 5");
        first.clear("loss-of-light", Map.of("port", "5"));
        until("slice:a", DemandPhase.ESTABLISHED);
    }

    @Test
    void circuitsOutliveAColdReboot() throws Exception {
        circuits.demand("slice:a", Set.of(circuit("ocs-1", 1, 5)));
        until("slice:a", DemandPhase.ESTABLISHED);
        first.inject("cold-reboot", Map.of("millis", "1000"));
        // else the session of before would be taken for one that is open again
        while (switches.session("ocs-1").isPresent()) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        while (switches.session("ocs-1").isEmpty()) {
            try {
                switches.connect("ocs-1");
            } catch (java.util.concurrent.ExecutionException e) {
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
        until("slice:a", DemandPhase.ESTABLISHED);
        TimeUnit.MILLISECONDS.sleep(1000);
        until("slice:a", DemandPhase.ESTABLISHED);
        assertThat(shown("ocs-1")).containsExactly(CircuitPorts.of("1", "5"));
    }
}
