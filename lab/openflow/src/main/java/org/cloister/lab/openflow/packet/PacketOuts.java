package org.cloister.lab.openflow.packet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cloister.lab.openflow.Ports;
import org.onosproject.net.flow.instructions.Instruction;
import org.onosproject.net.flow.instructions.Instructions.OutputInstruction;
import org.onosproject.net.packet.OutboundPacket;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFPacketOut;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.types.OFBufferId;
import org.projectfloodlight.openflow.types.OFPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Outbound packets as OpenFlow packet-outs. */
final class PacketOuts {

    private static final Logger log = LoggerFactory.getLogger(PacketOuts.class);

    private PacketOuts() {
    }

    /**
     * Returns the message that sends a packet to the ports of its treatment, or nothing if there is no such port.
     * Outputs are all that stock ONOS carries out here; a packet that asks for more is not sent at all, and logged.
     */
    static Optional<OFPacketOut> encode(OutboundPacket packet, OFPort inPort, OFFactory factory) {
        List<OFAction> outputs = new ArrayList<>();
        for (Instruction instruction : packet.treatment().allInstructions()) {
            switch (instruction.type()) {
                case NOACTION:
                    break;
                case OUTPUT:
                    OFPort port = Ports.toOpenFlow(((OutputInstruction) instruction).port());
                    outputs.add(factory.actions().buildOutput().setPort(port).build());
                    break;
                default:
                    log.warn("Packet not sent through {}: instruction {} is not supported", packet.sendThrough(), instruction);
                    return Optional.empty();
            }
        }
        if (outputs.isEmpty()) {
            return Optional.empty();
        }
        // the whole buffer: a processor may have read from it and left its position anywhere
        byte[] frame = new byte[packet.data().capacity()];
        packet.data().duplicate().clear().get(frame);
        return Optional.of(factory.buildPacketOut()
                .setBufferId(OFBufferId.NO_BUFFER)
                .setInPort(inPort)
                .setActions(outputs)
                .setData(frame)
                .build());
    }
}
