package org.cloister.driver.ocs.behaviour;

import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.IndexTableId;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.PortCriterion;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Light from one port to another, by their numbers: what a flow rule of an optical switch says. */
final class Passage {

    /** Of rules that nobody wrote. */
    private static final int PRIORITY = 100;

    private final long in;
    private final long out;

    Passage(long in, long out) {
        this.in = in;
        this.out = out;
    }

    /**
     * Returns what a rule says.
     *
     * @throws IllegalArgumentException naming what an optical switch cannot do
     */
    static Passage of(FlowRule rule) {
        Set<Criterion> criteria = rule.selector().criteria();
        if (criteria.size() != 1 || !(criteria.iterator().next() instanceof PortCriterion)
                || criteria.iterator().next().type() != Criterion.Type.IN_PORT) {
            throw new IllegalArgumentException("selector " + criteria + ": must be one IN_PORT and nothing else");
        }
        List<Instruction> instructions = rule.treatment().allInstructions();
        if (instructions.size() != 1 || !(instructions.get(0) instanceof Instructions.OutputInstruction)) {
            throw new IllegalArgumentException("treatment " + instructions
                    + ": must be one OUTPUT and nothing else");
        }
        if (!rule.isPermanent()) {
            throw new IllegalArgumentException("timeout " + rule.timeout() + ": circuits do not expire");
        }
        if (!rule.table().equals(IndexTableId.of(0))) {
            throw new IllegalArgumentException("table " + rule.table() + ": there is only table 0");
        }
        PortNumber in = ((PortCriterion) criteria.iterator().next()).port();
        PortNumber out = ((Instructions.OutputInstruction) instructions.get(0)).port();
        if (in.isLogical() || out.isLogical() || in.equals(out)) {
            throw new IllegalArgumentException("from port " + in + " to " + out
                    + ": must be two different ports of the switch");
        }
        return new Passage(in.toLong(), out.toLong());
    }

    long in() {
        return in;
    }

    long out() {
        return out;
    }

    /** Returns the other way. */
    Passage reverse() {
        return new Passage(out, in);
    }

    /** Returns a rule that says this. */
    FlowRule rule(DeviceId device, ApplicationId application) {
        return DefaultFlowRule.builder().forDevice(device).forTable(0).fromApp(application).withPriority(PRIORITY)
                .makePermanent()
                .withSelector(DefaultTrafficSelector.builder().matchInPort(PortNumber.portNumber(in)).build())
                .withTreatment(DefaultTrafficTreatment.builder().setOutput(PortNumber.portNumber(out)).build())
                .build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Passage && ((Passage) other).in == in && ((Passage) other).out == out;
    }

    @Override
    public int hashCode() {
        return Objects.hash(in, out);
    }

    @Override
    public String toString() {
        return in + " to " + out;
    }
}
