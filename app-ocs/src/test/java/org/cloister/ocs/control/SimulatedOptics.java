package org.cloister.ocs.control;

import org.cloister.driver.ocs.session.OcsSession;
import org.cloister.driver.ocs.session.OcsSessions;
import org.cloister.driver.ocs.session.OcsSwitch;
import org.cloister.driver.ocs.session.Snapshot;
import org.cloister.ocs.api.FibreEnds;
import org.cloister.testing.VirtualTime;
import org.onosproject.net.ConnectPoint;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Optical switches and the packet ports at the ends of their fibres, in virtual time. What sessions show comes a little
 * late, carrier after the optics, links after a probe; a link goes with its carrier.
 */
final class SimulatedOptics implements OcsSessions, FibreEnds, PacketLayer {

    private static final Duration LATE = Duration.ofMillis(5);
    private static final Duration PROBES = Duration.ofSeconds(3);

    final VirtualTime time;
    final SortedMap<String, SimulatedSwitch> switches = new TreeMap<>();
    final Map<String, OcsSwitch> shown = new TreeMap<>();
    final Set<String> withoutFibre = new HashSet<>();
    Duration optics = Duration.ofMillis(200);
    /** Packets per second at each end of a circuit. */
    final Map<String, Long> packets = new HashMap<>();
    private final Random random;
    private final List<Runnable> listeners = new ArrayList<>();
    private final List<Runnable> packetListeners = new ArrayList<>();
    /** Each packet port's neighbour by light, and since when. */
    private final Map<String, String> light = new HashMap<>();
    private final Map<String, Instant> up = new HashMap<>();
    private final Map<String, Map<String, Instant>> hears = new HashMap<>();
    private final Map<String, Instant> lost = new HashMap<>();

    SimulatedOptics(VirtualTime time, long seed) {
        this.time = time;
        this.random = new Random(seed);
    }

    SimulatedSwitch add(String name, int ports) {
        SimulatedSwitch added = new SimulatedSwitch(name, ports, time, () -> changed(name));
        switches.put(name, added);
        show(name);
        return added;
    }

    private void changed(String name) {
        plant(switches.get(name));
        time.schedule(() -> {
            show(name);
            List.copyOf(listeners).forEach(Runnable::run);
        }, LATE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void show(String name) {
        SimulatedSwitch each = switches.get(name);
        Optional<Snapshot> snapshot = each.connected ? Optional.of(each.shown())
                : Optional.ofNullable(shown.get(name)).flatMap(OcsSwitch::snapshot);
        shown.put(name, OcsSwitch.builder().name(name).dialect("simulated").connected(each.connected)
                .master(each.master).capabilities(each.capabilities).snapshot(snapshot)
                .trouble(each.connected ? Optional.empty() : Optional.of("management is dead")).build());
    }

    private static String key(String name, String port) {
        return name + "/" + port;
    }

    /** Light follows the mirrors: both have to point at each other, or one at the other's end. */
    private void plant(SimulatedSwitch each) {
        for (int number = 1; number <= each.size; number++) {
            String port = String.valueOf(number);
            String from = key(each.name, port);
            String to = Optional.ofNullable(each.mirrors.get(port)).filter(peer -> !each.dark.contains(peer)
                    && !each.dark.contains(port)).map(peer -> key(each.name, peer)).orElse(null);
            if (to == null || !to.equals(light.get(from))) {
                if (light.remove(from) != null || up.containsKey(from)) {
                    up.remove(from);
                    if (hears.remove(from) != null) {
                        lost.put(from, time.now());
                    }
                    tell();
                }
                if (to != null) {
                    light.put(from, to);
                    time.schedule(() -> carrier(from, to), optics.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        }
    }

    private void carrier(String from, String to) {
        if (to.equals(light.get(from)) && !up.containsKey(from)) {
            up.put(from, time.now());
            time.schedule(() -> hear(from, to), random.nextInt((int) PROBES.toMillis()), TimeUnit.MILLISECONDS);
            tell();
        }
    }

    private void hear(String from, String to) {
        if (to.equals(light.get(from)) && up.containsKey(from)) {
            hears.computeIfAbsent(from, key -> new HashMap<>()).put(to, time.now());
            tell();
        }
    }

    private void tell() {
        List.copyOf(packetListeners).forEach(Runnable::run);
    }

    @Override
    public SortedMap<String, OcsSwitch> switches() {
        return new TreeMap<>(shown);
    }

    @Override
    public Optional<OcsSession> session(String opticalSwitch) {
        return Optional.ofNullable(switches.get(opticalSwitch)).filter(each -> each.connected).map(each -> each);
    }

    @Override
    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    @Override
    public Optional<ConnectPoint> end(String opticalSwitch, String port) {
        if (withoutFibre.contains(key(opticalSwitch, port)) || !switches.containsKey(opticalSwitch)) {
            return Optional.empty();
        }
        return Optional.of(ConnectPoint.deviceConnectPoint(
                String.format("of:%016x/%s", 0x100 + switches.headMap(opticalSwitch).size(), port)));
    }

    @Override
    public Optional<String> name(String opticalSwitch, String port) {
        return end(opticalSwitch, port).map(point -> "leaf-" + opticalSwitch + "/" + port);
    }

    @Override
    public PacketPort port(ConnectPoint point) {
        String name = switches.keySet().stream().filter(each -> end(each, point.port().toString())
                .filter(point::equals).isPresent()).findFirst().orElseThrow();
        String from = key(name, point.port().toString());
        ImmutablePacketPort.Builder facts = PacketPort.builder().carrier(up.containsKey(from))
                .up(Optional.ofNullable(up.get(from))).packets(packets.getOrDefault(from, 0L))
                .steady(up.getOrDefault(from, Instant.EPOCH));
        Map<String, Instant> heard = hears.getOrDefault(from, Map.of());
        heard.forEach((to, since) -> facts.putHears(point(to), since));
        hears.forEach((other, each) -> each.forEach((to, since) -> {
            if (to.equals(from)) {
                facts.putHeardBy(point(other), since);
            }
        }));
        if (heard.isEmpty()) {
            facts.silent(lost.getOrDefault(from, up.getOrDefault(from, Instant.EPOCH)));
        }
        return facts.build();
    }

    private ConnectPoint point(String key) {
        String[] parts = key.split("/");
        return end(parts[0], parts[1]).orElseThrow();
    }

    @Override
    public void start(Runnable listener) {
        packetListeners.add(listener);
    }

    @Override
    public void stop() {
    }

    /** Forgets a node that is no more. */
    void forgetListeners() {
        listeners.clear();
        packetListeners.clear();
    }
}
