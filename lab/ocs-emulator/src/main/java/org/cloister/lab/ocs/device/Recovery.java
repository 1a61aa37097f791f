package org.cloister.lab.ocs.device;

/** {@code cold-boot-recovery} of the OCS model: what becomes of circuits when the power was gone. */
public enum Recovery {
    /** Mirrors stay where they are without power. */
    MAINTAIN,
    /** Mirrors are set again as configured. */
    RESTORE,
    /** All circuits are forgotten. */
    REMOVE
}
