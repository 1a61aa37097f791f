package org.cloister.isolation.fabric;

import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.FabricView.FabricProblem;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.PortNumber;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes snapshots of the fabric. */
public final class Fabrics {

    private static final String ABSENT = "DeviceAbsent";
    private static final String PORT_DOWN = "PortDown";
    private static final String FOREIGN_RULES = "ForeignRules";
    private static final String UNSAFE_RESTART = "UnsafeRestart";

    private Fabrics() {
    }

    /**
     * Returns the fabric as configured, with the links that can be used and the problems that the observation shows.
     * Problems are sorted by reason, then by place.
     */
    public static Fabric snapshot(FabricSettings settings, TopologyView observed) {
        Lighting lighting = new Lighting(settings.fibres(), observed.optics());
        Wiring wiring = new Wiring(settings.switches(), lighting, observed.links());
        List<FabricProblem> problems = new ArrayList<>();
        problems.addAll(restart(observed));
        problems.addAll(absent(settings, observed));
        problems.addAll(portsDown(settings, observed, lighting));
        problems.addAll(lighting.problems());
        problems.addAll(wiring.problems());
        problems.addAll(foreignRules(settings, observed));
        problems.sort(Comparator.comparing(FabricProblem::reason).thenComparing(FabricProblem::at)
                .thenComparing(FabricProblem::message));
        return Fabric.builder()
                .enforce(settings.enforce())
                .firstTag(settings.firstTag()).lastTag(settings.lastTag())
                .linkBitsPerSecond(settings.linkBitsPerSecond())
                .switches(settings.switches()).hosts(settings.hosts())
                .links(wiring.links().stream()
                        .filter(link -> isUp(settings, observed, link.from()) && isUp(settings, observed, link.to()))
                        .collect(Collectors.toList()))
                .downPorts(downPorts(settings, observed))
                .availableDevices(observed.availableDevices())
                .fibres(settings.fibres())
                .opticalSwitches(lighting.switches())
                .circuits(observed.optics().circuits())
                .unusableOpticalPorts(lighting.unusable())
                .problems(problems)
                .build();
    }

    private static Collection<FabricProblem> restart(TopologyView observed) {
        return observed.keepsUnknownRules() ? List.of() : List.of(FabricProblem.of(UNSAFE_RESTART, "onos",
                "ONOS deletes from a switch the rules that it does not know after a restart; set allowExtraneousRules"
                        + " and importExtraneousRules of org.onosproject.net.flow.impl.FlowRuleManager to true"));
    }

    private static Collection<FabricProblem> absent(FabricSettings settings, TopologyView observed) {
        return settings.switches().values().stream()
                .filter(each -> !observed.availableDevices().contains(each.device()))
                .map(each -> FabricProblem.of(ABSENT, each.name(),
                        "ONOS does not reach " + each.name() + ", device " + each.device()))
                .collect(Collectors.toList());
    }

    /** Only ports that somebody misses: those towards other switches and those of configured hosts. */
    private static Collection<FabricProblem> portsDown(FabricSettings settings, TopologyView observed,
                                                       Lighting lighting) {
        SortedSet<FabricPort> missed = new TreeSet<>();
        settings.switches().values().forEach(each ->
                each.fabricPorts().forEach(number -> missed.add(FabricPort.of(each.name(), number))));
        Map<FabricPort, String> hosts = new TreeMap<>();
        settings.hosts().values().forEach(host -> hosts.put(host.port(), host.name()));
        missed.addAll(hosts.keySet());
        return missed.stream()
                .filter(port -> isAvailable(settings, observed, port) && !isUp(settings, observed, port)
                        && !lighting.isDark(port))
                .map(port -> FabricProblem.of(PORT_DOWN, port.toString(), hosts.containsKey(port)
                        ? "port " + port + " of host " + hosts.get(port) + " is down"
                        : "fabric port " + port + " is down"))
                .collect(Collectors.toList());
    }

    private static Collection<FabricProblem> foreignRules(FabricSettings settings, TopologyView observed) {
        List<FabricProblem> problems = new ArrayList<>();
        for (Switch each : settings.switches().values()) {
            new TreeMap<>(observed.foreignRules().getOrDefault(each.device(), Map.of())).forEach((app, count) ->
                    problems.add(FabricProblem.of(FOREIGN_RULES, each.name(),
                            each.name() + " holds " + count + " rules of application " + app)));
        }
        return problems;
    }

    private static Collection<FabricPort> downPorts(FabricSettings settings, TopologyView observed) {
        return settings.switches().values().stream().flatMap(each -> each.fabricPorts().stream()
                .filter(number -> observed.disabledPorts().contains(
                        new ConnectPoint(each.device(), PortNumber.portNumber(number))))
                .map(number -> FabricPort.of(each.name(), number))).collect(Collectors.toList());
    }

    private static boolean isAvailable(FabricSettings settings, TopologyView observed, FabricPort port) {
        return observed.availableDevices().contains(settings.switches().get(port.switchName()).device());
    }

    private static boolean isUp(FabricSettings settings, TopologyView observed, FabricPort port) {
        return isAvailable(settings, observed, port) && observed.enabledPorts().contains(new ConnectPoint(
                settings.switches().get(port.switchName()).device(), PortNumber.portNumber(port.number())));
    }
}
