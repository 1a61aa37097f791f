package org.cloister.ocs.control;

import org.cloister.ocs.api.DemandPhase;
import org.cloister.ocs.api.DemandStatus;
import org.cloister.ocs.api.OpticalCircuit;
import org.cloister.ocs.metrics.CircuitMetrics;
import org.cloister.ocs.metrics.PrometheusCircuitMetrics;
import org.cloister.testing.FakeLeadership;
import org.cloister.testing.Lane;
import org.cloister.testing.MemoryStorage;
import org.cloister.testing.VirtualTime;
import org.onosproject.cluster.NodeId;
import org.onosproject.mastership.MastershipServiceAdapter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One node in virtual time, with simulated switches; it can be killed, and another one started in its place. */
final class Bench {

    final VirtualTime time = new VirtualTime();
    final SimulatedOptics optics;
    final MemoryStorage storage = new MemoryStorage();
    final PrometheusCircuitMetrics metrics = new PrometheusCircuitMetrics();
    /** Phases of each demand in the order in which they were seen. */
    final List<String> seen = new ArrayList<>();
    ImmutableLimits limits = ImmutableLimits.builder().build();
    CircuitControl circuits;
    private Lane lane;
    private long term;

    Bench(long seed) {
        optics = new SimulatedOptics(time, seed);
    }

    static Bench of(String... switches) {
        Bench bench = new Bench(1);
        for (String each : switches) {
            bench.optics.add(each, 16);
        }
        bench.start();
        bench.time.pass(Duration.ofSeconds(1));
        return bench;
    }

    /** Starts a node, the leader of a new term. */
    void start() {
        lane = new Lane(time);
        NodeId id = NodeId.nodeId("node-" + ++term);
        FakeLeadership leadership = new FakeLeadership(id);
        for (int earlier = 0; earlier < term; earlier++) {
            leadership.choose(CircuitControl.TOPIC, id);
        }
        circuits = new CircuitControl(ImmutableServices.builder().local(id).leadership(leadership)
                .mastership(new MastershipServiceAdapter()).mastershipAdmin(new NoMastership()).storage(storage)
                .storeEvents(lane).sessions(optics).packets(optics).fibres(() -> Optional.of(optics))
                .metrics((CircuitMetrics) metrics).clock(time.clock()).limits(() -> limits).control(lane).build());
        circuits.start();
        circuits.addListener(this::look);
    }

    private void look() {
        circuits.demands().values().forEach(demand -> {
            String now = demand.owner() + " " + demand.phase();
            if (seen.isEmpty() || !seen.get(seen.size() - 1).equals(now)) {
                seen.add(now);
            }
        });
    }

    /** Ends the node between two steps, as a kill does: nothing of it runs any more. */
    void kill() {
        lane.kill();
        optics.forgetListeners();
    }

    SimulatedSwitch at(String name) {
        return optics.switches.get(name);
    }

    static OpticalCircuit circuit(String name, int one, int other) {
        return OpticalCircuit.of(name, String.valueOf(one), String.valueOf(other));
    }

    void demand(String owner, OpticalCircuit... wanted) {
        circuits.demand(owner, Set.of(wanted));
    }

    DemandStatus status(String owner) {
        return circuits.demand(owner).orElseThrow();
    }

    /** Lets time pass until a demand comes to a phase. */
    DemandStatus until(String owner, DemandPhase phase) {
        time.until(owner + " " + phase + " in place of " + circuits.demand(owner), Duration.ofMinutes(3),
                () -> circuits.demand(owner).filter(each -> each.phase() == phase).isPresent());
        return status(owner);
    }

    void establish(String owner, OpticalCircuit... wanted) {
        demand(owner, wanted);
        until(owner, DemandPhase.ESTABLISHED);
    }
}
