package org.cloister.lab.ocs.gnmi;

import org.cloister.gnmi.Path;
import org.cloister.gnmi.PathElem;
import org.cloister.lab.ocs.device.Connection;
import org.cloister.lab.ocs.device.OpticalSwitch;
import org.cloister.lab.ocs.device.PortView;
import org.cloister.lab.ocs.device.Refusal;

import java.util.ArrayList;
import java.util.List;

/** The leaves of the OCS model (Open Compute Project, 0.8.0) and what the switch has for them. */
final class Model {

    static final Path CONNECTIONS = Paths.of("connections");

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
        Path plain = Paths.of(path.getElemList().stream().map(PathElem::getName).toArray(String[]::new));
        if (LEAVES.stream().noneMatch(leaf -> Paths.contains(plain, leaf))) {
            throw new Refusal(Refusal.Cause.MALFORMED, "no such path: " + Paths.text(path));
        }
        return path;
    }

    static List<Leaf> leaves(Connection connection) {
        Path base = connection(connection.name());
        List<Leaf> leaves = new ArrayList<>();
        if (connection.configured()) {
            leaves.add(new Leaf(Paths.under(base, "config", "name"), connection.name()));
            leaves.add(new Leaf(Paths.under(base, "config", "input-port-name"), connection.circuit().input()));
            leaves.add(new Leaf(Paths.under(base, "config", "output-port-name"), connection.circuit().output()));
        }
        leaves.add(new Leaf(Paths.under(base, "state", "status"), connection.status().name()));
        leaves.add(new Leaf(Paths.under(base, "state", "status-reason"), connection.reason()));
        leaves.add(new Leaf(Paths.under(base, "state", "last-updated"), connection.updatedNs()));
        return leaves;
    }

    static List<Leaf> leaves(PortView port) {
        Path base = Paths.under(port(port.name()), "ocp-ocs-port");
        Path state = Paths.under(base, "state");
        List<Leaf> leaves = new ArrayList<>();
        leaves.add(new Leaf(Paths.under(base, "config", "enabled"), port.enabled()));
        leaves.add(new Leaf(Paths.under(state, "group"), 1));
        leaves.add(new Leaf(Paths.under(state, "index"), port.number()));
        leaves.add(new Leaf(Paths.under(state, "status"), port.status().name()));
        leaves.add(new Leaf(Paths.under(state, "input-optical-power"), port.inputDbm()));
        leaves.add(new Leaf(Paths.under(state, "output-optical-power"), port.outputDbm()));
        if (!port.peer().isEmpty()) {
            leaves.add(new Leaf(Paths.under(state, "connection", "peer"), port.peer()));
        }
        leaves.add(new Leaf(Paths.under(state, "connection", "connected"), port.connected()));
        return leaves;
    }

    /** Returns what concerns the whole switch. */
    static List<Leaf> leaves(OpticalSwitch device, String name) {
        return List.of(
                new Leaf(Paths.under(CONNECTIONS, "last-change-time"), device.lastChangeNs()),
                new Leaf(Paths.of("optical-switch", "config", "bidirectional"), true),
                new Leaf(Paths.of("optical-switch", "config", "cold-boot-recovery"),
                        device.configuration().recovery().name()),
                new Leaf(Paths.under(port("chassis"), "state", "type"), "CHASSIS"),
                new Leaf(Paths.under(port("chassis"), "state", "description"), name));
    }
}
