package org.cloister.ocs.control;

import org.cloister.ocs.api.OpticalCircuit;
import org.cloister.ocs.planning.CircuitPlanner;
import org.cloister.ocs.planning.Planned;
import org.cloister.ocs.planning.Situation;
import org.cloister.ocs.planning.SwitchFacts;
import org.cloister.ocs.store.Stored;
import org.cloister.ocs.store.StoredDemand;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One look at everything, and what was decided in it so far. */
final class Pass {

    final Desired desired;
    final Observed observed;
    final Limits limits;
    final Instant now;
    final List<Operation> operations = new ArrayList<>();
    private final SortedMap<String, SortedMap<String, String>> quarantine = new TreeMap<>();

    Pass(Desired desired, Observed observed, Limits limits, Instant now) {
        this.desired = desired;
        this.observed = observed;
        this.limits = limits;
        this.now = now;
        desired.quarantine().values().forEach(port -> quarantine.computeIfAbsent(port.value().opticalSwitch(),
                key -> new TreeMap<>()).put(port.value().port(), port.value().reason()));
    }

    Situation situation(StoredDemand self) {
        return Situation.builder().switches(observed.switches()).held(desired.heldAgainst(self))
                .quarantine(quarantine).unreadable(desired.unreadable()).build();
    }

    Planned plan(StoredDemand demand) {
        return CircuitPlanner.plan(situation(demand), demand.owner(), demand.circuits());
    }

    void write(Stored<StoredDemand> from, StoredDemand next) {
        operations.add(visitor -> visitor.write(from, next));
    }

    void drop(Stored<StoredDemand> demand) {
        operations.add(visitor -> visitor.drop(demand));
    }

    void fly(FlightOrder order) {
        operations.add(visitor -> visitor.fly(order));
    }

    void wake(Instant at) {
        operations.add(Operation.inside(visitor -> visitor.wake(at)));
    }

    /** Returns why a switch cannot be told anything now. */
    Optional<String> trouble(String opticalSwitch) {
        SwitchFacts facts = observed.switches().get(opticalSwitch);
        return facts == null ? Optional.of(opticalSwitch + " is no configured optical switch")
                : facts.trouble().map(why -> opticalSwitch + ": " + why);
    }

    /** Returns what is wrong with a circuit that was established, the most telling first. */
    List<Finding> watch(OpticalCircuit circuit) {
        CircuitSight sight = observed.sight(circuit);
        List<Finding> findings = new ArrayList<>(Optics.inspect(sight, limits));
        findings.addAll(Neighbours.watch(sight, observed::name, limits, now));
        return sorted(findings);
    }

    /** Returns the most telling finding of each circuit that was established and is not as it should be. */
    SortedMap<OpticalCircuit, Finding> watch(Collection<OpticalCircuit> circuits) {
        SortedMap<OpticalCircuit, Finding> troubles = new TreeMap<>();
        circuits.forEach(circuit -> watch(circuit).stream().findFirst()
                .ifPresent(finding -> troubles.put(circuit, finding)));
        return troubles;
    }

    static List<Finding> sorted(List<Finding> findings) {
        return findings.stream().sorted(Comparator.comparing(Finding::kind)).collect(Collectors.toList());
    }
}
