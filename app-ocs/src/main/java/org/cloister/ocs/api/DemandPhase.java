package org.cloister.ocs.api;

/** How far the circuits that an owner wants are. */
public enum DemandPhase {
    /** Nothing was done yet. */
    PLANNED,
    /** Waits until circuits that give way are quiet. */
    DRAINING,
    /** Switches are checked and told. */
    SWITCHING,
    /** Mirrors and optics settle. */
    TUNING,
    /** Power, carrier and the neighbours at both ends are looked at. */
    VERIFYING,
    /** All circuits carry light between the planned neighbours. */
    ESTABLISHED,
    /** What was changed is being undone. */
    ROLLING_BACK,
    /** It could not be done, and what was changed is undone. */
    FAILED,
    /** They were established, and one is not any more. */
    BROKEN
}
