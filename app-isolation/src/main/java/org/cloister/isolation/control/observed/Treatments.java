package org.cloister.isolation.control.observed;

import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficTreatment;

/** Compares what rules do. ONOS calls two treatments equal that differ in their meters, or in clearing actions. */
public final class Treatments {

    private Treatments() {
    }

    /** Returns whether two rules have the same key and do the same. */
    public static boolean same(FlowRule one, FlowRule other) {
        return one.exactMatch(other) && same(one.treatment(), other.treatment());
    }

    /** Returns whether two treatments do the same. */
    public static boolean same(TrafficTreatment one, TrafficTreatment other) {
        return one.equals(other) && one.meters().equals(other.meters())
                && one.clearedDeferred() == other.clearedDeferred();
    }
}
