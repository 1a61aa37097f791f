package org.cloister.isolation.control.observed;

import org.onosproject.net.flow.FlowRule;

import java.util.Objects;

/** A rule of ours as ONOS last heard of it. */
public final class SeenRule {

    private final FlowRule rule;
    private final Status status;

    /** Creates what was heard of a rule. */
    public SeenRule(FlowRule rule, Status status) {
        this.rule = Objects.requireNonNull(rule, "rule is null");
        this.status = Objects.requireNonNull(status, "status is null");
    }

    /** Returns the rule, as ONOS has it. */
    public FlowRule rule() {
        return rule;
    }

    /** Returns how sure it is that the switch has it. */
    public Status status() {
        return status;
    }

    /** Returns whether the switch's own account of this very rule, treatment included, was read lately. */
    public boolean confirms(FlowRule wanted) {
        return status == Status.CONFIRMED && Treatments.same(rule, wanted);
    }

    /** Returns whether it has to be removed to go: it is not on its way out, or the switch did not let it go. */
    public boolean staysUnlessRemoved(DeviceView on) {
        return status != Status.LEAVING || on.failures().containsKey(rule);
    }

    @Override
    public String toString() {
        return status + " " + rule;
    }

    /** How sure it is that the switch has the rule. */
    public enum Status {
        /** Sent; the switch's account does not show it yet. */
        SENT,
        /** Shown by the switch's last account, treatment included. */
        CONFIRMED,
        /** Shown once, but not since the switch came back, or not by its last accounts. */
        UNCERTAIN,
        /** To be removed; the switch has not said yet that it is gone. */
        LEAVING
    }
}
