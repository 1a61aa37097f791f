package org.cloister.ocs.planning;

import org.cloister.driver.ocs.session.Capability;
import org.cloister.driver.ocs.session.CircuitNames;
import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitState;
import org.cloister.driver.ocs.session.CircuitStatus;
import org.cloister.driver.ocs.session.PortState;
import org.cloister.driver.ocs.session.Snapshot;
import org.immutables.value.Value;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** What planning knows of an optical switch. */
@Value.Immutable
public interface SwitchFacts {

    /** Its name. */
    String name();

    /** Whether there is a session with it. */
    boolean connected();

    /** Why it cannot be told anything; empty if it can. */
    Optional<String> trouble();

    /** What it can do. */
    Set<Capability> capabilities();

    /** What it showed last. */
    Optional<Snapshot> snapshot();

    /** The circuits that are known to be ours where circuits have no names. */
    Set<CircuitPorts> made();

    /** The least power of light that comes in, dBm, where the switch has a threshold of its own. */
    OptionalDouble minimumInputDbm();

    /** Returns a builder. */
    static ImmutableSwitchFacts.Builder builder() {
        return ImmutableSwitchFacts.builder();
    }

    /** Returns whether the switch has a capability. */
    default boolean can(Capability capability) {
        return capabilities().contains(capability);
    }

    /** Returns whether a circuit is ours: by its name, or, where there are none, by what we know that we made. */
    default boolean isOurs(CircuitState circuit) {
        return can(Capability.NAMED_CIRCUITS) ? circuit.name().filter(CircuitNames::areOurs).isPresent()
                : made().contains(circuit.ports());
    }

    /** Returns a circuit that it shows. */
    default Optional<CircuitState> circuit(CircuitPorts ports) {
        return snapshot().map(shown -> shown.circuits().get(ports));
    }

    /** Returns a port that it shows. */
    default Optional<PortState> port(String port) {
        return snapshot().map(shown -> shown.ports().get(port));
    }

    /** Returns whether an entry stands for a circuit that is there or comes: not for one that is impossible or goes. */
    static boolean stands(CircuitState circuit) {
        return circuit.status() != CircuitStatus.INVALID && circuit.status() != CircuitStatus.PENDING_DELETION;
    }
}
