package org.cloister.isolation.control;

import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.program.sim.FabricModel;
import org.cloister.isolation.program.sim.Frame;
import org.cloister.isolation.program.sim.Trace;
import org.cloister.isolation.program.sim.VlanReading;
import org.onosproject.net.flow.FlowRule;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Asks the fake switches what becomes of packets. */
final class Traffic {

    private final Bench bench;
    private final Fabric fabric;
    private final Set<String> lost = new TreeSet<>();
    private final Set<String> leaked = new TreeSet<>();
    private int asked;

    Traffic(Bench bench) {
        this.bench = bench;
        this.fabric = bench.fabric.fabric().orElseThrow();
    }

    /** Asks after every change of a rule on a switch: between these hosts every packet arrives, others reach none of them. */
    Traffic watch(String... members) {
        bench.onos.watch(() -> look(List.of(members)));
        look(List.of(members));
        return this;
    }

    private void look(Collection<String> members) {
        asked++;
        FabricModel model = model();
        for (String from : members) {
            for (Host to : fabric.hosts().values()) {
                if (!to.name().equals(from) && members.contains(to.name()) && !arrives(model, from, to.name())) {
                    lost.add(from + " to " + to.name());
                }
            }
        }
        for (Host from : fabric.hosts().values()) {
            for (String to : members) {
                if (!members.contains(from.name()) && arrives(model, from.name(), to)) {
                    leaked.add(from.name() + " to " + to);
                }
            }
        }
    }

    /** Returns whether IPv4 and ARP arrive, now. */
    boolean arrives(String from, String to) {
        return arrives(model(), from, to);
    }

    /** Returns the links that a packet crosses now. */
    List<Link> way(String from, String to) {
        Host sender = fabric.hosts().get(from);
        Host receiver = fabric.hosts().get(to);
        return model().send(sender.port(), Frame.ipv4(sender, sender.ipv4().get(0), receiver, receiver.ipv4().get(0)))
                .crossed();
    }

    private boolean arrives(FabricModel model, String from, String to) {
        Host sender = fabric.hosts().get(from);
        Host receiver = fabric.hosts().get(to);
        return List.of(Frame.ipv4(sender, sender.ipv4().get(0), receiver, receiver.ipv4().get(0)),
                        Frame.arpRequest(sender, sender.ipv4().get(0), receiver.ipv4().get(0))).stream()
                .map(frame -> model.send(sender.port(), frame))
                .allMatch(trace -> trace.deliveries().stream().map(Trace.Delivery::port)
                        .collect(Collectors.toList()).equals(List.of(receiver.port())));
    }

    private FabricModel model() {
        List<FlowRule> rules = bench.onos.switches().stream().flatMap(each -> each.rules.keySet().stream())
                .collect(Collectors.toList());
        return new FabricModel(fabric, rules, VlanReading.OUTER_TAG);
    }

    Set<String> lost() {
        return lost;
    }

    Set<String> leaked() {
        return leaked;
    }

    int asked() {
        return asked;
    }
}
