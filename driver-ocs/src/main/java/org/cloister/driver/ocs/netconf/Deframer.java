package org.cloister.driver.ocs.netconf;

import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts what arrives into messages. It may change from one framing to the other between two messages, also while it hands
 * out the first, which is when the hello of a NETCONF 1.1 server does it.
 */
final class Deframer {

    /** Far above what the largest switch has to say (576 ports: 100 KiB); keeps a broken one from filling the memory. */
    static final int MAX_MESSAGE_BYTES = 16 << 20;

    private final Consumer<byte[]> messages;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private Framing framing = Framing.END_OF_MESSAGE;
    private int matched;
    private Chunk expected = Chunk.LINE_FEED;
    private long chunkBytes;

    Deframer(Consumer<byte[]> messages) {
        this.messages = messages;
    }

    /** Sets how messages end from the next one on. */
    void use(Framing next) {
        framing = next;
    }

    /**
     * Takes what arrived and hands out the messages that it completes.
     *
     * @throws ProtocolException if it is not what the framing allows; nothing that follows can be understood
     */
    void feed(byte[] bytes, int offset, int length) throws ProtocolException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (framing == Framing.CHUNKED && expected == Chunk.CONTENT) {
                int taken = (int) Math.min(chunkBytes, end - at);
                message.write(bytes, at, taken);
                chunkBytes -= taken;
                at += taken;
                expected = chunkBytes == 0 ? Chunk.LINE_FEED : Chunk.CONTENT;
            } else if (framing == Framing.CHUNKED) {
                chunkHeader(bytes[at++]);
            } else {
                plain(bytes[at++]);
            }
        }
    }

    private void plain(byte next) throws ProtocolException {
        checkSize(message.size() + 1L);
        message.write(next);
        if (next == Framing.END_MARK[matched]) {
            matched++;
        } else if (next == ']') {
            // of a row of brackets the last ones may begin the mark
            matched = matched == 2 ? 2 : 1;
        } else {
            matched = 0;
        }
        if (matched == Framing.END_MARK.length) {
            byte[] whole = message.toByteArray();
            matched = 0;
            message.reset();
            messages.accept(Arrays.copyOf(whole, whole.length - Framing.END_MARK.length));
        }
    }

    private void chunkHeader(byte next) throws ProtocolException {
        switch (expected) {
            case LINE_FEED:
                expected = next == '\n' ? Chunk.HASH : refuse(next);
                break;
            case HASH:
                expected = next == '#' ? Chunk.FIRST_DIGIT : refuse(next);
                break;
            case FIRST_DIGIT:
                if (next == '#' && message.size() > 0) {
                    expected = Chunk.LAST_LINE_FEED;
                } else if (next >= '1' && next <= '9') {
                    chunkBytes = next - '0';
                    expected = Chunk.DIGIT;
                } else {
                    refuse(next);
                }
                break;
            case DIGIT:
                if (next == '\n') {
                    checkSize(message.size() + chunkBytes);
                    expected = Chunk.CONTENT;
                } else if (next >= '0' && next <= '9') {
                    chunkBytes = chunkBytes * 10 + next - '0';
                    checkSize(chunkBytes);
                } else {
                    refuse(next);
                }
                break;
            default:
                if (next != '\n') {
                    refuse(next);
                }
                expected = Chunk.LINE_FEED;
                byte[] whole = message.toByteArray();
                message.reset();
                messages.accept(whole);
        }
    }

    private Chunk refuse(byte found) throws ProtocolException {
        throw new ProtocolException("chunked framing (RFC 6242) broken: expected " + expected + ", found byte "
                + (found & 0xff));
    }

    private static void checkSize(long bytes) throws ProtocolException {
        if (bytes > MAX_MESSAGE_BYTES) {
            throw new ProtocolException("message of more than " + MAX_MESSAGE_BYTES + " bytes");
        }
    }

    /** What comes next of {@code LF # size LF content ... LF # # LF}. */
    private enum Chunk { LINE_FEED, HASH, FIRST_DIGIT, DIGIT, CONTENT, LAST_LINE_FEED }
}
