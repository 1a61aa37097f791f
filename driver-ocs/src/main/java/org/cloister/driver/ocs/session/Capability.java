package org.cloister.driver.ocs.session;

/** What a dialect or a switch may be able to do; using what it cannot is refused with that reason. */
public enum Capability {
    /** Circuits carry the controller's name, so that ours can be told from others'. */
    NAMED_CIRCUITS,
    /** The switch tells the state of each circuit: pending, connected, failed or invalid. */
    CIRCUIT_STATE,
    /** The switch tells whether a port is tuned and what its peer is. */
    PORT_STATE,
    /** The switch measures the power of light at its ports. */
    OPTICAL_POWER,
    /** The switch tells of changes by itself. */
    NOTIFICATIONS,
    /** A change can be made that is undone unless it is confirmed in time. */
    CONFIRMED_COMMIT,
    /** The switch itself keeps all writers out but one. */
    ARBITRATION,
    /** A port can be switched off. */
    PORT_ADMIN,
    /** Circuits that are in the way can be replaced without being named. */
    OVERWRITE
}
