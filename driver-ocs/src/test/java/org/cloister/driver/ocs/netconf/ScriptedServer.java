package org.cloister.driver.ocs.netconf;

import org.w3c.dom.Element;
import org.w3c.dom.Node;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A server in memory that answers at once what a test says, and remembers what it was asked. */
final class ScriptedServer implements Link {

    /** An answer without content. */
    static final String OK = "<ok/>";
    static final Duration SOON = Duration.ofMillis(300);

    private final List<String> asked = new ArrayList<>();
    private final Deframer deframer = new Deframer(this::read);
    private final String hello;
    private final Function<Element, String> answers;
    private final NetconfChannel client;
    private Framing framing = Framing.END_OF_MESSAGE;
    private boolean closed;

    /**
     * @param capabilities the ends of their URIs after {@code urn:ietf:params:netconf:}
     * @param answers what is inside of the reply to an operation; null for none at all
     */
    ScriptedServer(List<String> capabilities, Function<Element, String> answers) {
        StringBuilder all = new StringBuilder();
        capabilities.forEach(each -> all.append("<capability>urn:ietf:params:netconf:").append(each)
                .append("</capability>"));
        this.hello = "<hello xmlns='" + ServerCapabilities.BASE + "'><capabilities>" + all
                + "</capabilities><session-id>7</session-id></hello>";
        this.answers = answers;
        this.client = new NetconfChannel(notification -> asked.add("(notification)"));
    }

    /** Returns a session with it. */
    NetconfChannel open() {
        client.open(this, Deadline.in(SOON));
        return client;
    }

    /** Returns what it said that it can do. */
    ServerCapabilities capabilities() throws ProtocolException {
        return ServerCapabilities.of(Xml.parse(hello.getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns what it was asked, in the order it came, without namespaces. */
    List<String> asked() {
        return asked;
    }

    boolean isClosed() {
        return closed;
    }

    /** Sends a message that nobody asked for. */
    void say(String message) {
        byte[] bytes = framing.frame(message.getBytes(StandardCharsets.UTF_8));
        try {
            client.received(bytes, 0, bytes.length);
        } catch (ProtocolException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void send(byte[] bytes) throws IOException {
        deframer.feed(bytes, 0, bytes.length);
    }

    private void read(byte[] message) {
        Element root;
        try {
            root = Xml.parse(message);
        } catch (ProtocolException e) {
            throw new AssertionError(e);
        }
        if (root.getLocalName().equals("hello")) {
            say(hello);
            framing = hello.contains("base:1.1") ? Framing.CHUNKED : Framing.END_OF_MESSAGE;
            deframer.use(framing);
            return;
        }
        Element operation = (Element) root.getFirstChild();
        asked.add(described(operation));
        String answer = answers.apply(operation);
        if (answer != null) {
            say("<rpc-reply xmlns='" + ServerCapabilities.BASE + "' message-id='" + root.getAttribute("message-id") + "'>"
                    + answer + "</rpc-reply>");
        }
    }

    /** An operation and what it is about: {@code lock candidate}. */
    private static String described(Element operation) {
        StringBuilder words = new StringBuilder(operation.getLocalName());
        for (String about : List.of("target", "filter", "persist", "persist-id", "port-enab", "port-disab")) {
            Xml.child(operation, about).map(Element::getFirstChild).map(ScriptedServer::name)
                    .ifPresent(name -> words.append(' ').append(name));
        }
        return words.toString();
    }

    private static String name(Node node) {
        return node.getLocalName() != null ? node.getLocalName() : node.getTextContent();
    }

    @Override
    public void close() {
        closed = true;
    }
}
