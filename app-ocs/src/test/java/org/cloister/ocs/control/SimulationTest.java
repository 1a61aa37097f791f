package org.cloister.ocs.control;

import org.junit.jupiter.api.Test;
import org.cloister.testing.Reports;
import org.cloister.driver.ocs.session.CircuitNames;
import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitState;
import org.cloister.driver.ocs.session.CircuitStatus;
import org.cloister.ocs.api.CircuitRefusedException;
import org.cloister.ocs.api.DemandPhase;
import org.cloister.ocs.api.DemandStatus;
import org.cloister.ocs.api.OpticalCircuit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Owners that change their minds, mirrors that fail, sessions that break, a store that falls silent and a node that is
 * killed at any moment, in virtual time; the same seed is the same run. A referee looks at everything that a switch is
 * told to remove, and in the end at what is left.
 */
class SimulationTest {

    private static final int SHORT = 60;
    private static final int FULL = 2000;
    private static final int STEPS = 40;
    private static final Duration LONGEST = Duration.ofMinutes(3);

    @Test
    void nothingIsHalfDoneAndNobodyLosesWhatItHas() throws Exception {
        Reports.clear("circuit-simulation");
        int runs = Reports.isFull() ? FULL : SHORT;
        Map<DemandPhase, Integer> ends = new EnumMap<>(DemandPhase.class);
        int transactions = 0;
        for (long seed = 1; seed <= runs; seed++) {
            try {
                Run run = new Run(seed);
                run.go();
                run.ends.forEach((phase, count) -> ends.merge(phase, count, Integer::sum));
                transactions += run.transactions();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
        Reports.write("circuit-simulation", true, Map.of("runs", runs, "transactions", transactions, "ends", ends));
        assertThat(ends.get(DemandPhase.ESTABLISHED)).isGreaterThan(runs / 2);
    }

    /** One run. */
    private static final class Run {

        private final Random random;
        private final Bench bench;
        private final Map<DemandPhase, Integer> ends = new EnumMap<>(DemandPhase.class);
        private final Set<String> owners = new HashSet<>();
        private final Map<String, Set<CircuitPorts>> foreign = new TreeMap<>();

        Run(long seed) {
            random = new Random(seed * 0x9e3779b97f4a7c15L);
            bench = new Bench(seed);
            for (String name : List.of("ocs-1", "ocs-2")) {
                SimulatedSwitch each = bench.optics.add(name, 8);
                foreign.put(name, new HashSet<>());
                each.violations = what -> {
                    throw new AssertionError(what);
                };
                each.deleting = circuit -> judge(name, circuit);
            }
            bench.optics.optics = Duration.ofMillis(random.nextInt(6000));
            bench.start();
            bench.time.pass(Duration.ofSeconds(1));
        }

        /** Nobody's established circuit goes while it works, and nobody else's ever. */
        private void judge(String name, CircuitState circuit) {
            if (!CircuitNames.areOurs(circuit.name().orElse(""))) {
                throw new AssertionError("foreign " + circuit + " is removed from " + name);
            }
            OpticalCircuit removed = OpticalCircuit.of(name, circuit.ports().one(), circuit.ports().other());
            bench.circuits.demands().values().stream()
                    .filter(demand -> demand.phase() == DemandPhase.ESTABLISHED && demand.circuits().contains(removed)
                            && circuit.status() == CircuitStatus.CONNECTED)
                    .findFirst().ifPresent(demand -> {
                        throw new AssertionError(removed + " of " + demand + " is removed");
                    });
        }

        void go() {
            for (int step = 0; step < STEPS; step++) {
                disturb();
                bench.time.pass(Duration.ofMillis(random.nextInt(random.nextBoolean() ? 60 : 8000)));
            }
            mend();
            settle();
            judgeEnd();
        }

        private void disturb() {
            SimulatedSwitch at = at();
            String port = String.valueOf(1 + random.nextInt(at.size));
            switch (random.nextInt(16)) {
                case 0:
                case 1:
                case 2:
                case 3:
                case 4:
                    demand("slice:" + random.nextInt(5));
                    break;
                case 5:
                    end("slice:" + random.nextInt(5));
                    break;
                case 6:
                    bench.kill();
                    bench.time.pass(Duration.ofMillis(random.nextInt(20_000)));
                    bench.storage.silent(false);
                    bench.start();
                    break;
                case 7:
                    if (at.connected) {
                        at.disconnect();
                    } else {
                        at.connect();
                    }
                    break;
                case 8:
                    at.reboot();
                    break;
                case 9:
                    at.stuck.clear();
                    at.invalid.clear();
                    at.misSteered.clear();
                    at.dark.clear();
                    at.touched();
                    break;
                case 10:
                    at.stuck.add(port);
                    break;
                case 11:
                    at.invalid.add(port);
                    break;
                case 12:
                    at.misSteered.put(port, String.valueOf(1 + Integer.parseInt(port) % at.size));
                    break;
                case 13:
                    at.silentAnswer = true;
                    break;
                case 14:
                    bench.storage.silent(random.nextBoolean());
                    break;
                default:
                    somebodyElse(at);
                    break;
            }
        }

        private SimulatedSwitch at() {
            return bench.at(random.nextBoolean() ? "ocs-1" : "ocs-2");
        }

        private void demand(String owner) {
            Set<OpticalCircuit> wanted = new HashSet<>();
            for (int each = 0; each <= random.nextInt(3); each++) {
                SimulatedSwitch at = at();
                int one = 1 + random.nextInt(at.size);
                OpticalCircuit circuit = Bench.circuit(at.name, one, 1 + (one + random.nextInt(at.size - 1)) % at.size);
                if (wanted.stream().noneMatch(circuit::meets)) {
                    wanted.add(circuit);
                }
            }
            try {
                bench.circuits.demand(owner, wanted);
                owners.add(owner);
            } catch (CircuitRefusedException e) {
                bench.time.pass(Duration.ofMillis(1));
            }
        }

        private void end(String owner) {
            try {
                if (random.nextBoolean()) {
                    bench.circuits.release(owner);
                } else {
                    bench.circuits.disconnect(owner);
                }
            } catch (CircuitRefusedException e) {
                bench.time.pass(Duration.ofMillis(1));
            }
        }

        private void somebodyElse(SimulatedSwitch at) {
            int one = 1 + random.nextInt(at.size);
            CircuitPorts ports = SimulatedSwitch.ports(one, 1 + one % at.size);
            if (!at.isPending() && at.circuits().keySet().stream().noneMatch(ports::meets)) {
                at.put(ports, "somebody");
                foreign.get(at.name).add(ports);
            }
        }

        private void mend() {
            bench.storage.silent(false);
            bench.optics.switches.values().forEach(each -> {
                each.stuck.clear();
                each.invalid.clear();
                each.misSteered.clear();
                each.dark.clear();
                each.silentAnswer = false;
                // mirrors go where they should
                each.mirrors.clear();
                each.circuits().values().stream().filter(circuit -> circuit.status() == CircuitStatus.CONNECTED)
                        .forEach(circuit -> {
                            each.mirrors.put(circuit.ports().one(), circuit.ports().other());
                            each.mirrors.put(circuit.ports().other(), circuit.ports().one());
                        });
                each.touched();
                each.connect();
            });
        }

        private void settle() {
            bench.time.until("rest in place of " + bench.circuits.demands(), LONGEST.multipliedBy(3), this::rests);
            // whoever waits for the next attempt at what was lost gets it
            bench.circuits.demands().values().stream().filter(demand -> demand.phase() == DemandPhase.BROKEN)
                    .forEach(demand -> bench.circuits.demand(demand.owner(), demand.circuits()));
            bench.time.pass(LONGEST);
            bench.time.until("rest in place of " + bench.circuits.demands(), LONGEST, this::rests);
        }

        private boolean rests() {
            return bench.circuits.demands().values().stream().allMatch(demand ->
                    demand.phase() == DemandPhase.ESTABLISHED || demand.phase() == DemandPhase.FAILED
                            || demand.phase() == DemandPhase.BROKEN);
        }

        private void judgeEnd() {
            assertThat(bench.storage.map("cloister-circuit-debts").size()).as("debts").isZero();
            for (SimulatedSwitch each : bench.optics.switches.values()) {
                assertThat(each.isPending()).as("%s waits for confirmation", each.name).isFalse();
                Set<String> ports = new HashSet<>();
                each.circuits().keySet().forEach(circuit -> assertThat(ports.add(circuit.one())
                        & ports.add(circuit.other())).as("%s twice used on %s", circuit, each.name).isTrue());
            }
            SortedMap<OpticalCircuit, CircuitStatus> shown = new TreeMap<>();
            bench.optics.switches.forEach((name, each) -> each.circuits().forEach((ports, state) ->
                    shown.put(OpticalCircuit.of(name, ports.one(), ports.other()), state.status())));
            Map<OpticalCircuit, String> taken = new HashMap<>();
            List<DemandStatus> established = new ArrayList<>();
            for (DemandStatus demand : bench.circuits.demands().values()) {
                ends.merge(demand.phase(), 1, Integer::sum);
                if (demand.phase() == DemandPhase.ESTABLISHED) {
                    established.add(demand);
                    demand.circuits().forEach(circuit -> assertThat(shown.get(circuit)).as("%s of %s", circuit, demand)
                            .isEqualTo(CircuitStatus.CONNECTED));
                } else {
                    assertThat(demand.reason()).as("%s", demand).isPresent();
                    assertThat(demand.phase() == DemandPhase.FAILED || isHindered(demand)).as("%s", demand).isTrue();
                }
            }
            established.forEach(demand -> demand.circuits().forEach(circuit -> taken.put(circuit, demand.owner())));
            taken.keySet().forEach(circuit -> assertThat(taken.keySet().stream()
                    .filter(other -> !other.equals(circuit) && other.meets(circuit))).isEmpty());
        }

        /** Somebody else or a quarantine is where a lost circuit was. */
        private boolean isHindered(DemandStatus demand) {
            Optional<OpticalCircuit> free = demand.troubles().keySet().stream().filter(circuit ->
                    bench.at(circuit.opticalSwitch()).circuits().entrySet().stream().noneMatch(each ->
                            foreign.get(circuit.opticalSwitch()).contains(each.getKey())
                                    && circuit.meets(Bench.circuit(circuit.opticalSwitch(),
                                    Integer.parseInt(each.getKey().one()), Integer.parseInt(each.getKey().other())))))
                    .filter(circuit -> bench.circuits.view().switches().stream()
                            .filter(each -> each.name().equals(circuit.opticalSwitch()))
                            .flatMap(each -> each.ports().stream()).noneMatch(port -> port.quarantine().isPresent()
                                    && (port.name().equals(circuit.one()) || port.name().equals(circuit.other()))))
                    .findFirst();
            return free.isEmpty();
        }

        int transactions() {
            return bench.optics.switches.values().stream().mapToInt(each -> each.transactions).sum();
        }
    }
}
