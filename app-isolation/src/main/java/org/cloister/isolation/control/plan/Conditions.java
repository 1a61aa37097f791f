package org.cloister.isolation.control.plan;

import org.cloister.isolation.api.Condition;
import org.cloister.isolation.store.StoredSlice;

import java.util.Optional;

/** The types of conditions that slices can have, and their reasons. */
public final class Conditions {

    /** Something that the slice needs is missing. */
    public static final String DEGRADED = "Degraded";
    /** The last change of its specification could not be installed; it is as it was before. */
    public static final String CHANGE_FAILED = "ChangeFailed";
    /** It should move to other links, and there are none or these could not be installed. */
    public static final String MOVE_FAILED = "MoveFailed";
    /** It could not be installed. */
    public static final String FAILED = "Failed";
    /** It is removed because its lease ran out. */
    public static final String LEASE_EXPIRED = "LeaseExpired";
    /** Its rules are not installed because the configuration says so. */
    public static final String NOT_ENFORCED = "NotEnforced";
    /** Its rules are not gone when they should be. */
    public static final String REMOVAL_DELAYED = "RemovalDelayed";

    /** Reason: nobody renewed the lease in time. */
    public static final String NOT_RENEWED = "NotRenewed";
    /** Reason: ONOS does not reach a device. */
    public static final String DEVICE_ABSENT = "DeviceAbsent";
    /** Reason: a switch is in the configuration no longer. */
    public static final String SWITCH_NOT_CONFIGURED = "SwitchNotConfigured";
    /** Reason: a member is in the configuration no longer. */
    public static final String HOST_NOT_CONFIGURED = "HostNotConfigured";
    /** Reason: a member's port or addresses are others than those that its rules were made for. */
    public static final String HOST_CHANGED = "HostChanged";
    /** Reason: a link is not there. */
    public static final String LINK_ABSENT = "LinkAbsent";
    /** Reason: a link is out of use, and there is no other one to move to. */
    public static final String LINK_DRAINED = "LinkDrained";
    /** Reason: light could not be moved for a link. */
    public static final String CIRCUITS_FAILED = "CircuitsFailed";
    /** Reason: light was not moved for a link in time. */
    public static final String CIRCUITS_MISSING = "CircuitsMissing";
    /** Reason: rules are not on a switch. */
    public static final String RULES_MISSING = "RulesMissing";
    /** Reason: rules are still on a switch. */
    public static final String RULES_REMAIN = "RulesRemain";
    /** Reason: a switch did not take rules or did not let them go. */
    public static final String RULES_REFUSED = "RulesRefused";
    /** Reason: a switch has not shown a meter that a member needs. */
    public static final String METERS_MISSING = "MetersMissing";
    /** Reason: meters are still on a switch. */
    public static final String METERS_REMAIN = "MetersRemain";
    /** Reason: a switch did not take a meter. */
    public static final String METERS_REFUSED = "MetersRefused";
    /** Reason: no rules can be made of the stored allocation. */
    public static final String ALLOCATION_INVALID = "AllocationInvalid";
    /** Reason: the configuration has {@code "enforce":false}. */
    public static final String ENFORCE_IS_FALSE = "EnforceIsFalse";

    private Conditions() {
    }

    /** Returns a slice's condition of a type; empty if it never held. */
    public static Optional<Condition> of(StoredSlice slice, String type) {
        return slice.conditions().stream().filter(condition -> condition.type().equals(type)).findFirst();
    }
}
