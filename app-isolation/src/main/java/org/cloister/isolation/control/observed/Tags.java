package org.cloister.isolation.control.observed;

import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.VlanIdCriterion;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModVlanIdInstruction;

import java.util.OptionalInt;

/** Reads a rule's tag. Every rule of a slice either matches its tag or pushes it. */
public final class Tags {

    private static final int LAST = 4094;

    private Tags() {
    }

    /** Returns whether a rule gives packets a tag: whether it admits at a host port. */
    public static boolean pushes(FlowRule rule) {
        return pushed(rule).isPresent();
    }

    /** Returns the tag that a rule pushes, else the one that it matches; empty for rules of no slice. */
    public static OptionalInt of(FlowRule rule) {
        OptionalInt pushed = pushed(rule);
        return pushed.isPresent() ? pushed : matched(rule);
    }

    private static OptionalInt matched(FlowRule rule) {
        Criterion criterion = rule.selector().getCriterion(Criterion.Type.VLAN_VID);
        if (criterion instanceof VlanIdCriterion) {
            int vlan = ((VlanIdCriterion) criterion).vlanId().toShort();
            // "untagged" and "any tag" are numbers beyond the tags
            if (vlan >= 1 && vlan <= LAST) {
                return OptionalInt.of(vlan);
            }
        }
        return OptionalInt.empty();
    }

    private static OptionalInt pushed(FlowRule rule) {
        for (Instruction instruction : rule.treatment().allInstructions()) {
            if (instruction instanceof ModVlanIdInstruction
                    && ((ModVlanIdInstruction) instruction).subtype() == L2ModificationInstruction.L2SubType.VLAN_ID) {
                return OptionalInt.of(((ModVlanIdInstruction) instruction).vlanId().toShort());
            }
        }
        return OptionalInt.empty();
    }
}
