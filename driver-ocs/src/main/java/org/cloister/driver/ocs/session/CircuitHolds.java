package org.cloister.driver.ocs.session;

import java.util.Optional;

/**
 * Tells which circuits somebody counts on. Whoever keeps owners of circuits offers it as a service; flow rules then
 * remove none of theirs.
 */
public interface CircuitHolds {

    /** Returns who holds a circuit, for people; from memory, at once. */
    Optional<String> holder(String opticalSwitch, CircuitPorts ports);
}
