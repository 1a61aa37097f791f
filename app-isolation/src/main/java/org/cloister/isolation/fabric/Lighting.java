package org.cloister.isolation.fabric;

import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.FabricView.FabricProblem;
import org.cloister.isolation.fabric.Fibres.Fibre;
import org.cloister.isolation.fabric.Optics.OpticalSwitch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What optical switches say, laid beside the configured fibres and what was discovered. Light that goes elsewhere than
 * it was told to makes no link: where an optical switch is connected, a link over it counts only if a connected circuit
 * joins just its two ports. Of one that is not, what was last heard counts on: nothing is lost because a management
 * connection is; of one that was never heard of, what is discovered does.
 */
final class Lighting {

    static final String UNKNOWN_SWITCH = "OpticalSwitchUnknown";
    static final String UNKNOWN_PORT = "OpticalPortUnknown";
    static final String ABSENT = "OpticalSwitchAbsent";
    static final String UNUSABLE = "OpticalPortUnusable";

    private final SortedMap<String, Map<String, FabricPort>> configured;
    private final Fibres fibres;
    private final Optics optics;
    private final Map<String, SortedMap<String, Circuit>> byPort = new TreeMap<>();

    Lighting(SortedMap<String, Map<String, FabricPort>> configured, Optics optics) {
        this.configured = configured;
        this.fibres = Fibres.of(configured);
        this.optics = optics;
        for (Circuit circuit : optics.circuits()) {
            if (!circuit.state().equals(Circuit.PLANNED)) {
                SortedMap<String, Circuit> ports = byPort.computeIfAbsent(circuit.opticalSwitch(),
                        name -> new TreeMap<>());
                ports.merge(circuit.one(), circuit, Lighting::connectedFirst);
                ports.merge(circuit.other(), circuit, Lighting::connectedFirst);
            }
        }
    }

    private static Circuit connectedFirst(Circuit one, Circuit other) {
        return other.connected() && !one.connected() ? other : one;
    }

    Fibres fibres() {
        return fibres;
    }

    /** The optical switches that may be told to move light for this fabric. */
    SortedSet<String> switches() {
        return configured.keySet().stream().filter(name -> at(name).filter(OpticalSwitch::available).isPresent())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    SortedMap<String, SortedMap<String, String>> unusable() {
        SortedMap<String, SortedMap<String, String>> unusable = new TreeMap<>();
        optics.switches().forEach((name, each) -> {
            if (configured.containsKey(name) && !each.unusable().isEmpty()) {
                unusable.put(name, each.unusable());
            }
        });
        return unusable;
    }

    /** Returns what speaks against a link that fibres allow: that circuits join its ports otherwise. */
    Optional<String> contradiction(FabricPort from, FabricPort to) {
        Optional<Circuit> under = fibres.under(Link.of(from, to));
        Optional<OpticalSwitch> at = under.flatMap(circuit -> at(circuit.opticalSwitch()));
        if (at.isEmpty()) {
            return Optional.empty();
        }
        Circuit circuit = under.get();
        SortedMap<String, Circuit> ports = byPort.getOrDefault(circuit.opticalSwitch(), new TreeMap<>());
        Circuit known = ports.get(circuit.one());
        boolean joined = known != null && known.compareTo(circuit) == 0;
        boolean counts = at.get().available() ? joined && known.connected() : joined || ports.isEmpty();
        return counts ? Optional.empty() : Optional.of(state(circuit.opticalSwitch(), circuit.one(), ports) + ", "
                + state(circuit.opticalSwitch(), circuit.other(), ports));
    }

    private static String state(String opticalSwitch, String port, SortedMap<String, Circuit> ports) {
        Circuit known = ports.get(port);
        if (known == null) {
            return opticalSwitch + "/" + port + " has no circuit";
        }
        return opticalSwitch + "/" + port + " is joined with "
                + (known.one().equals(port) ? known.other() : known.one())
                + (known.connected() ? "" : " by a circuit that is " + known.state());
    }

    /** Returns whether a fabric port that is down is no trouble: no light comes to it, and none is meant to. */
    boolean isDark(FabricPort end) {
        Optional<Fibre> fibre = fibres.at(end);
        return fibre.isPresent() && at(fibre.get().opticalSwitch()).filter(OpticalSwitch::available).isPresent()
                && !byPort.getOrDefault(fibre.get().opticalSwitch(), new TreeMap<>())
                        .containsKey(fibre.get().port());
    }

    /** Returns what is wrong with optical switches; nothing where nobody looks at them. */
    List<FabricProblem> problems() {
        List<FabricProblem> problems = new ArrayList<>();
        if (!optics.watched()) {
            return problems;
        }
        configured.forEach((name, ports) -> at(name).ifPresentOrElse(each -> problems(name, each, ports, problems),
                () -> problems.add(FabricProblem.of(UNKNOWN_SWITCH, name, "fibres name optical switch " + name
                        + ", but no device ocs:" + name + " is configured"))));
        return problems;
    }

    private static void problems(String name, OpticalSwitch each, Map<String, FabricPort> ports,
                                 List<FabricProblem> problems) {
        if (!each.available()) {
            problems.add(FabricProblem.of(ABSENT, name, "optical switch " + name + " is not connected"
                    + each.trouble().map(trouble -> ": " + trouble).orElse("")));
        }
        if (!each.ports().isEmpty()) {
            new TreeMap<>(ports).forEach((port, end) -> {
                if (!each.ports().contains(port)) {
                    problems.add(FabricProblem.of(UNKNOWN_PORT, name + "/" + port, "fibres name port " + port
                            + " of optical switch " + name + ", which has no such port"));
                }
            });
        }
        each.unusable().forEach((port, why) -> problems.add(FabricProblem.of(UNUSABLE, name + "/" + port,
                "no circuit is planned over port " + port + " of optical switch " + name + ": " + why)));
    }

    private Optional<OpticalSwitch> at(String name) {
        return Optional.ofNullable(optics.switches().get(name));
    }
}
