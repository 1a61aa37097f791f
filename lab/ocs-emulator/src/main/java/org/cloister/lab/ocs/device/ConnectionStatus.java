package org.cloister.lab.ocs.device;

/** {@code port-connection/state/status} of the OCS model. */
public enum ConnectionStatus {
    /** Mirrors are on their way. */
    PENDING_CONNECTION,
    /** Both mirrors are where they should be. */
    CONNECTED,
    /** Mirrors are leaving; the configuration no longer has it. */
    PENDING_DELETION,
    /** Valid, but broken. */
    FAILED,
    /** Found to be impossible; stays until it is deleted. */
    INVALID
}
