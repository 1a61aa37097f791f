package org.cloister.driver.ocs.netconf;

import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;
import org.w3c.dom.Element;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One NETCONF session: hellos, questions and their answers, notifications. It does not outlive a question without an
 * answer: whether the server does what it was asked cannot be known then, and an answer that comes late would be taken
 * for one to a later question by servers that mix up their own ids. Whoever needs to know opens another session and
 * reads.
 */
final class NetconfChannel implements Link.Receiver {

    private final Map<String, CompletableFuture<Element>> waiting = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();
    private final CompletableFuture<ServerCapabilities> hello = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Deframer deframer = new Deframer(this::read);
    private final Consumer<Element> notifications;
    private volatile Link link;
    private volatile Framing framing = Framing.END_OF_MESSAGE;

    /** @param notifications is given each, on the thread that reads: it must not block */
    NetconfChannel(Consumer<Element> notifications) {
        this.notifications = notifications;
    }

    /** Begins to speak over a link, and returns what the server can do. */
    ServerCapabilities open(Link over, Deadline deadline) {
        link = over;
        send("hello", ServerCapabilities.hello());
        return await("hello", hello, deadline);
    }

    /**
     * Asks and waits for the answer.
     *
     * @param operation the XML inside of {@code rpc}
     * @return the {@code rpc-reply}
     * @throws RpcRefused if the answer is an error
     * @throws OcsException {@code DEADLINE} or {@code LOST}; the session is over then
     */
    Element ask(String operation, Deadline deadline) throws RpcRefused {
        String name = operation.replaceFirst("(?s)^<([A-Za-z0-9-]+).*", "$1");
        String id = Long.toString(lastId.incrementAndGet());
        CompletableFuture<Element> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        try {
            if (ended.isDone()) {
                throw lost();
            }
            send(name, "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rpc xmlns=\"" + ServerCapabilities.BASE
                    + "\" message-id=\"" + id + "\">" + operation + "</rpc>");
            Element reply = await(name, answer, deadline);
            List<RpcError> errors = Xml.children(reply, "rpc-error").map(RpcError::new).filter(RpcError::isSevere)
                    .collect(Collectors.toUnmodifiableList());
            if (!errors.isEmpty()) {
                throw new RpcRefused(errors);
            }
            return reply;
        } finally {
            waiting.remove(id);
        }
    }

    /** Returns what completes when it is over, with the reason as message of an exception, or normally if it was closed. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** Says good-bye without waiting for an answer, and ends it. */
    void close() {
        if (ended.complete(null)) {
            try {
                link.send(framing.frame(("<rpc xmlns=\"" + ServerCapabilities.BASE + "\" message-id=\""
                        + lastId.incrementAndGet() + "\"><close-session/></rpc>").getBytes(StandardCharsets.UTF_8)));
            } catch (IOException e) {
                // gone already
            }
        }
        release(new OcsException(Reason.LOST, "the session was closed"));
    }

    /** Ends it for a reason. */
    void end(OcsException why) {
        ended.completeExceptionally(why);
        release(why);
    }

    private void release(OcsException why) {
        hello.completeExceptionally(why);
        waiting.values().forEach(answer -> answer.completeExceptionally(why));
        Link open = link;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void received(byte[] bytes, int offset, int length) throws ProtocolException {
        deframer.feed(bytes, offset, length);
    }

    @Override
    public void ended(String why) {
        end(new OcsException(Reason.LOST, why));
    }

    private void read(byte[] message) {
        Element root;
        try {
            root = Xml.parse(message);
        } catch (ProtocolException e) {
            end(new OcsException(Reason.LOST, "the switch does not keep to NETCONF: " + e.getMessage(), e));
            return;
        }
        switch (root.getLocalName()) {
            case "hello":
                ServerCapabilities capabilities = ServerCapabilities.of(root);
                framing = capabilities.framing();
                deframer.use(framing);
                hello.complete(capabilities);
                break;
            case "rpc-reply":
                answered(root);
                break;
            case "notification":
                notifications.accept(root);
                break;
            default:
                end(new OcsException(Reason.LOST, "the switch does not keep to NETCONF: it sent " + root.getNodeName()));
        }
    }

    private void answered(Element reply) {
        CompletableFuture<Element> answer = waiting.get(reply.getAttribute("message-id"));
        if (answer != null) {
            answer.complete(reply);
        } else if (reply.getAttribute("message-id").isEmpty()) {
            end(new OcsException(Reason.LOST, "the switch could not read what it was sent: " + Xml.children(reply,
                    "rpc-error").map(error -> new RpcError(error).toString()).collect(Collectors.joining("; "))));
        }
    }

    private void send(String name, String message) {
        try {
            link.send(framing.frame(message.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            end(new OcsException(Reason.LOST, "connection broke while " + name + " was sent: " + e.getMessage(), e));
            throw lost();
        }
    }

    private <T> T await(String name, CompletableFuture<T> answer, Deadline deadline) {
        try {
            return answer.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            OcsException late = new OcsException(Reason.DEADLINE, "no answer to " + name + " within " + deadline);
            end(late);
            throw late;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof OcsException ? (OcsException) e.getCause() : lost();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(new OcsException(Reason.LOST, "interrupted while waiting for the answer to " + name));
            throw lost();
        }
    }

    /** Returns why it is over, in the words of what ended it. */
    private OcsException lost() {
        OcsException closed = new OcsException(Reason.LOST, "the session was closed");
        return ended.<OcsException>handle((done, why) -> why instanceof OcsException ? (OcsException) why : closed)
                .getNow(closed);
    }
}
