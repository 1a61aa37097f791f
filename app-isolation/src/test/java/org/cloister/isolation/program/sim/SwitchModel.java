package org.cloister.isolation.program.sim;

import org.onlab.packet.VlanId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.IndexTableId;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions.OutputInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModEtherInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModVlanHeaderInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModVlanIdInstruction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One switch: tables of rules, and what they do to a frame. A frame that no rule fits is dropped. */
final class SwitchModel {

    private final Map<Integer, Table> tables = new TreeMap<>();
    private final Matching matching;

    SwitchModel(VlanReading reading) {
        matching = new Matching(reading);
    }

    /** Adds a rule or, if there is one of the same key, overwrites it. */
    void add(FlowRule rule) {
        Matching.check(rule.selector());
        tables.computeIfAbsent(table(rule), key -> new Table()).add(rule);
    }

    /** Removes the rule of a key. */
    void remove(FlowRule key) {
        tables.computeIfAbsent(table(key), table -> new Table()).remove(key);
    }

    static int table(FlowRule rule) {
        return ((IndexTableId) rule.table()).id();
    }

    /**
     * Returns what goes out where, for a frame that comes in at a port. Meters let it pass.
     *
     * @param lookups hears of each table that was looked into
     */
    List<Output> process(long inPort, Frame frame, Lookups lookups) {
        List<Output> outputs = new ArrayList<>(1);
        Integer table = 0;
        Frame current = frame;
        while (table != null) {
            FlowRule rule = lookup(table, inPort, current, lookups);
            lookups.looked(table, inPort, current, rule);
            if (rule == null) {
                break;
            }
            TrafficTreatment treatment = rule.treatment();
            if (!treatment.deferred().isEmpty() || treatment.meters().size() > 1) {
                throw new AssertionError("the simulator does not know " + treatment);
            }
            for (Instruction instruction : treatment.immediate()) {
                current = apply(instruction, current, outputs);
            }
            table = next(table, treatment);
        }
        return outputs;
    }

    private FlowRule lookup(int number, long inPort, Frame frame, Lookups lookups) {
        Table table = tables.get(number);
        FlowRule best = null;
        for (FlowRule rule : table == null ? List.<FlowRule>of() : table.at(inPort)) {
            if (best != null && rule.priority() < best.priority()) {
                break;
            }
            if (matching.fits(rule.selector(), inPort, frame)) {
                if (best != null) {
                    lookups.looked(number, inPort, frame, best);
                    lookups.looked(number, inPort, frame, rule);
                    throw new AssertionError("which rule wins is undefined for " + frame + ": " + best + ", " + rule);
                }
                best = rule;
            }
        }
        return best;
    }

    /** The rules of a table, by priority; looking at other ports' rules only costs time. */
    private static final class Table {

        private final Map<FlowRule, FlowRule> rules = new HashMap<>();
        private final Map<Long, List<FlowRule>> byPort = new HashMap<>();

        private void add(FlowRule rule) {
            remove(rule);
            rules.put(rule, rule);
            forget(rule);
        }

        private void remove(FlowRule key) {
            if (rules.remove(key) != null) {
                forget(key);
            }
        }

        private void forget(FlowRule changed) {
            Long port = Matching.port(changed.selector());
            if (port == null) {
                byPort.clear();
            } else {
                byPort.remove(port);
            }
        }

        private List<FlowRule> at(long inPort) {
            return byPort.computeIfAbsent(inPort, port -> rules.values().stream()
                    .filter(rule -> Matching.fitsPort(rule.selector(), port))
                    .sorted(Comparator.comparingInt(FlowRule::priority).reversed()).collect(Collectors.toList()));
        }
    }

    private static Frame apply(Instruction instruction, Frame frame, List<Output> outputs) {
        switch (instruction.type()) {
            case NOACTION:
                return frame;
            case OUTPUT:
                outputs.add(new Output(((OutputInstruction) instruction).port(), frame));
                return frame;
            case L2MODIFICATION:
                return modify((L2ModificationInstruction) instruction, frame);
            default:
                throw new AssertionError("the simulator does not know " + instruction);
        }
    }

    private static Frame modify(L2ModificationInstruction instruction, Frame frame) {
        List<Frame.Tag> tags = new ArrayList<>(frame.tags());
        switch (instruction.subtype()) {
            case VLAN_PUSH:
                tags.add(0, Frame.Tag.of(Short.toUnsignedInt(
                        ((ModVlanHeaderInstruction) instruction).ethernetType().toShort()), 0));
                break;
            case VLAN_ID:
                VlanId vlan = ((ModVlanIdInstruction) instruction).vlanId();
                tags.set(0, Frame.Tag.of(tags.get(0).protocol(), vlan.toShort()));
                break;
            case VLAN_POP:
                tags.remove(0);
                break;
            case ETH_DST:
                return ImmutableFrame.builder().from(frame).dst(((ModEtherInstruction) instruction).mac()).build();
            default:
                throw new AssertionError("the simulator does not know " + instruction);
        }
        return ImmutableFrame.builder().from(frame).tags(tags).build();
    }

    private static Integer next(int table, TrafficTreatment treatment) {
        if (treatment.tableTransition() == null) {
            return null;
        }
        int next = treatment.tableTransition().tableId();
        if (next <= table) {
            throw new AssertionError("table " + table + " goes back to table " + next);
        }
        return next;
    }

    /** A frame on its way out; the port may be a reserved one. */
    static final class Output {
        final PortNumber port;
        final Frame frame;

        Output(PortNumber port, Frame frame) {
            this.port = port;
            this.frame = frame;
        }
    }

    /** Hears which rule of a table took a frame; null if none did. */
    interface Lookups {
        void looked(int table, long inPort, Frame frame, FlowRule rule);
    }
}
