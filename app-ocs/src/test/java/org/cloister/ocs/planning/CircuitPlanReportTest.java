package org.cloister.ocs.planning;

import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitState;
import org.cloister.driver.ocs.session.CircuitStatus;
import org.cloister.driver.ocs.session.ImmutableSnapshot;
import org.cloister.ocs.api.OpticalCircuit;
import org.cloister.testing.Reports;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** What the difference of a large switch takes; written into a report, not judged here. */
class CircuitPlanReportTest {

    private static final int PORTS = 576;
    private static final int WARM_UP = 20;
    private static final int RUNS = 60;

    @Test
    void everyCircuitOfALargeSwitchMoves() throws Exception {
        int[] ports = IntStream.rangeClosed(1, PORTS).toArray();
        ImmutableSnapshot.Builder snapshot = PlannerTest.snapshot(PORTS);
        matching(ports).forEach(circuit -> {
            CircuitPorts pair = CircuitPorts.of(circuit.one(), circuit.other());
            snapshot.putCircuits(pair, CircuitState.builder().ports(pair).status(CircuitStatus.CONNECTED)
                    .name("cloister:" + pair.one() + ":" + pair.other()).build());
        });
        SwitchFacts facts = PlannerTest.facts(snapshot.build());
        Random random = new Random(7);
        for (int port = ports.length - 1; port > 0; port--) {
            int other = random.nextInt(port + 1);
            int taken = ports[port];
            ports[port] = ports[other];
            ports[other] = taken;
        }
        SortedSet<OpticalCircuit> wanted = matching(ports);
        double[] millis = new double[RUNS];
        int changes = 0;
        for (int run = -WARM_UP; run < RUNS; run++) {
            long began = System.nanoTime();
            Situation situation = Situation.builder().putSwitches("ocs", facts)
                    .putHeld("slice:other", new TreeSet<>()).build();
            Planned planned = CircuitPlanner.plan(situation, "slice:a", wanted);
            SortedMap<String, SwitchChange> change = SwitchChange.of(planned.plan().removes(),
                    planned.plan().makes());
            assertThat(change.get("ocs").objection(facts)).isEmpty();
            if (run >= 0) {
                millis[run] = (System.nanoTime() - began) / 1e6;
            }
            changes = planned.plan().removes().size() + planned.plan().makes().size();
        }
        Arrays.sort(millis);
        assertThat(changes).isGreaterThan(PORTS / 2);
        Reports.write("circuit-plan", true, Map.of("ports", PORTS, "changes", changes, "runs", RUNS,
                "p50Millis", millis[RUNS / 2], "maxMillis", millis[RUNS - 1]));
    }

    private static SortedSet<OpticalCircuit> matching(int[] ports) {
        return IntStream.range(0, ports.length / 2).mapToObj(each -> OpticalCircuit.of("ocs",
                String.valueOf(ports[2 * each]), String.valueOf(ports[2 * each + 1])))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
