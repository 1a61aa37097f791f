package org.cloister.lab.ocs.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Remembers in a file of JSON, which is replaced as a whole. */
public final class FileStateStore implements StateStore {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    /** Keeps the file {@code state.json} in a directory, which is made if need be. */
    public FileStateStore(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("state directory " + directory, e);
        }
        this.file = directory.resolve("state.json");
    }

    @Override
    public Saved load() {
        if (!Files.exists(file)) {
            return Saved.NOTHING;
        }
        try {
            JsonNode root = JSON.readTree(file.toFile());
            Set<String> invalid = new TreeSet<>();
            root.path("invalid").forEach(name -> invalid.add(name.asText()));
            JsonNode pending = root.path("pending");
            return new Saved(configuration(root.path("configuration")), invalid, pending.isObject()
                    ? Optional.of(new Saved.Pending(pending.path("id").asText(), configuration(pending.path("before")),
                            pending.path("deadlineNs").asLong()))
                    : Optional.empty());
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void save(Saved saved) {
        ObjectNode root = JSON.createObjectNode();
        root.set("configuration", json(saved.configuration()));
        saved.invalid().forEach(root.putArray("invalid")::add);
        saved.pending().ifPresent(pending -> root.putObject("pending").put("id", pending.id())
                .put("deadlineNs", pending.deadlineNs()).set("before", json(pending.before())));
        Path next = file.resolveSibling("state.json.next");
        try {
            JSON.writeValue(next.toFile(), root);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }

    private static ObjectNode json(Configuration configuration) {
        ObjectNode json = JSON.createObjectNode().put("recovery", configuration.recovery().name());
        ObjectNode connections = json.putObject("connections");
        configuration.connections().forEach((name, circuit) -> connections.putObject(name)
                .put("input", circuit.input()).put("output", circuit.output()));
        configuration.disabled().forEach(json.putArray("disabled")::add);
        return json;
    }

    private static Configuration configuration(JsonNode json) {
        SortedMap<String, Circuit> connections = new TreeMap<>();
        json.path("connections").fields().forEachRemaining(entry -> connections.put(entry.getKey(),
                new Circuit(entry.getValue().path("input").asText(), entry.getValue().path("output").asText())));
        SortedSet<String> disabled = new TreeSet<>();
        json.path("disabled").forEach(port -> disabled.add(port.asText()));
        return new Configuration(connections, disabled, Recovery.valueOf(json.path("recovery").asText("MAINTAIN")));
    }
}
