package org.cloister.isolation.program.sim;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Link;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What must hold for every frame, whoever sent it. */
public final class Judge {

    private final Scenario scenario;
    private final Map<FabricPort, Host> hosts;
    private final Map<Allocation, Set<Link>> links = new IdentityHashMap<>();

    public Judge(Scenario scenario) {
        this.scenario = scenario;
        this.hosts = scenario.fabric().hosts().values().stream()
                .collect(Collectors.toMap(Host::port, Function.identity()));
        scenario.slices().forEach(slice -> links.put(slice, Scenario.links(slice)));
    }

    /** Returns what is wrong with what became of a frame that a host sent; empty when all is well. */
    public Optional<String> hostSent(Host sender, Frame frame, Trace trace) {
        Optional<Allocation> slice = scenario.sliceOf(sender);
        if (slice.isEmpty()) {
            return trace.deliveries().isEmpty() && trace.crossed().isEmpty() && trace.punted().isEmpty()
                    ? Optional.empty() : wrong("a host of no slice is heard", frame, trace);
        }
        return sentInside(slice.get(), frame, trace)
                .or(() -> climbs(trace.crossed()) ? wrong("it goes up after coming down", frame, trace)
                        : Optional.empty())
                .or(() -> trace.deliveries().stream().map(delivery -> delivered(sender, frame, delivery))
                        .flatMap(Optional::stream).findFirst().flatMap(what -> wrong(what, frame, trace)));
    }

    /** Returns what is wrong with what became of a frame that a link brought, sent by nobody that should. */
    public Optional<String> linkBrought(FabricPort port, Optional<Allocation> owner, Frame frame, Trace trace) {
        if (owner.isEmpty()) {
            return trace.deliveries().isEmpty() && trace.crossed().isEmpty()
                    ? Optional.empty() : wrong("a link of no slice is heard", frame, trace);
        }
        boolean fromLeaf = port.switchName().startsWith("spine");
        return sentInside(owner.get(), frame, trace)
                .or(() -> trace.crossed().size() > (fromLeaf ? 1 : 0)
                        ? wrong("it goes up after coming down", frame, trace) : Optional.empty())
                .or(() -> trace.deliveries().stream()
                        .filter(delivery -> !delivery.frame().dst().equals(hosts.get(delivery.port()).mac()))
                        .findFirst().flatMap(delivery -> wrong("a host sees what is not for it", frame, trace)));
    }

    private Optional<String> sentInside(Allocation slice, Frame frame, Trace trace) {
        if (trace.looped()) {
            return wrong("it loops", frame, trace);
        }
        if (!trace.punted().isEmpty()) {
            return wrong("the controller sees it", frame, trace);
        }
        if (!links.get(slice).containsAll(trace.crossed())) {
            return wrong("it crosses a link that its slice does not own", frame, trace);
        }
        if (trace.deliveries().size() > 1) {
            return wrong("it arrives more than once", frame, trace);
        }
        return trace.deliveries().stream()
                .filter(delivery -> !Optional.ofNullable(hosts.get(delivery.port()))
                        .flatMap(scenario::sliceOf).equals(Optional.of(slice)))
                .findFirst().flatMap(delivery -> wrong("it leaves its slice", frame, trace));
    }

    private Optional<String> delivered(Host sender, Frame sent, Trace.Delivery delivery) {
        Frame frame = delivery.frame();
        if (!isFor(delivery)) {
            return Optional.of("a host sees what is not for it");
        }
        if (!frame.equals(ImmutableFrame.builder().from(sent).dst(frame.dst()).build())) {
            return Optional.of("more than its destination changed on the way");
        }
        boolean honest = frame.src().equals(sender.mac())
                && frame.ipv4().map(ipv4 -> sender.ipv4().contains(ipv4.src())).orElse(true)
                && frame.arp().map(arp -> sender.ipv4().contains(arp.spa()) && arp.sha().equals(sender.mac()))
                        .orElse(true);
        return honest ? Optional.empty() : Optional.of("its source is not its sender");
    }

    /** Whether a host is meant by all that a frame says, and gets it as hosts send: without a tag. */
    private boolean isFor(Trace.Delivery delivery) {
        Host host = hosts.get(delivery.port());
        Frame frame = delivery.frame();
        return frame.tags().isEmpty() && frame.dst().equals(host.mac())
                && (frame.ipv4().filter(ipv4 -> host.ipv4().contains(ipv4.dst())).isPresent()
                || frame.arp().filter(arp -> host.ipv4().contains(arp.tpa())).isPresent());
    }

    private static boolean climbs(List<Link> crossed) {
        boolean descended = false;
        for (Link link : crossed) {
            boolean up = link.to().switchName().startsWith("spine");
            if (up && descended) {
                return true;
            }
            descended |= !up;
        }
        return false;
    }

    private static Optional<String> wrong(String what, Frame frame, Trace trace) {
        return Optional.of(what + ": " + frame.label() + " " + frame + ": " + trace);
    }
}
