package org.cloister.lab.ocs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.cloister.lab.ocs.fault.FaultKind;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Takes orders from who plays fate, a line of JSON each, and answers each with a line {@code {"ok":true, ...}} or
 * {@code {"error":"..."}}:
 * <pre>
 * {"fault":"stuck-mirror","port":"3"}          see {@link FaultKind} for kinds and parameters
 * {"clear":"stuck-mirror","port":"3"}          or without parameters, or {"clear":"all"}; answers how many it was
 * {"times":{"switchingMillis":25,"opticsMillis":0}}
 * {"show":true}                                the truth: connections, where light goes, carriers, faults
 * </pre>
 */
final class ControlSocket implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ControlSocket.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Emulator emulator;
    private final Path path;
    private final ServerSocketChannel server;

    /** Listens at once; a socket that was left behind is taken over. */
    ControlSocket(Emulator emulator, Path path) {
        this.emulator = emulator;
        this.path = path;
        try {
            Files.deleteIfExists(path);
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            throw new UncheckedIOException("control socket " + path + ": " + e.getMessage(), e);
        }
        start("control", this::accept);
    }

    private void accept() {
        try {
            while (server.isOpen()) {
                SocketChannel client = server.accept();
                start("control client", () -> talk(client));
            }
        } catch (AsynchronousCloseException e) {
            LOG.log(Level.FINE, "control socket is closed", e);
        } catch (IOException e) {
            LOG.log(Level.SEVERE, "control socket failed", e);
        }
    }

    private void talk(SocketChannel client) {
        try (client; BufferedReader lines = new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8));
                var answers = Channels.newOutputStream(client)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    answers.write((answer(line) + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            LOG.log(Level.FINE, "a client of the control socket went away", e);
        }
    }

    private ObjectNode answer(String line) {
        try {
            JsonNode order = JSON.readTree(line);
            if (!order.isObject()) {
                throw new IllegalArgumentException("not an object: " + line);
            }
            return obey((ObjectNode) order).put("ok", true);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode().put("error", "not JSON: " + line);
        } catch (RuntimeException e) {
            LOG.log(Level.FINE, "an order was not obeyed", e);
            return JSON.createObjectNode().put("error", String.valueOf(e.getMessage()));
        }
    }

    private ObjectNode obey(ObjectNode order) {
        if (order.has("fault")) {
            FaultKind kind = FaultKind.of(order.remove("fault").asText());
            emulator.inject(kind, order);
            return JSON.createObjectNode();
        }
        if (order.has("clear")) {
            return JSON.createObjectNode().put("cleared", emulator.clear(order.remove("clear").asText(), order));
        }
        if (order.has("times")) {
            JsonNode times = order.get("times");
            emulator.times(new Times(millis(times, "switchingMillis", emulator.times().switching()),
                    millis(times, "opticsMillis", emulator.times().optics())));
            return JSON.createObjectNode();
        }
        if (order.has("show")) {
            return emulator.show();
        }
        throw new IllegalArgumentException("none of fault, clear, times, show: " + order);
    }

    private static Duration millis(JsonNode times, String name, Duration otherwise) {
        if (!times.has(name)) {
            return otherwise;
        }
        if (!times.get(name).isNumber()) {
            throw new IllegalArgumentException("times: " + name + " is not a number: " + times.get(name));
        }
        return Times.millis(times.get(name).asDouble());
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "control socket " + path + " is left behind", e);
        }
    }
}
