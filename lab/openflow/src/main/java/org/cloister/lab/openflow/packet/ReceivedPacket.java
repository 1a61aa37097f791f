package org.cloister.lab.openflow.packet;

import java.util.function.Consumer;
import org.onosproject.net.packet.DefaultOutboundPacket;
import org.onosproject.net.packet.DefaultPacketContext;
import org.onosproject.net.packet.InboundPacket;
import org.onosproject.net.packet.OutboundPacket;

/** A packet on its way through the packet processors, of which the first that sends or blocks it handles it. */
final class ReceivedPacket extends DefaultPacketContext {

    private final Consumer<OutboundPacket> emitter;

    ReceivedPacket(InboundPacket inbound, OutboundPacket outbound, boolean handled, Consumer<OutboundPacket> emitter) {
        super(System.currentTimeMillis(), inbound, outbound, handled);
        this.emitter = emitter;
    }

    @Override
    public void send() {
        if (!block()) {
            emitter.accept(new DefaultOutboundPacket(
                    outPacket().sendThrough(), treatmentBuilder().build(), outPacket().data(),
                    inPacket().receivedFrom().port()));
        }
    }
}
