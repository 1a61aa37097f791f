package org.cloister.ocs.planning;

import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitState;
import org.cloister.driver.ocs.session.PortStatus;
import org.cloister.ocs.api.OpticalCircuit;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds what brings back what was before a move, as far as nobody wants otherwise by now. */
public final class Undo {

    private Undo() {
    }

    /**
     * Returns the difference on one switch.
     *
     * @param owner whose move it was; what it holds itself does not count
     * @param made circuits that the move made or may have made; those that others want stay
     * @param removed circuits that it removed; made again unless a port of theirs is used, wanted or faulty
     */
    public static SwitchChange on(Situation situation, String opticalSwitch, String owner,
                                  Collection<OpticalCircuit> made, Collection<OpticalCircuit> removed) {
        SwitchFacts facts = situation.switches().get(opticalSwitch);
        if (facts == null || facts.snapshot().isEmpty()) {
            return ImmutableSwitchChange.builder().build();
        }
        PortIndex index = new PortIndex(situation, owner);
        SortedSet<CircuitPorts> deletes = new TreeSet<>();
        for (OpticalCircuit circuit : made) {
            if (circuit.opticalSwitch().equals(opticalSwitch) && !index.isHeld(circuit)) {
                facts.circuit(CircuitPorts.of(circuit.one(), circuit.other())).filter(facts::isOurs)
                        .ifPresent(there -> deletes.add(there.ports()));
            }
        }
        SortedSet<CircuitPorts> creates = new TreeSet<>();
        for (OpticalCircuit circuit : removed) {
            CircuitPorts ports = CircuitPorts.of(circuit.one(), circuit.other());
            if (circuit.opticalSwitch().equals(opticalSwitch) && facts.circuit(ports).isEmpty()
                    && List.of(ports.one(), ports.other()).stream()
                    .allMatch(port -> isFree(situation, facts, index, deletes, port))) {
                creates.add(ports);
            }
        }
        return ImmutableSwitchChange.builder().deletes(deletes).creates(creates).build();
    }

    private static boolean isFree(Situation situation, SwitchFacts facts, PortIndex index,
                                  Collection<CircuitPorts> deletes, String port) {
        boolean healthy = facts.port(port).filter(state -> state.enabled() && state.status() != PortStatus.FAILED)
                .isPresent() && situation.quarantine(facts.name(), port).isEmpty();
        return healthy && index.heldAt(facts.name(), port).isEmpty() && index.shownAt(facts.name(), port).stream()
                .map(CircuitState::ports).allMatch(deletes::contains);
    }
}
