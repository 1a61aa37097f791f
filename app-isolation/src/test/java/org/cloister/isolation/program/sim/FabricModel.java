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
import java.util.Deque;
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

    private final Fabric fabric;
    private final Map<String, SwitchModel> switches = new HashMap<>();
    private final Map<FabricPort, FabricPort> wires;

    /**
     * Creates a model.
     *
     * @throws AssertionError if a rule is for a device that is not the fabric's, or two rules have one key
     */
    public FabricModel(Fabric fabric, Collection<FlowRule> rules, VlanReading reading) {
        this.fabric = fabric;
        this.wires = fabric.links().stream().collect(Collectors.toMap(Link::from, Link::to));
        Map<DeviceId, List<FlowRule>> byDevice = rules.stream().collect(Collectors.groupingBy(FlowRule::deviceId));
        fabric.switches().values().forEach(each -> switches.put(each.name(),
                new SwitchModel(distinct(byDevice.getOrDefault(each.device(), List.of())), reading)));
        Set<DeviceId> known = fabric.switches().values().stream().map(Switch::device).collect(Collectors.toSet());
        if (!known.containsAll(byDevice.keySet())) {
            throw new AssertionError("rules for devices " + byDevice.keySet() + ", the fabric has " + known);
        }
    }

    /** Follows a frame that comes in at a port, from a host or from a link. */
    public Trace send(FabricPort port, Frame frame) {
        Trace trace = new Trace();
        Deque<Arrival> arrivals = new ArrayDeque<>();
        Set<List<Object>> seen = new HashSet<>();
        arrivals.add(new Arrival(port, frame));
        while (!arrivals.isEmpty()) {
            Arrival arrival = arrivals.remove();
            if (!seen.add(List.of(arrival.port, arrival.frame))) {
                trace.loop();
                continue;
            }
            String at = arrival.port.switchName();
            List<Long> meters = new ArrayList<>();
            List<SwitchModel.Output> outputs = switches.get(at).process(arrival.port.number(), arrival.frame, meters);
            meters.forEach(meter -> trace.meters().add(at + "/" + meter));
            for (SwitchModel.Output output : outputs) {
                if (output.port.equals(PortNumber.CONTROLLER)) {
                    trace.punted().add(arrival.port);
                    continue;
                }
                ports(at, output.port).filter(number -> number != arrival.port.number()).forEach(number -> {
                    FabricPort from = FabricPort.of(at, number);
                    FabricPort to = wires.get(from);
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

    private static Collection<FlowRule> distinct(List<FlowRule> rules) {
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
    }
}
