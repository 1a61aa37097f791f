package org.cloister.ocs.planning;

import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitState;
import org.cloister.ocs.api.OpticalCircuit;
import org.immutables.value.Value;

import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is to be changed on one switch, together. */
@Value.Immutable
public abstract class SwitchChange {

    /** Circuits to remove. */
    @Value.NaturalOrder
    public abstract SortedSet<CircuitPorts> deletes();

    /** Circuits to make. One that is also to be removed is an entry of the switch that does not work, and made anew. */
    @Value.NaturalOrder
    public abstract SortedSet<CircuitPorts> creates();

    /** Returns circuits to remove and to make, by switch. */
    public static SortedMap<String, SwitchChange> of(Collection<OpticalCircuit> removes,
                                                     Collection<OpticalCircuit> makes) {
        SortedSet<String> names = new TreeSet<>();
        removes.forEach(circuit -> names.add(circuit.opticalSwitch()));
        makes.forEach(circuit -> names.add(circuit.opticalSwitch()));
        SortedMap<String, SwitchChange> changes = new TreeMap<>();
        names.forEach(name -> changes.put(name, ImmutableSwitchChange.builder().deletes(on(name, removes))
                .creates(on(name, makes)).build()));
        return changes;
    }

    private static SortedSet<CircuitPorts> on(String name, Collection<OpticalCircuit> circuits) {
        SortedSet<CircuitPorts> ports = new TreeSet<>();
        circuits.stream().filter(circuit -> circuit.opticalSwitch().equals(name))
                .forEach(circuit -> ports.add(CircuitPorts.of(circuit.one(), circuit.other())));
        return ports;
    }

    /** Returns whether the switch shows all of it done; circuits need not have settled. */
    public boolean isDone(SwitchFacts facts) {
        return facts.snapshot().isPresent()
                && creates().stream().allMatch(ports -> facts.circuit(ports).filter(SwitchFacts::stands).isPresent())
                && deletes().stream().allMatch(ports -> creates().contains(ports) || facts.circuit(ports).isEmpty());
    }

    /** Returns why it must not be sent to a switch as it is now; the switch may have changed since it was planned. */
    public Optional<String> objection(SwitchFacts facts) {
        for (CircuitPorts ports : deletes()) {
            Optional<CircuitState> there = facts.circuit(ports).filter(circuit -> !facts.isOurs(circuit));
            if (there.isPresent()) {
                return Optional.of(facts.name() + " " + ports + " was made by somebody else");
            }
        }
        if (facts.snapshot().isPresent()) {
            for (CircuitState there : facts.snapshot().get().circuits().values()) {
                Optional<CircuitPorts> blocked = deletes().contains(there.ports()) || creates().contains(there.ports())
                        ? Optional.empty() : creates().stream().filter(there.ports()::meets).findFirst();
                if (blocked.isPresent()) {
                    return Optional.of(facts.name() + " " + blocked.get() + " cannot be made: " + there.ports()
                            + there.name().map(name -> " named '" + name + "'").orElse("") + " is in the way");
                }
            }
        }
        return Optional.empty();
    }
}
