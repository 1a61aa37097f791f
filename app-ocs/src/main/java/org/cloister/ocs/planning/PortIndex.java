package org.cloister.ocs.planning;

import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitState;
import org.cloister.ocs.api.OpticalCircuit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who is at which port: looked up once per circuit, however many there are. */
final class PortIndex {

    private final Map<String, Map<String, List<CircuitState>>> shown = new HashMap<>();
    private final Map<String, Map<String, SortedMap<OpticalCircuit, SortedSet<String>>>> held = new HashMap<>();

    /** Looks at what switches show, and at what all owners but one hold. */
    PortIndex(Situation situation, String exceptOwner) {
        situation.switches().forEach((name, facts) -> facts.snapshot().ifPresent(snapshot ->
                snapshot.circuits().values().forEach(circuit -> {
                    shown(name, circuit.ports().one()).add(circuit);
                    shown(name, circuit.ports().other()).add(circuit);
                })));
        situation.held().forEach((owner, circuits) -> {
            if (!owner.equals(exceptOwner)) {
                circuits.forEach(circuit -> {
                    held(circuit.opticalSwitch(), circuit.one(), circuit).add(owner);
                    held(circuit.opticalSwitch(), circuit.other(), circuit).add(owner);
                });
            }
        });
    }

    private List<CircuitState> shown(String name, String port) {
        return shown.computeIfAbsent(name, key -> new HashMap<>()).computeIfAbsent(port, key -> new ArrayList<>(1));
    }

    private SortedSet<String> held(String name, String port, OpticalCircuit circuit) {
        return held.computeIfAbsent(name, key -> new HashMap<>()).computeIfAbsent(port, key -> new TreeMap<>())
                .computeIfAbsent(circuit, key -> new TreeSet<>());
    }

    /** Returns the circuits that a switch shows at a port. */
    Collection<CircuitState> shownAt(String name, String port) {
        return shown.getOrDefault(name, Map.of()).getOrDefault(port, List.of());
    }

    /** Returns the circuits that others hold at a port, with their owners. */
    SortedMap<OpticalCircuit, SortedSet<String>> heldAt(String name, String port) {
        return held.getOrDefault(name, Map.of()).getOrDefault(port, new TreeMap<>());
    }

    /** Returns whether somebody else holds a circuit. */
    boolean isHeld(OpticalCircuit circuit) {
        return heldAt(circuit.opticalSwitch(), circuit.one()).containsKey(circuit);
    }

    static OpticalCircuit circuit(String opticalSwitch, CircuitPorts ports) {
        return OpticalCircuit.of(opticalSwitch, ports.one(), ports.other());
    }
}
