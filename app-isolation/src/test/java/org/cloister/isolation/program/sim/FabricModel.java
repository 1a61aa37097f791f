package org.cloister.isolation.program.sim;

import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.fabric.Switch;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.FlowRule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The fabric's switches with the given rules, wired as its links say. For instance: build it from the rules of
 * {@code compiler.base(fabric)} and of every {@code compiler.slice(fabric, allocation, admittance)}, send what a host might send,
 * and look at the trace.
 */
public final class FabricModel {

    private static final Visits NOBODY = (at, table, inPort, frame, rule) -> {
    };

    private final Fabric fabric;
    private final Map<String, SwitchModel> switches = new HashMap<>();
    private final Map<DeviceId, String> names = new HashMap<>();
    private final Map<FabricPort, FabricPort> wires;
    /** Ports that nothing is at; what leaves them is lost. */
    private Set<FabricPort> dark = Set.of();

    /**
     * Creates a model.
     *
     * @throws AssertionError if a rule is for a device that is not the fabric's, or two rules have one key
     */
    public FabricModel(Fabric fabric, Collection<FlowRule> rules, VlanReading reading) {
        this.fabric = fabric;
        this.wires = fabric.links().stream().collect(Collectors.toMap(Link::from, Link::to));
        fabric.switches().values().forEach(each -> {
            switches.put(each.name(), new SwitchModel(reading));
            names.put(each.device(), each.name());
        });
        distinct(rules).forEach(this::add);
    }

    /** Wires it otherwise: light goes elsewhere. */
    public void rewire(Collection<Link> links, Collection<FabricPort> withoutLight) {
        wires.clear();
        links.forEach(link -> wires.put(link.from(), link.to()));
        dark = Set.copyOf(withoutLight);
    }

    /** Adds a rule or, if its switch has one of the same key, overwrites it. */
    public void add(FlowRule rule) {
        switches.get(at(rule)).add(rule);
    }

    /** Removes the rule of a key, if it is there. */
    public void remove(FlowRule key) {
        switches.get(at(key)).remove(key);
    }

    /**
     * Returns the name of a rule's switch.
     *
     * @throws AssertionError if it is not the fabric's
     */
    String at(FlowRule rule) {
        String name = names.get(rule.deviceId());
        if (name == null) {
            throw new AssertionError("a rule for device " + rule.deviceId() + ", the fabric has " + names.keySet());
        }
        return name;
    }

    /** Follows a frame that comes in at a port, from a host or from a link. */
    public Trace send(FabricPort port, Frame frame) {
        return send(port, frame, NOBODY);
    }

    /** Follows a frame, and tells of each table that looked at it. */
    Trace send(FabricPort port, Frame frame, Visits visits) {
        Trace trace = new Trace();
        ArrayDeque<Arrival> arrivals = new ArrayDeque<>(2);
        List<Arrival> seen = new ArrayList<>(4);
        arrivals.add(new Arrival(port, frame));
        while (!arrivals.isEmpty()) {
            Arrival arrival = arrivals.remove();
            if (seen.stream().anyMatch(arrival::same)) {
                trace.loop();
                continue;
            }
            seen.add(arrival);
            String at = arrival.port.switchName();
            List<SwitchModel.Output> outputs = switches.get(at).process(arrival.port.number(), arrival.frame,
                    (table, inPort, now, rule) -> {
                        if (rule != null && rule.treatment().metered() != null) {
                            trace.meters().add(at + "/" + rule.treatment().metered().meterId().id());
                        }
                        visits.visited(at, table, inPort, now, rule);
                    });
            for (SwitchModel.Output output : outputs) {
                if (output.port.equals(PortNumber.CONTROLLER)) {
                    trace.punted().add(arrival.port);
                    continue;
                }
                ports(at, output.port).filter(number -> number != arrival.port.number()).forEach(number -> {
                    FabricPort from = FabricPort.of(at, number);
                    FabricPort to = wires.get(from);
                    if (to == null && dark.contains(from)) {
                        return;
                    }
                    if (to == null) {
                        trace.deliveries().add(new Trace.Delivery(from, output.frame));
                    } else {
                        trace.crossed().add(Link.of(from, to));
                        arrivals.add(new Arrival(to, output.frame));
                    }
                });
            }
        }
        return trace;
    }

    /** A switch never sends a frame out where it came in, unless told so by name; the caller leaves that port out. */
    private Stream<Long> ports(String at, PortNumber port) {
        if (port.equals(PortNumber.FLOOD) || port.equals(PortNumber.ALL)) {
            Switch each = fabric.switches().get(at);
            return Stream.concat(each.hostPorts().stream(), each.fabricPorts().stream());
        }
        if (port.isLogical()) {
            throw new AssertionError("the simulator does not know output to " + port);
        }
        return Stream.of(port.toLong());
    }

    private static Collection<FlowRule> distinct(Collection<FlowRule> rules) {
        if (new HashSet<>(rules).size() < rules.size()) {
            List<FlowRule> twice = rules.stream()
                    .filter(rule -> rules.stream().filter(rule::equals).count() > 1).collect(Collectors.toList());
            throw new AssertionError("rules with one key overwrite each other: " + twice);
        }
        return rules;
    }

    private static final class Arrival {
        private final FabricPort port;
        private final Frame frame;

        Arrival(FabricPort port, Frame frame) {
            this.port = port;
            this.frame = frame;
        }

        private boolean same(Arrival other) {
            return port.equals(other.port) && frame.equals(other.frame);
        }
    }

    /** Hears of each table that looked at a frame, and of the rule that took it; null if none did. */
    interface Visits {
        void visited(String at, int table, long inPort, Frame frame, FlowRule rule);
    }
}
