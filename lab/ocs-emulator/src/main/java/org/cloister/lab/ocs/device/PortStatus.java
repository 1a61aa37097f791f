package org.cloister.lab.ocs.device;

/** {@code ocp-ocs-port/state/status} of the OCS model. */
public enum PortStatus {
    /** Switched off, or part of no connection: light is kept from it. */
    BLOCKED,
    /** Its mirror does not obey. */
    FAILED,
    /** Its mirror is on its way. */
    TUNING,
    /** Its mirror points where it should, as far as the switch knows. */
    TUNED,
    /** The switch does not know. */
    UNKNOWN
}
