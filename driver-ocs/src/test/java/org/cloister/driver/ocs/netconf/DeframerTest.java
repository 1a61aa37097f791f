package org.cloister.driver.ocs.netconf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DeframerTest {

    private final List<String> messages = new ArrayList<>();
    private final Deframer deframer = new Deframer(message -> messages.add(new String(message, StandardCharsets.UTF_8)));

    @ParameterizedTest
    @EnumSource
    void messagesArriveWholeHoweverTheyAreCut(Framing framing) throws Exception {
        List<String> sent = List.of("<a>]]</a>", "<b>]]]]</b>", "<c>\n#4\n</c>", "<d>ä</d>");
        StringBuilder wire = new StringBuilder();
        for (String message : sent) {
            wire.append(new String(framing.frame(bytes(message)), StandardCharsets.ISO_8859_1));
        }
        byte[] all = wire.toString().getBytes(StandardCharsets.ISO_8859_1);
        deframer.use(framing);
        for (int size = 1; size <= all.length; size++) {
            messages.clear();
            for (int at = 0; at < all.length; at += size) {
                deframer.feed(all, at, Math.min(size, all.length - at));
            }
            assertThat(messages).as("in pieces of %d", size).isEqualTo(sent);
        }
    }

    @Test
    void bracketsBeforeTheMarkBelongToTheMessage() throws Exception {
        feed("<a>]]></a>]]]>]]>");
        assertThat(messages).containsExactly("<a>]]></a>]");
    }

    @Test
    void severalChunksAreOneMessage() throws Exception {
        deframer.use(Framing.CHUNKED);
        feed("\n#3\n<a>\n#1\nx\n#4\n</a>\n##\n");
        assertThat(messages).containsExactly("<a>x</a>");
    }

    @Test
    void framingChangesBetweenTwoMessagesThatArriveTogether() throws Exception {
        Deframer[] self = new Deframer[1];
        self[0] = new Deframer(message -> {
            messages.add(new String(message, StandardCharsets.UTF_8));
            self[0].use(Framing.CHUNKED);
        });
        byte[] wire = bytes("<hello/>]]>]]>\n#4\n<a/>\n##\n");
        self[0].feed(wire, 0, wire.length);
        assertThat(messages).containsExactly("<hello/>", "<a/>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<a/>", "\n4\n", "\n#0\n", "\n#-1\n", "\n#x\n", "\n#4 \n", "\n##\n", "\n#2\nab#3\n",
        "\n#99999999999\n", "\n#2\nab\n##x"})
    void brokenChunksAreRefused(String wire) {
        deframer.use(Framing.CHUNKED);
        assertThatThrownBy(() -> feed(wire)).isInstanceOf(ProtocolException.class);
        assertThat(messages).isEmpty();
    }

    @Test
    void messageWithoutEndIsRefusedBeforeItFillsTheMemory() throws Exception {
        byte[] much = new byte[Deframer.MAX_MESSAGE_BYTES];
        deframer.feed(much, 0, much.length);
        assertThatThrownBy(() -> deframer.feed(much, 0, 1)).isInstanceOf(ProtocolException.class)
                .hasMessageContaining(Integer.toString(Deframer.MAX_MESSAGE_BYTES));
    }

    private void feed(String wire) throws ProtocolException {
        byte[] bytes = bytes(wire);
        deframer.feed(bytes, 0, bytes.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
