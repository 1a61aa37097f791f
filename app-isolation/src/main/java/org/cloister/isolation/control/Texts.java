package org.cloister.isolation.control;

import org.onosproject.net.flow.FlowRule;

/** Short texts for people. */
final class Texts {

    private Texts() {
    }

    static String rule(FlowRule rule) {
        return "table " + rule.table() + ", priority " + rule.priority() + ", " + rule.selector().criteria() + " to "
                + rule.treatment().allInstructions();
    }
}
