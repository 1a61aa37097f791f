package org.cloister.lab.openflow;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.projectfloodlight.openflow.exceptions.OFParseError;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFVersion;

/** OpenFlow 1.3 messages as bytes and back, so that tests see what the other end would. */
public final class Wire {

    public static final OFFactory OF13 = OFFactories.getFactory(OFVersion.OF_13);

    private Wire() {
    }

    /** Returns the message as it arrives. */
    @SuppressWarnings("unchecked")
    public static <M extends OFMessage> M carry(M message) {
        try {
            return (M) OF13.getReader().readFrom(Unpooled.wrappedBuffer(bytes(message)));
        } catch (OFParseError e) {
            throw new AssertionError("not a valid message: " + message, e);
        }
    }

    public static byte[] bytes(OFMessage message) {
        ByteBuf buffer = Unpooled.buffer();
        message.writeTo(buffer);
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }
}
