package org.cloister.lab.openflow.flow;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.projectfloodlight.openflow.protocol.OFErrorMsg;

/**
 * Finds the FlowMod that an error message complains about. A switch returns at least the first 64 bytes of it (OpenFlow
 * 1.3.5, 7.4.4): too few to parse, enough for the header and the cookie behind it.
 */
final class FlowModErrors {

    private static final int FLOW_MOD = 14;
    private static final int TYPE_OFFSET = 1;
    private static final int COOKIE_OFFSET = 8;

    private FlowModErrors() {
    }

    /** Returns false if the error is about some other message. */
    static boolean mayBeAboutFlowMod(OFErrorMsg error) {
        byte[] data = error.getData().getData();
        return data.length <= TYPE_OFFSET || data[TYPE_OFFSET] == FLOW_MOD;
    }

    /** Returns the cookie of the FlowMod in question, if the error tells. */
    static OptionalLong cookie(OFErrorMsg error) {
        byte[] data = error.getData().getData();
        return data.length >= COOKIE_OFFSET + Long.BYTES
                ? OptionalLong.of(ByteBuffer.wrap(data).getLong(COOKIE_OFFSET))
                : OptionalLong.empty();
    }
}
