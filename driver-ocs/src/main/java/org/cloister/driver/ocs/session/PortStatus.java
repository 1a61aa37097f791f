package org.cloister.driver.ocs.session;

/** What a switch says of a port (OCP OCS model 0.8.0, {@code ocp-ocs-port/state/status}). */
public enum PortStatus {
    /** Light is kept from it. */
    BLOCKED,
    /** It is broken. */
    FAILED,
    /** Its mirror is on its way. */
    TUNING,
    /** Its mirror points where it should. */
    TUNED,
    /** The switch does not know, or the dialect does not tell. */
    UNKNOWN
}
