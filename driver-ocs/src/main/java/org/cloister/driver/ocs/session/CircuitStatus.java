package org.cloister.driver.ocs.session;

/** What a switch says of a circuit (OCP OCS model 0.8.0, {@code port-connection/state/status}). */
public enum CircuitStatus {
    /** Being made. */
    PENDING,
    /** Light passes. */
    CONNECTED,
    /** Being removed. */
    PENDING_DELETION,
    /** Valid, but broken. */
    FAILED,
    /** Found to be impossible; stays until it is deleted. */
    INVALID,
    /** The dialect does not tell. */
    UNKNOWN
}
