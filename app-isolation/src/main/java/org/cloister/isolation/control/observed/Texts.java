package org.cloister.isolation.control.observed;

import org.onosproject.net.flow.FlowRule;

/** Short texts for people. */
public final class Texts {

    private Texts() {
    }

    /** Returns a rule as people are told of it. */
    public static String rule(FlowRule rule) {
        return "table " + rule.table() + ", priority " + rule.priority() + ", " + rule.selector().criteria() + " to "
                + rule.treatment().allInstructions();
    }
}
