package org.cloister.lab.openflow;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.projectfloodlight.openflow.protocol.OFErrorMsg;

/**
 * What an error message complains about. The kind of the error does not tell: Open vSwitch refuses a rule with an unknown
 * meter by a meter error. The message in question does, of which a switch returns at least the first 64 bytes (OpenFlow
 * 1.3.5, 7.4.4): too few to parse, enough for its header and the eight bytes behind.
 */
public final class RefusedMessage {

    /** Type of a FlowMod. */
    public static final int FLOW_MOD = 14;

    /** Type of a MeterMod. */
    public static final int METER_MOD = 29;

    private static final int TYPE_OFFSET = 1;
    private static final int BODY_OFFSET = 8;

    private final byte[] head;

    private RefusedMessage(byte[] head) {
        this.head = head;
    }

    /** Returns the message that an error is about, as far as it tells. */
    public static RefusedMessage of(OFErrorMsg error) {
        return new RefusedMessage(error.getData().getData());
    }

    /** Returns false if the message is of another type. */
    public boolean mayBe(int type) {
        return head.length <= TYPE_OFFSET || head[TYPE_OFFSET] == type;
    }

    /** Returns the first eight bytes behind the header, in a FlowMod its cookie, if the error tells. */
    public OptionalLong firstLong() {
        return head.length >= BODY_OFFSET + Long.BYTES
                ? OptionalLong.of(ByteBuffer.wrap(head).getLong(BODY_OFFSET))
                : OptionalLong.empty();
    }
}
