package org.cloister.lab.openflow.flow;

import org.onlab.packet.Ip4Address;
import org.onlab.packet.VlanId;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModEtherInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModVlanIdInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModVlanPcpInstruction;
import org.onosproject.net.flow.instructions.L3ModificationInstruction;
import org.onosproject.net.flow.instructions.L3ModificationInstruction.ModIPInstruction;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.protocol.oxm.OFOxm;
import org.projectfloodlight.openflow.protocol.oxm.OFOxms;
import org.projectfloodlight.openflow.types.IPv4Address;
import org.projectfloodlight.openflow.types.MacAddress;
import org.projectfloodlight.openflow.types.OFVlanVidMatch;
import org.projectfloodlight.openflow.types.VlanPcp;

/** Instructions that write a header field, as OpenFlow's set-field action and back. */
final class SetFieldCodec {

    private SetFieldCodec() {
    }

    /**
     * Returns the action of an instruction.
     *
     * @throws UnsupportedRuleException if the field has no encoding here
     */
    static OFAction encode(Instruction instruction, OFFactory factory) {
        OFOxm<?> field = instruction instanceof L2ModificationInstruction
                ? l2((L2ModificationInstruction) instruction, factory.oxms())
                : l3((L3ModificationInstruction) instruction, factory.oxms());
        return factory.actions().setField(field);
    }

    private static OFOxm<?> l2(L2ModificationInstruction instruction, OFOxms fields) {
        switch (instruction.subtype()) {
            case ETH_SRC:
                return fields.ethSrc(Macs.toOpenFlow(((ModEtherInstruction) instruction).mac()));
            case ETH_DST:
                return fields.ethDst(Macs.toOpenFlow(((ModEtherInstruction) instruction).mac()));
            case VLAN_ID:
                return fields.vlanVid(OFVlanVidMatch.ofVlan(((ModVlanIdInstruction) instruction).vlanId().toShort()));
            case VLAN_PCP:
                return fields.vlanPcp(VlanPcp.of(((ModVlanPcpInstruction) instruction).vlanPcp()));
            default:
                throw new UnsupportedRuleException("instruction " + instruction + " is not supported");
        }
    }

    private static OFOxm<?> l3(L3ModificationInstruction instruction, OFOxms fields) {
        switch (instruction.subtype()) {
            case IPV4_SRC:
                return fields.ipv4Src(IPv4Address.of(((ModIPInstruction) instruction).ip().getIp4Address().toInt()));
            case IPV4_DST:
                return fields.ipv4Dst(IPv4Address.of(((ModIPInstruction) instruction).ip().getIp4Address().toInt()));
            default:
                throw new UnsupportedRuleException("instruction " + instruction + " is not supported");
        }
    }

    /**
     * Adds the write of a field to a treatment.
     *
     * @return whether the field could be read
     */
    static boolean decode(OFOxm<?> field, TrafficTreatment.Builder treatment) {
        Object value = field.getValue();
        switch (field.getMatchField().id) {
            case ETH_SRC:
                treatment.setEthSrc(Macs.fromOpenFlow((MacAddress) value));
                return true;
            case ETH_DST:
                treatment.setEthDst(Macs.fromOpenFlow((MacAddress) value));
                return true;
            case VLAN_VID:
                treatment.setVlanId(VlanId.vlanId(((OFVlanVidMatch) value).getVlan()));
                return true;
            case VLAN_PCP:
                treatment.setVlanPcp(((VlanPcp) value).getValue());
                return true;
            case IPV4_SRC:
                treatment.setIpSrc(Ip4Address.valueOf(((IPv4Address) value).getInt()));
                return true;
            case IPV4_DST:
                treatment.setIpDst(Ip4Address.valueOf(((IPv4Address) value).getInt()));
                return true;
            default:
                return false;
        }
    }
}
