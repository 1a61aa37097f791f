package org.cloister.ocs.control;

import org.cloister.ocs.api.OpticalCircuit;
import org.cloister.ocs.planning.CircuitPlanner;
import org.cloister.ocs.planning.ImmutableSituation;
import org.cloister.ocs.planning.Planned;
import org.cloister.ocs.planning.Situation;
import org.cloister.ocs.planning.SwitchFacts;
import org.cloister.ocs.store.ImmutableStoredDemand;
import org.cloister.ocs.store.Stored;
import org.cloister.ocs.store.StoredDemand;
import org.cloister.ocs.store.StoredQuarantine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One look at everything, and what was decided in it so far. */
final class Pass {

    final Desired desired;
    final Observed observed;
    final Limits limits;
    final Instant now;
    final List<Operation> operations = new ArrayList<>();
    private final SortedMap<String, SortedMap<String, String>> quarantine = new TreeMap<>();
    /** By switch, what this pass notes as ours. */
    private final SortedMap<String, SortedSet<OpticalCircuit>> noted = new TreeMap<>();

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
        return plan(demand, false);
    }

    /** Returns what a demand needs. A repair tries ports in quarantine once more where circuits were its owner's before. */
    Planned plan(StoredDemand demand, boolean repair) {
        return CircuitPlanner.plan(repair ? situationToRepair(demand) : situation(demand), demand.owner(),
                demand.circuits());
    }

    /** Returns the same for who takes back what was made for a demand: whoever wants it by now gets it. */
    Situation situationToUndo(StoredDemand self) {
        return situation(ImmutableStoredDemand.copyOf(self).withRequested(Instant.MAX));
    }

    /**
     * Notes circuits of a switch without names as ours, and others as ours no more. One document has all of a switch's,
     * so what the same pass noted before, for other demands, is among it.
     */
    void note(String opticalSwitch, Collection<OpticalCircuit> more, Collection<OpticalCircuit> less) {
        SortedSet<OpticalCircuit> ours = new TreeSet<>();
        Optional.ofNullable(desired.made().get(opticalSwitch)).ifPresent(made -> ours.addAll(made.value().circuits()));
        ours.removeAll(less);
        SortedSet<OpticalCircuit> now = noted.computeIfAbsent(opticalSwitch, key -> new TreeSet<>());
        now.addAll(more);
        ours.addAll(now);
        operations.add(visitor -> visitor.note(opticalSwitch, ours));
    }

    private Situation situationToRepair(StoredDemand self) {
        SortedMap<String, SortedMap<String, String>> others = new TreeMap<>();
        quarantine.forEach((name, ports) -> others.put(name, new TreeMap<>(ports)));
        self.established().forEach(circuit -> others.getOrDefault(circuit.opticalSwitch(), new TreeMap<>()).keySet()
                .removeAll(List.of(circuit.one(), circuit.other())));
        return ImmutableSituation.copyOf(situation(self)).withQuarantine(others);
    }

    /** Ends the quarantine of ports whose circuits work: light passes, and both ends hear each other. */
    void endQuarantine(Collection<OpticalCircuit> established) {
        if (desired.quarantine().isEmpty()) {
            return;
        }
        for (OpticalCircuit circuit : established) {
            CircuitSight sight = observed.sight(circuit);
            boolean heard = sight.hasEnds() && sight.facts().filter(SwitchFacts::connected).isPresent() && Neighbours
                    .verify(sight, Optional.empty(), Optional.empty(), observed::name, limits, now).isEmpty();
            for (String port : heard ? List.of(circuit.one(), circuit.other()) : List.<String>of()) {
                Optional.ofNullable(desired.quarantine().get(StoredQuarantine.key(circuit.opticalSwitch(), port)))
                        .ifPresent(quarantined -> operations.add(visitor -> visitor.endQuarantine(quarantined)));
            }
        }
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
