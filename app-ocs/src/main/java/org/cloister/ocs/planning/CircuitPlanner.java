package org.cloister.ocs.planning;

import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitState;
import org.cloister.driver.ocs.session.PortState;
import org.cloister.driver.ocs.session.PortStatus;
import org.cloister.ocs.api.CircuitPlan;
import org.cloister.ocs.api.CircuitRefusedException.Reason;
import org.cloister.ocs.api.OpticalCircuit;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds the smallest difference between what switches show and what an owner wants.
 *
 * <p>Every wanted circuit that is not there is made, and every circuit that is removed has a port of one that is made:
 * a port takes one circuit, so nothing smaller does. Only idle circuits of ours are removed, so that removing and
 * making can be one transaction per switch: no one's objectives need it in several stages. A wanted circuit that
 * somebody else made is kept as it is.
 */
public final class CircuitPlanner {

    private final Situation situation;
    private final PortIndex index;
    private final SortedSet<OpticalCircuit> removes = new TreeSet<>();
    private final SortedSet<OpticalCircuit> makes = new TreeSet<>();
    private final SortedSet<OpticalCircuit> keeps = new TreeSet<>();
    private final SortedMap<OpticalCircuit, Conflict> conflicts = new TreeMap<>();

    private CircuitPlanner(Situation situation, String owner) {
        this.situation = situation;
        this.index = new PortIndex(situation, owner);
    }

    /** Plans all that an owner wants, in place of what it holds. */
    public static Planned plan(Situation situation, String owner, Collection<OpticalCircuit> wanted) {
        CircuitPlanner planner = new CircuitPlanner(situation, owner);
        SortedSet<OpticalCircuit> sorted = new TreeSet<>(wanted);
        planner.refuseDoubles(sorted);
        sorted.stream().filter(circuit -> !planner.conflicts.containsKey(circuit)).forEach(planner::plan);
        return Planned.builder().plan(CircuitPlan.builder().removes(planner.removes).makes(planner.makes)
                .keeps(planner.keeps).build()).conflicts(planner.conflicts).build();
    }

    /** A port takes one circuit. */
    private void refuseDoubles(SortedSet<OpticalCircuit> wanted) {
        Map<String, OpticalCircuit> taken = new HashMap<>();
        for (OpticalCircuit circuit : wanted) {
            for (String port : ports(circuit)) {
                OpticalCircuit first = taken.putIfAbsent(circuit.opticalSwitch() + " " + port, circuit);
                if (first != null) {
                    conflict(circuit, Reason.HELD, circuit + " needs port " + port + ", which the same demand wants for "
                            + first);
                }
            }
        }
    }

    private void plan(OpticalCircuit circuit) {
        SwitchFacts facts = situation.switches().get(circuit.opticalSwitch());
        if (facts == null) {
            conflict(circuit, Reason.UNKNOWN_SWITCH, circuit.opticalSwitch() + " is no configured optical switch");
            return;
        }
        if (unknown(circuit, facts) || heldByOthers(circuit)) {
            return;
        }
        Optional<CircuitState> there = facts.circuit(CircuitPorts.of(circuit.one(), circuit.other()));
        if (there.filter(SwitchFacts::stands).isPresent()) {
            keeps.add(circuit);
            return;
        }
        if (unusable(circuit, facts)) {
            return;
        }
        SortedSet<OpticalCircuit> inTheWay = new TreeSet<>();
        for (String port : ports(circuit)) {
            for (CircuitState other : index.shownAt(circuit.opticalSwitch(), port)) {
                if (!facts.isOurs(other)) {
                    conflict(circuit, Reason.FOREIGN, circuit + " needs port " + port + ", where " + other.ports()
                            + other.name().map(name -> " named '" + name + "'").orElse("")
                            + " is, which somebody else made");
                    return;
                }
                inTheWay.add(PortIndex.circuit(circuit.opticalSwitch(), other.ports()));
            }
        }
        if (!inTheWay.isEmpty() && situation.unreadable().isPresent()) {
            conflict(circuit, Reason.UNAVAILABLE, circuit + " needs " + inTheWay.first()
                    + " to give way, and who wants that is not known: " + situation.unreadable().get());
            return;
        }
        removes.addAll(inTheWay);
        makes.add(circuit);
    }

    /** What is wrong for good is told before what may pass. */
    private boolean unknown(OpticalCircuit circuit, SwitchFacts facts) {
        Optional<String> port = facts.trouble().isPresent() || facts.snapshot().isEmpty() ? Optional.empty()
                : ports(circuit).stream().filter(name -> facts.port(name).isEmpty()).findFirst();
        port.ifPresent(name -> conflict(circuit, Reason.UNKNOWN_PORT, circuit.opticalSwitch() + " has no port " + name));
        return port.isPresent();
    }

    private boolean heldByOthers(OpticalCircuit circuit) {
        for (String port : ports(circuit)) {
            for (Map.Entry<OpticalCircuit, SortedSet<String>> other
                    : index.heldAt(circuit.opticalSwitch(), port).entrySet()) {
                if (!other.getKey().equals(circuit)) {
                    conflict(circuit, Reason.HELD, circuit + " needs port " + port + ", which " + String.join(", ",
                            other.getValue()) + " holds for " + other.getKey());
                    return true;
                }
            }
        }
        return false;
    }

    private boolean unusable(OpticalCircuit circuit, SwitchFacts facts) {
        if (facts.trouble().isPresent() || facts.snapshot().isEmpty()) {
            conflict(circuit, Reason.UNAVAILABLE, circuit.opticalSwitch() + " cannot be told to make " + circuit + ": "
                    + facts.trouble().orElse("it was not read yet"));
            return true;
        }
        for (String port : ports(circuit)) {
            Optional<String> why = facts.port(port).flatMap(state -> why(circuit.opticalSwitch(), state));
            if (why.isPresent()) {
                conflict(circuit, Reason.UNUSABLE, circuit.opticalSwitch() + " port " + port + " " + why.get());
                return true;
            }
        }
        return false;
    }

    private Optional<String> why(String opticalSwitch, PortState port) {
        Optional<String> quarantine = situation.quarantine(opticalSwitch, port.name());
        if (quarantine.isPresent()) {
            return Optional.of("is quarantined: " + quarantine.get());
        }
        if (port.status() == PortStatus.FAILED) {
            return Optional.of("is FAILED");
        }
        return port.enabled() ? Optional.empty() : Optional.of("is switched off");
    }

    private void conflict(OpticalCircuit circuit, Reason reason, String message) {
        conflicts.putIfAbsent(circuit, Conflict.of(circuit, reason, message));
    }

    private static List<String> ports(OpticalCircuit circuit) {
        return List.of(circuit.one(), circuit.other());
    }
}
