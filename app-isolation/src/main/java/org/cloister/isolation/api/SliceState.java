package org.cloister.isolation.api;

/**
 * Where a slice is in its life.
 *
 * <pre>
 * from         to                               when
 * PENDING      INSTALLING | RESERVED | (gone)   links, tag and hosts were found | found, hosts come later | refused
 *              SWITCHING                        they were found, and light has to be moved for some of the links
 * RESERVED     INSTALLING | REMOVING            hosts are named | DELETE
 *              SWITCHING                        hosts are named, and light has to be moved
 * SWITCHING    INSTALLING | FAILED | REMOVING   light is under every link | it could not be moved, or the deadline | DELETE
 * INSTALLING   ACTIVE | FAILED | REMOVING       all rules were read back | deadline | DELETE
 * ACTIVE       SWITCHING                        rules are to be installed from now on, and light has to be moved first
 *              DEGRADED | REMOVING              something it needs is missing and cannot be replaced | DELETE
 * DEGRADED     ACTIVE | REMOVING                all is there again | DELETE
 * FAILED       REMOVING                         DELETE
 * REMOVING     (gone)                           its rules were read back as gone
 * </pre>
 * A lease that has run out is as good as DELETE.
 * A slice that changes, or moves to other links, stays ACTIVE.
 */
public enum SliceState {
    /** Asked for, not yet decided. */
    PENDING,
    /** Capacity is held, hosts come later. */
    RESERVED,
    /** Light is being moved. */
    SWITCHING,
    /** Rules are on their way to the switches. */
    INSTALLING,
    /** Everything it needs was read back from the switches. */
    ACTIVE,
    /** It was active, and something it needs is missing; see its conditions. */
    DEGRADED,
    /** It could not be installed; holds nothing once removal was read back. */
    FAILED,
    /** Its rules are being taken away. */
    REMOVING
}
