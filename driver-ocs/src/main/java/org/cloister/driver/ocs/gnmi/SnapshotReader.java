package org.cloister.driver.ocs.gnmi;

import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitState;
import org.cloister.driver.ocs.session.CircuitStatus;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;
import org.cloister.driver.ocs.session.PortState;
import org.cloister.driver.ocs.session.PortStatus;
import org.cloister.driver.ocs.session.Snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the leaves of the model as circuits and ports. An entry of which the necessary has not been told is none yet. */
final class SnapshotReader {

    private static final Map<String, CircuitStatus> CIRCUIT = Map.of(
            "CONNECTED", CircuitStatus.CONNECTED,
            "PENDING_CONNECTION", CircuitStatus.PENDING,
            "PENDING_DELETION", CircuitStatus.PENDING_DELETION,
            "FAILED", CircuitStatus.FAILED,
            "INVALID", CircuitStatus.INVALID);
    private static final Map<String, PortStatus> PORT = Map.of(
            "BLOCKED", PortStatus.BLOCKED,
            "FAILED", PortStatus.FAILED,
            "TUNING", PortStatus.TUNING,
            "TUNED", PortStatus.TUNED,
            "UNKNOWN", PortStatus.UNKNOWN);

    /** What instruments show where there is no light. */
    private static final double DARK_DBM = -60;

    private SnapshotReader() {
    }

    /** Returns whether any port has a reading of power, be there light or not. */
    static boolean measuresPower(Subtree components) {
        for (String name : components.keys()) {
            if (components.value(name, OcsTree.PORT_INPUT_POWER) != null
                    || components.value(name, OcsTree.PORT_OUTPUT_POWER) != null) {
                return true;
            }
        }
        return false;
    }

    static Snapshot snapshot(Subtree connections, Subtree components) {
        SortedMap<CircuitPorts, CircuitState> circuits = new TreeMap<>();
        for (CircuitState each : connections(connections)) {
            // of two that join the same ports, the one that can carry light
            circuits.merge(each.ports(), each, (one, other) -> one.status() == CircuitStatus.INVALID ? other : one);
        }
        if (hasUnconfigured(connections)) {
            unconfigured(components, circuits.keySet()).forEach(each -> circuits.put(each.ports(), each));
        }
        SortedMap<String, PortState> ports = new TreeMap<>();
        components.keys().forEach(name -> port(components, name).ifPresent(port -> ports.put(name, port)));
        return Snapshot.builder().revision(revision(connections)).ports(ports).circuits(circuits).build();
    }

    static String revision(Subtree connections) {
        String changed = connections.value("", OcsTree.LAST_CHANGE);
        return changed != null ? changed : Integer.toHexString(connections(connections).stream()
                .map(each -> each.name() + " " + each.ports()).collect(Collectors.toList()).hashCode());
    }

    static List<CircuitState> connections(Subtree connections) {
        List<CircuitState> all = new ArrayList<>();
        connections.keys().forEach(name -> connection(connections, name).ifPresent(all::add));
        return all;
    }

    /** Returns whether nothing is pending. What is being deleted may have lost its ports already. */
    static boolean isQuiet(Subtree connections) {
        for (String name : connections.keys()) {
            String status = connections.value(name, OcsTree.STATUS);
            if (status != null && CIRCUIT.get(plain(status)) == CircuitStatus.PENDING_DELETION) {
                return false;
            }
        }
        return connections(connections).stream().noneMatch(each -> each.status() == CircuitStatus.PENDING);
    }

    /** Returns whether an entry stands for light that nobody configured: that it is connected is all that it says. */
    private static boolean hasUnconfigured(Subtree connections) {
        for (String name : connections.keys()) {
            String status = connections.value(name, OcsTree.STATUS);
            if (status != null && CIRCUIT.get(plain(status)) == CircuitStatus.CONNECTED
                    && (connections.value(name, OcsTree.INPUT) == null || connections.value(name, OcsTree.OUTPUT) == null)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the circuits that only the ports tell of. They have no name: which entry is whose is not told. */
    private static List<CircuitState> unconfigured(Subtree components, Set<CircuitPorts> known) {
        List<CircuitState> found = new ArrayList<>();
        for (String name : components.keys()) {
            String peer = components.value(name, OcsTree.PORT_PEER);
            if (peer != null && name.compareTo(peer) < 0 && name.equals(components.value(peer, OcsTree.PORT_PEER))
                    && "true".equals(components.value(name, OcsTree.PORT_CONNECTED))
                    && known.stream().noneMatch(each -> each.has(name) || each.has(peer))) {
                found.add(CircuitState.builder().ports(CircuitPorts.of(name, peer)).status(CircuitStatus.CONNECTED)
                        .reason("is in the hardware only: nobody configured it").build());
            }
        }
        return found;
    }

    static Optional<CircuitState> connection(Subtree connections, String name) {
        String input = connections.value(name, OcsTree.INPUT);
        String output = connections.value(name, OcsTree.OUTPUT);
        if (input == null || output == null || input.equals(output)) {
            return Optional.empty();
        }
        String status = connections.value(name, OcsTree.STATUS);
        return Optional.of(CircuitState.builder().name(name).ports(CircuitPorts.of(input, output))
                .status(status == null ? CircuitStatus.PENDING : CIRCUIT.getOrDefault(plain(status), CircuitStatus.UNKNOWN))
                .reason(Optional.ofNullable(connections.value(name, OcsTree.STATUS_REASON)).filter(why -> !why.isEmpty()))
                .build());
    }

    private static Optional<PortState> port(Subtree components, String name) {
        String index = components.value(name, OcsTree.PORT_INDEX);
        if (index == null) {
            return Optional.empty();
        }
        String status = components.value(name, OcsTree.PORT_STATUS);
        return Optional.of(PortState.builder().name(name).number(number(name, OcsTree.PORT_INDEX, index, Long::parseLong))
                .enabled(!"false".equals(components.value(name, OcsTree.PORT_ENABLED)))
                .status(status == null ? PortStatus.UNKNOWN : PORT.getOrDefault(plain(status), PortStatus.UNKNOWN))
                .inputPowerDbm(power(components, name, OcsTree.PORT_INPUT_POWER))
                .outputPowerDbm(power(components, name, OcsTree.PORT_OUTPUT_POWER))
                .peer(Optional.ofNullable(components.value(name, OcsTree.PORT_PEER)).filter(peer -> !peer.isEmpty()))
                .build());
    }

    private static OptionalDouble power(Subtree components, String name, String leaf) {
        String dbm = components.value(name, leaf);
        double value = dbm == null ? Double.NEGATIVE_INFINITY : number(name, leaf, dbm, Double::parseDouble);
        return Double.isFinite(value) && value > DARK_DBM ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    private static <T> T number(String name, String leaf, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (NumberFormatException e) {
            throw new OcsException(Reason.REJECTED, "the switch shows /" + OcsTree.COMPONENTS + "/component[name=" + name
                    + "]/" + leaf + " as \"" + text + "\", which is no number", e);
        }
    }

    /** Without the module that JSON puts before an identity. */
    private static String plain(String identity) {
        return identity.substring(identity.indexOf(':') + 1);
    }
}
