package org.cloister.driver.ocs.netconf;

import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitState;
import org.cloister.driver.ocs.session.CircuitStatus;
import org.cloister.driver.ocs.session.ImmutableSnapshot;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;
import org.cloister.driver.ocs.session.PortState;
import org.cloister.driver.ocs.session.PortStatus;
import org.cloister.driver.ocs.session.Snapshot;
import org.w3c.dom.Element;

import java.util.Collection;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Ports, light and pairs as a switch showed them. */
final class Reading {

    private final CrossConnects pairs;
    private final SortedMap<Integer, String> statuses;
    private final SortedMap<Integer, Double> powers;

    private Reading(CrossConnects pairs, SortedMap<Integer, String> statuses, SortedMap<Integer, Double> powers) {
        this.pairs = pairs;
        this.statuses = statuses;
        this.powers = powers;
    }

    /**
     * Reads a switch.
     *
     * @throws OcsException {@code UNSUPPORTED} if it shows no ports: never taken for a switch without circuits;
     *     {@code REJECTED} if a number that it shows is none
     */
    static Reading of(NetconfChannel channel, Deadline deadline) throws RpcRefused {
        SortedMap<Integer, String> statuses = ports(channel.ask(PolatisModel.present("port-config"), deadline));
        if (statuses.isEmpty()) {
            statuses = ports(channel.ask(PolatisModel.configured("port-config"), deadline));
        }
        if (statuses.isEmpty()) {
            throw new OcsException(Reason.UNSUPPORTED, "the switch shows no ports of module optical-switch ("
                    + PolatisModel.NAMESPACE + ")");
        }
        SortedMap<Integer, Double> powers = new TreeMap<>();
        entries(channel.ask(PolatisModel.present("opm-power"), deadline), "opm-power", "port")
                .forEach(port -> Xml.text(port, "power")
                        .ifPresent(power -> powers.put(number(port, "port-id"), decimal(power))));
        SortedMap<Integer, Integer> egresses = new TreeMap<>();
        entries(channel.ask(PolatisModel.configured("cross-connects"), deadline), "cross-connects", "pair")
                .forEach(pair -> egresses.put(number(pair, "ingress"), number(pair, "egress")));
        return new Reading(new CrossConnects(egresses), statuses, powers);
    }

    CrossConnects pairs() {
        return pairs;
    }

    /** Returns whether it measures light anywhere. */
    boolean measuresPower() {
        return !powers.isEmpty();
    }

    /** Returns whether ports have a shutter. */
    boolean hasShutters() {
        return statuses.values().stream().anyMatch(status -> status.equals("ENABLED") || status.equals("DISABLED"));
    }

    boolean isEnabled(int port) {
        return !"DISABLED".equals(statuses.get(port));
    }

    boolean hasFailed(int port) {
        return "FAILED".equals(statuses.get(port));
    }

    /** Returns the power of the light at a port, dBm; empty where none is measured or there is none. */
    OptionalDouble power(int port) {
        Double dbm = powers.get(port);
        return dbm == null || dbm <= PolatisModel.DARK_DBM ? OptionalDouble.empty() : OptionalDouble.of(dbm);
    }

    /**
     * Returns the number of a port.
     *
     * @throws OcsException {@code UNKNOWN_PORT} if there is none of that name
     */
    int port(String name) {
        return statuses.keySet().stream().filter(port -> port.toString().equals(name)).findFirst()
                .orElseThrow(() -> new OcsException(Reason.UNKNOWN_PORT, "the switch has no port " + name
                        + "; it has ports " + statuses.firstKey() + " to " + statuses.lastKey()));
    }

    /** Returns it in the words of sessions. */
    Snapshot snapshot() {
        Collection<Integer> egresses = pairs.egresses().values();
        ImmutableSnapshot.Builder snapshot = Snapshot.builder().revision(pairs.revision());
        statuses.keySet().forEach(port -> snapshot.putPorts(Integer.toString(port), state(port,
                egresses.contains(port) && !pairs.egresses().containsKey(port))));
        pairs.circuits().forEach(ports -> snapshot.putCircuits(ports, circuit(ports)));
        return snapshot.build();
    }

    /** A monitor sits behind the port it is at: where light leaves by a pair it measures that, else what comes in. */
    private PortState state(int port, boolean isEgress) {
        return PortState.builder().name(Integer.toString(port)).number(port).enabled(isEnabled(port))
                .status(hasFailed(port) ? PortStatus.FAILED
                        : isEnabled(port) ? PortStatus.UNKNOWN : PortStatus.BLOCKED)
                .inputPowerDbm(isEgress ? OptionalDouble.empty() : power(port))
                .outputPowerDbm(isEgress ? power(port) : OptionalDouble.empty()).build();
    }

    /** The model has no state of a pair: what can be known of it shows at its ports and in the light. */
    CircuitState circuit(CircuitPorts ports) {
        int one = Integer.parseInt(ports.one());
        int other = Integer.parseInt(ports.other());
        Optional<String> broken = Stream.of(one, other).flatMap(port -> trouble(port).stream()).findFirst();
        CircuitStatus status = broken.isPresent() ? CircuitStatus.FAILED
                : power(egress(one, other)).isPresent() ? CircuitStatus.CONNECTED : CircuitStatus.UNKNOWN;
        if (isDark(ports)) {
            broken = Optional.of("light enters at port " + ingress(one, other) + " and does not leave at port "
                    + egress(one, other));
            status = CircuitStatus.FAILED;
        }
        return CircuitState.builder().ports(ports).status(status).reason(broken).build();
    }

    /** Returns whether light enters a circuit and does not leave it, which is so while the mirror is on its way, too. */
    boolean isDark(CircuitPorts ports) {
        int one = Integer.parseInt(ports.one());
        int other = Integer.parseInt(ports.other());
        int egress = egress(one, other);
        return isEnabled(one) && isEnabled(other) && power(ingress(one, other)).isPresent()
                && powers.containsKey(egress) && power(egress).isEmpty();
    }

    private int ingress(int one, int other) {
        return Integer.valueOf(other).equals(pairs.egresses().get(one)) ? one : other;
    }

    private int egress(int one, int other) {
        return ingress(one, other) == one ? other : one;
    }

    private Optional<String> trouble(int port) {
        if (hasFailed(port)) {
            return Optional.of("port " + port + " has failed");
        }
        return isEnabled(port) ? Optional.empty() : Optional.of("port " + port + " is disabled");
    }

    private static SortedMap<Integer, String> ports(Element reply) {
        SortedMap<Integer, String> statuses = new TreeMap<>();
        entries(reply, "port-config", "port")
                .forEach(port -> statuses.put(number(port, "port-id"), Xml.text(port, "status").orElse("")));
        return statuses;
    }

    private static Stream<Element> entries(Element reply, String container, String list) {
        return Xml.children(reply, "data").flatMap(data -> Xml.children(data, container))
                .flatMap(each -> Xml.children(each, list));
    }

    private static int number(Element entry, String leaf) {
        String text = Xml.text(entry, leaf).orElse("");
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new OcsException(Reason.REJECTED, entry.getLocalName() + "/" + leaf + " shown by the switch is '"
                    + text + "', no port", e);
        }
    }

    private static double decimal(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new OcsException(Reason.REJECTED, "opm-power/port/power shown by the switch is '" + text
                    + "', no number", e);
        }
    }
}
