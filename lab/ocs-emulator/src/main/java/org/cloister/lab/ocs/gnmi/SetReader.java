package org.cloister.lab.ocs.gnmi;

import com.fasterxml.jackson.databind.JsonNode;
import org.cloister.gnmi.Path;
import org.cloister.gnmi.PathElem;
import org.cloister.gnmi.SetRequest;
import org.cloister.gnmi.Update;
import org.cloister.lab.ocs.device.Circuit;
import org.cloister.lab.ocs.device.Configuration;
import org.cloister.lab.ocs.device.Edit;
import org.cloister.lab.ocs.device.Recovery;
import org.cloister.lab.ocs.device.Refusal;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads a Set request against what is configured: deletes first, then replaces, then updates. Values may be leaves, or
 * JSON of whole parts of the tree.
 */
final class SetReader {

    private static final Set<String> LISTS = Set.of("port-connection", "component");
    private static final Set<String> READ_ONLY = Set.of("state", "last-change-time");

    private final SortedMap<String, SortedMap<String, String>> connections = new TreeMap<>();
    private final SortedSet<String> disabled;
    private final Set<String> ports;
    /** Connections that are shown, configured or not. */
    private final Set<String> shown;
    private final Set<String> released = new HashSet<>();
    private Recovery recovery;

    private SetReader(Configuration configuration, Set<String> shown, Set<String> ports) {
        configuration.connections().forEach((name, circuit) -> connections.put(name, new TreeMap<>(
                Map.of("input-port-name", circuit.input(), "output-port-name", circuit.output()))));
        this.disabled = new TreeSet<>(configuration.disabled());
        this.recovery = configuration.recovery();
        this.shown = shown;
        this.ports = ports;
    }

    /**
     * Reads a request.
     *
     * @return empty if it asks for no change
     * @throws Refusal naming the path and the value that is wrong
     */
    static Optional<Edit> read(SetRequest request, Configuration configuration, Set<String> shown, Set<String> ports) {
        if (request.getDeleteCount() + request.getReplaceCount() + request.getUpdateCount()
                + request.getUnionReplaceCount() == 0) {
            return Optional.empty();
        }
        if (request.getUnionReplaceCount() > 0) {
            throw new Refusal(Refusal.Cause.UNSUPPORTED, "union_replace is not supported");
        }
        SetReader reader = new SetReader(configuration, shown, ports);
        Path prefix = request.getPrefix();
        request.getDeleteList().forEach(path -> reader.delete(Model.known(prefix, path)));
        for (Update replace : request.getReplaceList()) {
            Path path = Model.known(prefix, replace.getPath());
            reader.delete(path);
            reader.assign(path, Values.read(replace.getVal(), Paths.text(path)));
        }
        for (Update update : request.getUpdateList()) {
            Path path = Model.known(prefix, update.getPath());
            reader.assign(path, Values.read(update.getVal(), Paths.text(path)));
        }
        return Optional.of(new Edit(reader.configuration(), Set.copyOf(reader.released)));
    }

    private void delete(Path path) {
        if (path.getElemList().stream().anyMatch(elem -> READ_ONLY.contains(elem.getName()))) {
            throw new Refusal(Refusal.Cause.MALFORMED, Paths.text(path) + " cannot be written");
        }
        if (Paths.reaches(path, "connections")) {
            named(path).forEach(name -> deleteConnection(path, name));
        }
        if (Paths.reaches(path, "components")) {
            disabled.removeIf(port -> Paths.contains(path, Paths.under(Model.port(port), "ocp-ocs-port", "config", "enabled")));
        }
        if (Paths.contains(path, Paths.of("optical-switch", "config", "cold-boot-recovery"))) {
            recovery = Configuration.EMPTY.recovery();
        }
    }

    private Set<String> named(Path path) {
        Optional<String> one = Paths.key(path);
        if (one.isPresent()) {
            return connections.containsKey(one.get()) || shown.contains(one.get()) ? Set.of(one.get()) : Set.of();
        }
        Set<String> all = new TreeSet<>(connections.keySet());
        all.addAll(shown);
        return all;
    }

    private void deleteConnection(Path path, String name) {
        Path config = Paths.under(Model.connection(name), "config");
        if (Paths.contains(path, config)) {
            connections.remove(name);
            released.add(name);
        } else {
            Optional.ofNullable(connections.get(name))
                    .ifPresent(leaves -> leaves.keySet().removeIf(leaf -> Paths.contains(path, Paths.under(config, leaf))));
        }
    }

    private void assign(Path path, JsonNode value) {
        if (value.isObject()) {
            value.fields().forEachRemaining(field -> {
                String name = field.getKey().substring(field.getKey().indexOf(':') + 1);
                if (field.getValue().isArray() && LISTS.contains(name)) {
                    field.getValue().forEach(entry -> assign(entry(path, name, entry), entry));
                } else {
                    assign(Model.known(Paths.under(path, name)), field.getValue());
                }
            });
            return;
        }
        List<String> names = path.getElemList().stream().map(PathElem::getName).collect(Collectors.toList());
        String key = path.getElemCount() < 2 ? "" : path.getElem(1).getKeyOrDefault("name", "");
        if (LISTS.contains(names.size() < 2 ? "" : names.get(1)) && (key.isEmpty() || key.equals("*"))) {
            throw new Refusal(Refusal.Cause.MALFORMED, Paths.text(path) + ": key name is missing");
        }
        leaf(path, String.join("/", names), key, value);
    }

    private void leaf(Path path, String names, String key, JsonNode value) {
        switch (names) {
            case "connections/port-connection/name":
            case "connections/port-connection/config/name":
                if (!text(path, value).equals(key)) {
                    throw new Refusal(Refusal.Cause.MALFORMED, Paths.text(path) + ": name is not the key: " + value.asText());
                }
                connections.computeIfAbsent(key, name -> new TreeMap<>());
                break;
            case "connections/port-connection/config/input-port-name":
            case "connections/port-connection/config/output-port-name":
                connections.computeIfAbsent(key, name -> new TreeMap<>())
                        .put(path.getElem(path.getElemCount() - 1).getName(), text(path, value));
                break;
            case "components/component/name":
                break;
            case "components/component/ocp-ocs-port/config/enabled":
                enable(path, key, value);
                break;
            case "optical-switch/config/cold-boot-recovery":
                recovery = Arrays.stream(Recovery.values()).filter(one -> one.name().equals(value.asText())).findFirst()
                        .orElseThrow(() -> wrong(path, value));
                break;
            case "optical-switch/config/bidirectional":
                if (!value.isBoolean() || !value.asBoolean()) {
                    throw wrong(path, value);
                }
                break;
            default:
                throw new Refusal(Refusal.Cause.MALFORMED, Paths.text(path) + " cannot be written");
        }
    }

    private void enable(Path path, String port, JsonNode value) {
        if (!ports.contains(port)) {
            throw new Refusal(Refusal.Cause.MALFORMED, Paths.text(path) + ": no such port: " + port);
        }
        if (!value.isBoolean()) {
            throw wrong(path, value);
        }
        if (value.asBoolean()) {
            disabled.remove(port);
        } else {
            disabled.add(port);
        }
    }

    private static Path entry(Path path, String list, JsonNode entry) {
        String name = entry.path("name").asText(entry.path("config").path("name").asText(""));
        if (name.isEmpty()) {
            throw new Refusal(Refusal.Cause.MALFORMED, Paths.text(path) + "/" + list + ": name is missing");
        }
        Path.Builder keyed = path.toBuilder();
        keyed.addElem(PathElem.newBuilder().setName(list).putKey("name", name));
        return Model.known(keyed.build());
    }

    private static String text(Path path, JsonNode value) {
        if (!value.isTextual() || value.asText().isEmpty()) {
            throw wrong(path, value);
        }
        return value.asText();
    }

    private static Refusal wrong(Path path, JsonNode value) {
        return new Refusal(Refusal.Cause.MALFORMED, Paths.text(path) + ": not a value for this: " + value);
    }

    private Configuration configuration() {
        SortedMap<String, Circuit> circuits = new TreeMap<>();
        connections.forEach((name, leaves) -> {
            for (String leaf : List.of("input-port-name", "output-port-name")) {
                if (!leaves.containsKey(leaf)) {
                    throw new Refusal(Refusal.Cause.MALFORMED, "connection " + name + ": " + leaf + " is missing");
                }
            }
            circuits.put(name, new Circuit(leaves.get("input-port-name"), leaves.get("output-port-name")));
        });
        return new Configuration(circuits, disabled, recovery);
    }
}
