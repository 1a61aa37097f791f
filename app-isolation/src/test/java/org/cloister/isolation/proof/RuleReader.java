package org.cloister.isolation.proof;

import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onlab.packet.VlanId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.IndexTableId;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.criteria.ArpHaCriterion;
import org.onosproject.net.flow.criteria.ArpPaCriterion;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.EthCriterion;
import org.onosproject.net.flow.criteria.EthTypeCriterion;
import org.onosproject.net.flow.criteria.IPCriterion;
import org.onosproject.net.flow.criteria.PortCriterion;
import org.onosproject.net.flow.criteria.VlanIdCriterion;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions.OutputInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModEtherInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModVlanIdInstruction;

/** Reads rules as {@link TableEntry}s. What it does not know it refuses, so that nothing is judged that was not read. */
final class RuleReader {

    private RuleReader() {
    }

    static int table(FlowRule rule) {
        return ((IndexTableId) rule.table()).id();
    }

    static TableEntry read(FlowRule rule) {
        TableEntry entry = new TableEntry(rule.priority(), rule.toString());
        rule.selector().criteria().forEach(criterion -> match(entry, criterion));
        TrafficTreatment treatment = rule.treatment();
        if (!treatment.deferred().isEmpty()) {
            throw new AssertionError("unknown: deferred actions in " + rule);
        }
        treatment.immediate().forEach(instruction -> act(entry, instruction));
        if (treatment.tableTransition() != null) {
            entry.nextTable = treatment.tableTransition().tableId();
            if (entry.nextTable <= table(rule)) {
                throw new AssertionError("goes back to table " + entry.nextTable + ": " + rule);
            }
        }
        return entry;
    }

    private static void match(TableEntry entry, Criterion criterion) {
        switch (criterion.type()) {
            case IN_PORT:
                entry.inPort = ((PortCriterion) criterion).port().toLong();
                break;
            case VLAN_VID:
                VlanId vlan = ((VlanIdCriterion) criterion).vlanId();
                entry.vlan = vlan.equals(VlanId.NONE) ? TableEntry.UNTAGGED
                        : vlan.equals(VlanId.ANY) ? TableEntry.TAGGED : vlan.toShort();
                break;
            case ETH_TYPE:
                entry.etherType = Short.toUnsignedInt(((EthTypeCriterion) criterion).ethType().toShort());
                break;
            case ETH_SRC:
                entry.source = ((EthCriterion) criterion).mac();
                break;
            case IPV4_SRC:
                IpPrefix from = ((IPCriterion) criterion).ip();
                if (from.prefixLength() != IpPrefix.MAX_INET_MASK_LENGTH) {
                    throw new AssertionError("unknown: " + criterion);
                }
                entry.sourceAddress = from.address().getIp4Address();
                break;
            case ARP_SHA:
                entry.arpSource = ((ArpHaCriterion) criterion).mac();
                break;
            case ARP_SPA:
                entry.sourceAddress = ((ArpPaCriterion) criterion).ip();
                break;
            case IPV4_DST:
                IpPrefix to = ((IPCriterion) criterion).ip();
                long first = Integer.toUnsignedLong(to.address().getIp4Address().toInt());
                entry.to(first, first + (1L << IpPrefix.MAX_INET_MASK_LENGTH - to.prefixLength()) - 1);
                break;
            case ARP_TPA:
                long target = Integer.toUnsignedLong(((ArpPaCriterion) criterion).ip().toInt());
                entry.to(target, target);
                break;
            default:
                throw new AssertionError("unknown: " + criterion);
        }
    }

    private static void act(TableEntry entry, Instruction instruction) {
        switch (instruction.type()) {
            case NOACTION:
                break;
            case OUTPUT:
                PortNumber port = ((OutputInstruction) instruction).port();
                if (port.isLogical() || entry.output >= 0) {
                    throw new AssertionError("unknown: output to " + port + ", or to several ports, in " + entry);
                }
                entry.output = port.toLong();
                break;
            case L2MODIFICATION:
                modify(entry, (L2ModificationInstruction) instruction);
                break;
            default:
                throw new AssertionError("unknown: " + instruction);
        }
    }

    private static void modify(TableEntry entry, L2ModificationInstruction instruction) {
        switch (instruction.subtype()) {
            case VLAN_PUSH:
                entry.push = true;
                break;
            case VLAN_ID:
                entry.setTag = ((ModVlanIdInstruction) instruction).vlanId().toShort();
                break;
            case VLAN_POP:
                entry.pop = true;
                break;
            case ETH_DST:
                entry.handOverTo = ((ModEtherInstruction) instruction).mac();
                break;
            default:
                throw new AssertionError("unknown: " + instruction);
        }
    }

    /** Returns whether a MAC address is wanted and is another. */
    static boolean differs(MacAddress wanted, MacAddress found) {
        return wanted != null && !wanted.equals(found);
    }
}
