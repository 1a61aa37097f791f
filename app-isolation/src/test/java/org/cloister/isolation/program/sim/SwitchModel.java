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
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One switch: tables of rules, and what they do to a frame. A frame that no rule fits is dropped. */
final class SwitchModel {

    private final Map<Integer, List<FlowRule>> tables;
    private final Map<List<Long>, List<FlowRule>> byPort = new HashMap<>();
    private final Matching matching;

    SwitchModel(Collection<FlowRule> rules, VlanReading reading) {
        matching = new Matching(reading);
        rules.forEach(rule -> Matching.check(rule.selector()));
        tables = rules.stream()
                .sorted(Comparator.comparingInt(FlowRule::priority).reversed())
                .collect(Collectors.groupingBy(rule -> ((IndexTableId) rule.table()).id(), TreeMap::new,
                        Collectors.toList()));
    }

    /**
     * Returns what goes out where, for a frame that comes in at a port. Meters let it pass.
     *
     * @param meters the ids of the meters that it passes are added here
     */
    List<Output> process(long inPort, Frame frame, Collection<Long> meters) {
        List<Output> outputs = new ArrayList<>();
        Integer table = 0;
        Frame current = frame;
        while (table != null) {
            Optional<FlowRule> rule = lookup(table, inPort, current);
            if (rule.isEmpty()) {
                break;
            }
            TrafficTreatment treatment = rule.get().treatment();
            if (!treatment.deferred().isEmpty() || treatment.meters().size() > 1) {
                throw new AssertionError("the simulator does not know " + treatment);
            }
            if (treatment.metered() != null) {
                meters.add(treatment.metered().meterId().id());
            }
            for (Instruction instruction : treatment.immediate()) {
                current = apply(instruction, current, outputs);
            }
            table = next(table, treatment);
        }
        return outputs;
    }

    private Optional<FlowRule> lookup(int table, long inPort, Frame frame) {
        FlowRule best = null;
        for (FlowRule rule : candidates(table, inPort)) {
            if (best != null && rule.priority() < best.priority()) {
                break;
            }
            if (matching.fits(rule.selector(), inPort, frame)) {
                if (best != null) {
                    throw new AssertionError("which rule wins is undefined for " + frame + ": " + best + ", " + rule);
                }
                best = rule;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Looking at other ports' rules only costs time. */
    private List<FlowRule> candidates(long table, long inPort) {
        return byPort.computeIfAbsent(List.of(table, inPort), key -> tables.getOrDefault((int) table, List.of())
                .stream().filter(rule -> matching.fitsPort(rule.selector(), inPort)).collect(Collectors.toList()));
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
}
