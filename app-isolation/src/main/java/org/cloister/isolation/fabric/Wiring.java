package org.cloister.isolation.fabric;

import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.FabricView.FabricProblem;
import org.cloister.isolation.api.FabricView.SwitchRole;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.ElementId;
import org.onosproject.net.LinkKey;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Sorts discovered links into those that may carry slices and those that contradict the configuration. Whoever can
 * forge a discovery frame must not be able to make a link: only one between a leaf's and a spine's fabric port counts,
 * or, where fibres end at the same optical switch, between two leaves'; one that fibres or circuits contradict does not; and none of
 * two that claim the same port.
 */
final class Wiring {

    static final String MISWIRED = "LinkMiswired";
    static final String CONTRADICTION = "LinkContradiction";
    static final String HOST_PORT = "LldpOnHostPort";

    private final Map<String, Switch> switches;
    private final Map<ElementId, String> names;
    private final Fibres fibres;
    private final Lighting lighting;
    private final List<Link> links = new ArrayList<>();
    private final List<FabricProblem> problems = new ArrayList<>();

    Wiring(Map<String, Switch> switches, Lighting lighting, Collection<LinkKey> discovered) {
        this.switches = switches;
        this.fibres = lighting.fibres();
        this.lighting = lighting;
        this.names = switches.values().stream().collect(Collectors.toMap(Switch::device, Switch::name));
        List<Link> candidates = new ArrayList<>();
        discovered.stream().sorted(Comparator.comparing(LinkKey::asId))
                .forEach(link -> sort(link).ifPresent(candidates::add));
        Map<FabricPort, List<Link>> bySender = by(candidates, Link::from);
        Map<FabricPort, List<Link>> byReceiver = by(candidates, Link::to);
        candidates.stream()
                .filter(link -> bySender.get(link.from()).size() == 1 && byReceiver.get(link.to()).size() == 1)
                .forEach(links::add);
        contradictions(bySender, "sends to", Link::to);
        contradictions(byReceiver, "receives from", Link::from);
    }

    /** Returns the links that agree with the configuration, whether or not they are up. */
    List<Link> links() {
        return links;
    }

    /** Returns what is wrong with the others. */
    List<FabricProblem> problems() {
        return problems;
    }

    private Optional<Link> sort(LinkKey link) {
        Optional<FabricPort> from = port(link.src());
        Optional<FabricPort> to = port(link.dst());
        if (from.isEmpty() && to.isEmpty()) {
            return Optional.empty();
        }
        String text = name(link.src()) + "->" + name(link.dst());
        boolean atHostPort = false;
        for (Optional<FabricPort> end : List.of(from, to)) {
            if (end.filter(this::isHostPort).isPresent()) {
                atHostPort = true;
                problems.add(FabricProblem.of(HOST_PORT, end.get().toString(),
                        "host port " + end.get() + " is an end of the discovered link " + text));
            }
        }
        if (atHostPort) {
            return Optional.empty();
        }
        if (from.filter(this::isFabricPort).isEmpty() || to.filter(this::isFabricPort).isEmpty()
                || !isJoinable(from.get(), to.get())) {
            problems.add(FabricProblem.of(MISWIRED, text, "discovered link " + text
                    + " does not join a fabric port of a leaf and a fabric port of a spine"));
            return Optional.empty();
        }
        if (!fibres.allow(from.get(), to.get())) {
            problems.add(FabricProblem.of(MISWIRED, text, "discovered link " + text + " contradicts the fibres: "
                    + place(from.get()) + ", " + place(to.get())));
            return Optional.empty();
        }
        Optional<String> contradiction = lighting.contradiction(from.get(), to.get());
        contradiction.ifPresent(circuits -> problems.add(FabricProblem.of(MISWIRED, text, "discovered link " + text
                + " contradicts the circuits: " + circuits)));
        return contradiction.isPresent() ? Optional.empty() : Optional.of(Link.of(from.get(), to.get()));
    }

    /** Two leaves are joined by light only: without fibres to the same optical switch somebody patched them. */
    private boolean isJoinable(FabricPort from, FabricPort to) {
        return role(from) != role(to) || role(from) == SwitchRole.LEAF && !from.switchName().equals(to.switchName())
                && fibres.at(from).isPresent() && fibres.allow(from, to);
    }

    private String place(FabricPort port) {
        return port + fibres.at(port).map(fibre -> " is at " + fibre).orElse(" is at no optical switch");
    }

    private void contradictions(Map<FabricPort, List<Link>> links, String verb, Function<Link, FabricPort> other) {
        links.forEach((port, claims) -> {
            if (claims.size() > 1) {
                problems.add(FabricProblem.of(CONTRADICTION, port.toString(), "port " + port + " " + verb + " "
                        + claims.stream().map(other).map(FabricPort::toString).collect(Collectors.joining(" and "))
                        + " by discovery; neither link is used"));
            }
        });
    }

    private static Map<FabricPort, List<Link>> by(List<Link> links, Function<Link, FabricPort> end) {
        return links.stream().collect(Collectors.groupingBy(end, TreeMap::new, Collectors.toList()));
    }

    private Optional<FabricPort> port(ConnectPoint end) {
        return Optional.ofNullable(names.get(end.elementId()))
                .map(name -> FabricPort.of(name, end.port().toLong()));
    }

    private String name(ConnectPoint end) {
        return port(end).map(FabricPort::toString).orElse(end.toString());
    }

    private boolean isHostPort(FabricPort port) {
        return switches.get(port.switchName()).hostPorts().contains(port.number());
    }

    private boolean isFabricPort(FabricPort port) {
        return switches.get(port.switchName()).fabricPorts().contains(port.number());
    }

    private SwitchRole role(FabricPort port) {
        return switches.get(port.switchName()).role();
    }
}
