package org.cloister.lab.openflow.flow;

import java.util.ArrayList;
import java.util.List;
import org.cloister.lab.openflow.Ports;
import org.onlab.packet.EthType;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions.OutputInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction;
import org.onosproject.net.flow.instructions.L2ModificationInstruction.ModVlanHeaderInstruction;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.protocol.action.OFActionOutput;
import org.projectfloodlight.openflow.protocol.action.OFActionPushVlan;
import org.projectfloodlight.openflow.protocol.action.OFActionSetField;

/** Instructions that act on the packet, as OpenFlow 1.3 actions and back. */
final class ActionCodec {

    /** Sends the whole packet to the controller, and keeps no copy on the switch: OFPCML_NO_BUFFER. */
    private static final int NO_BUFFER = 0xffff;

    private ActionCodec() {
    }

    /**
     * Returns the actions of some instructions, in their order.
     *
     * @throws UnsupportedRuleException if an instruction has no encoding here
     */
    static List<OFAction> encode(List<Instruction> instructions, OFFactory factory) {
        List<OFAction> actions = new ArrayList<>();
        for (Instruction instruction : instructions) {
            switch (instruction.type()) {
                case NOACTION:
                    break;
                case OUTPUT:
                    actions.add(output(((OutputInstruction) instruction).port(), factory));
                    break;
                case L2MODIFICATION:
                    actions.add(l2((L2ModificationInstruction) instruction, factory));
                    break;
                case L3MODIFICATION:
                    actions.add(SetFieldCodec.encode(instruction, factory));
                    break;
                default:
                    throw new UnsupportedRuleException("instruction " + instruction + " is not supported");
            }
        }
        return actions;
    }

    /** Returns the action that outputs to a port. */
    private static OFAction output(PortNumber port, OFFactory factory) {
        OFActionOutput.Builder output = factory.actions().buildOutput().setPort(Ports.toOpenFlow(port));
        if (port.equals(PortNumber.CONTROLLER)) {
            output.setMaxLen(NO_BUFFER);
        }
        return output.build();
    }

    private static OFAction l2(L2ModificationInstruction instruction, OFFactory factory) {
        switch (instruction.subtype()) {
            case VLAN_PUSH:
                EthType tag = ((ModVlanHeaderInstruction) instruction).ethernetType();
                return factory.actions().pushVlan(
                        org.projectfloodlight.openflow.types.EthType.of(Short.toUnsignedInt(tag.toShort())));
            case VLAN_POP:
                return factory.actions().popVlan();
            default:
                return SetFieldCodec.encode(instruction, factory);
        }
    }

    /**
     * Adds what some actions do to a treatment.
     *
     * @return whether all of them could be read
     */
    static boolean decode(List<OFAction> actions, TrafficTreatment.Builder treatment) {
        boolean readable = true;
        for (OFAction action : actions) {
            switch (action.getType()) {
                case OUTPUT:
                    treatment.setOutput(Ports.fromOpenFlow(((OFActionOutput) action).getPort()));
                    break;
                case PUSH_VLAN:
                    treatment.pushVlan(new EthType(((OFActionPushVlan) action).getEthertype().getValue()));
                    break;
                case POP_VLAN:
                    treatment.popVlan();
                    break;
                case SET_FIELD:
                    readable &= SetFieldCodec.decode(((OFActionSetField) action).getField(), treatment);
                    break;
                default:
                    readable = false;
            }
        }
        return readable;
    }
}
