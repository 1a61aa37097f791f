package org.cloister.driver.ocs.netconf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** How the end of a message is told from its content (RFC 6242, section 4). */
enum Framing {
    /** A marker that no XML contains; every session begins with it, and those of NETCONF 1.0 stay with it. */
    END_OF_MESSAGE {
        @Override
        byte[] frame(byte[] message) {
            return join(message, END_MARK);
        }
    },
    /** Chunks that say how long they are. */
    CHUNKED {
        @Override
        byte[] frame(byte[] message) {
            return join(("\n#" + message.length + "\n").getBytes(StandardCharsets.US_ASCII), message, END_OF_CHUNKS);
        }
    };

    static final byte[] END_MARK = "]]>]]>".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END_OF_CHUNKS = "\n##\n".getBytes(StandardCharsets.US_ASCII);

    /** Returns what is to be sent for a message. */
    abstract byte[] frame(byte[] message);

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }
}
