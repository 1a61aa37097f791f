package org.cloister.lab.ocs.gnmi;

import org.cloister.gnmi.Path;
import org.cloister.gnmi.PathElem;
import org.cloister.lab.ocs.device.Connection;
import org.cloister.lab.ocs.device.OpticalSwitch;
import org.cloister.lab.ocs.device.PortView;
import org.cloister.lab.ocs.device.Refusal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The leaves of the OCS model (Open Compute Project, 0.8.0) and what the switch has for them. */
final class Model {

    private static final Path CONNECTIONS = Paths.of("connections");
    private static final Path SWITCH = Paths.of("optical-switch");

    private static final List<Path> LEAVES = List.of(
            Paths.of("connections", "last-change-time"),
            Paths.of("connections", "port-connection", "name"),
            Paths.of("connections", "port-connection", "config", "name"),
            Paths.of("connections", "port-connection", "config", "input-port-name"),
            Paths.of("connections", "port-connection", "config", "output-port-name"),
            Paths.of("connections", "port-connection", "state", "status"),
            Paths.of("connections", "port-connection", "state", "status-reason"),
            Paths.of("connections", "port-connection", "state", "last-updated"),
            Paths.of("components", "component", "name"),
            Paths.of("components", "component", "state", "type"),
            Paths.of("components", "component", "state", "description"),
            Paths.of("components", "component", "ocp-ocs-port", "config", "enabled"),
            Paths.of("components", "component", "ocp-ocs-port", "state", "group"),
            Paths.of("components", "component", "ocp-ocs-port", "state", "index"),
            Paths.of("components", "component", "ocp-ocs-port", "state", "status"),
            Paths.of("components", "component", "ocp-ocs-port", "state", "input-optical-power"),
            Paths.of("components", "component", "ocp-ocs-port", "state", "output-optical-power"),
            Paths.of("components", "component", "ocp-ocs-port", "state", "connection", "peer"),
            Paths.of("components", "component", "ocp-ocs-port", "state", "connection", "connected"),
            Paths.of("optical-switch", "config", "bidirectional"),
            Paths.of("optical-switch", "config", "cold-boot-recovery"));

    /** The names of each leaf and of what it is in, joined by slashes. */
    private static final Set<String> BRANCHES = LEAVES.stream().flatMap(leaf -> IntStream.rangeClosed(0, leaf.getElemCount())
            .mapToObj(length -> leaf.getElemList().subList(0, length).stream().map(PathElem::getName)
                    .collect(Collectors.joining("/")))).collect(Collectors.toSet());

    private Model() {
    }

    /** Returns the path of a connection. */
    static Path connection(String name) {
        return Paths.keyed("connections", "port-connection", name);
    }

    /** Returns the path of a port. */
    static Path port(String name) {
        return Paths.keyed("components", "component", name);
    }

    /** Checks that there can be something at a path. */
    static Path known(Path path) {
        return known(Path.getDefaultInstance(), path);
    }

    /**
     * Joins two paths and checks that there can be something there.
     *
     * @throws Refusal naming the path
     */
    static Path known(Path prefix, Path relative) {
        Path path = Paths.join(prefix, relative);
        for (Path part : List.of(prefix, relative)) {
            if (!part.getOrigin().isEmpty()) {
                throw new Refusal(Refusal.Cause.MALFORMED, "no such origin: " + part.getOrigin());
            }
        }
        for (PathElem elem : path.getElemList()) {
            for (String key : elem.getKeyMap().keySet()) {
                if (!key.equals("name")) {
                    throw new Refusal(Refusal.Cause.MALFORMED, Paths.text(path) + ": no such key: " + key);
                }
            }
        }
        if (!possible(path)) {
            throw new Refusal(Refusal.Cause.MALFORMED, "no such path: " + Paths.text(path));
        }
        return path;
    }

    private static boolean possible(Path path) {
        String[] names = path.getElemList().stream().map(PathElem::getName).toArray(String[]::new);
        // most requests name their paths in full
        if (BRANCHES.contains(String.join("/", names))) {
            return true;
        }
        Path plain = Paths.of(names);
        return LEAVES.stream().anyMatch(leaf -> Paths.contains(plain, leaf));
    }

    static List<Leaf> leaves(Connection connection) {
        Path base = connection(connection.name());
        List<Leaf> leaves = new ArrayList<>();
        if (connection.configured()) {
            leaves.add(Leaf.under(base, "config/name", connection.name()));
            leaves.add(Leaf.under(base, "config/input-port-name", connection.circuit().input()));
            leaves.add(Leaf.under(base, "config/output-port-name", connection.circuit().output()));
        }
        leaves.add(Leaf.under(base, "state/status", connection.status().name()));
        leaves.add(Leaf.under(base, "state/status-reason", connection.reason()));
        leaves.add(Leaf.under(base, "state/last-updated", connection.updatedNs()));
        return leaves;
    }

    static List<Leaf> leaves(PortView port) {
        Path base = Paths.under(port(port.name()), "ocp-ocs-port");
        List<Leaf> leaves = new ArrayList<>();
        leaves.add(Leaf.under(base, "config/enabled", port.enabled()));
        leaves.add(Leaf.under(base, "state/group", 1));
        leaves.add(Leaf.under(base, "state/index", port.number()));
        leaves.add(Leaf.under(base, "state/status", port.status().name()));
        leaves.add(Leaf.under(base, "state/input-optical-power", port.inputDbm()));
        leaves.add(Leaf.under(base, "state/output-optical-power", port.outputDbm()));
        if (!port.peer().isEmpty()) {
            leaves.add(Leaf.under(base, "state/connection/peer", port.peer()));
        }
        leaves.add(Leaf.under(base, "state/connection/connected", port.connected()));
        return leaves;
    }

    /** Returns what concerns the whole switch. */
    static List<Leaf> leaves(OpticalSwitch device, String name) {
        return List.of(
                Leaf.under(CONNECTIONS, "last-change-time", device.lastChangeNs()),
                Leaf.under(SWITCH, "config/bidirectional", true),
                Leaf.under(SWITCH, "config/cold-boot-recovery", device.configuration().recovery().name()),
                Leaf.under(port("chassis"), "state/type", "CHASSIS"),
                Leaf.under(port("chassis"), "state/description", name));
    }
}
