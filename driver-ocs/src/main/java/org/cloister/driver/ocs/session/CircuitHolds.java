package org.cloister.driver.ocs.session;

import java.util.Map;
import java.util.Optional;

/**
 * Tells which circuits somebody counts on, and which ports are kept free of circuits. Whoever keeps owners of circuits
 * offers it as a service; flow rules then remove none of theirs.
 */
public interface CircuitHolds {

    /** Returns who holds a circuit, for people; from memory, at once. */
    Optional<String> holder(String opticalSwitch, CircuitPorts ports);

    /** Returns the quarantined ports of a switch, with the reason for each; from memory, at once. */
    default Map<String, String> quarantined(String opticalSwitch) {
        return Map.of();
    }

    /** Adds one that is told, on any thread, when what is told here may have changed. */
    default void addListener(Runnable listener) {
    }

    /** Removes a listener. */
    default void removeListener(Runnable listener) {
    }
}
