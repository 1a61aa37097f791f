package org.cloister.isolation.control;

import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.control.environment.CircuitDemand;
import org.cloister.isolation.control.environment.CircuitDemand.Phase;
import org.cloister.isolation.control.environment.CircuitRequests;
import org.cloister.isolation.control.environment.ImmutableCircuitDemand;
import org.cloister.isolation.fabric.Circuit;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Fibres;
import org.cloister.isolation.fabric.ImmutableCircuit;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.cloister.isolation.fabric.Link;
import org.cloister.testing.VirtualTime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Optical switches and who moves light in them, in virtual time. Circuits without an owner give way, others never do. A
 * port that is broken, or a mirror that points elsewhere, is found when light has been moved over it: then all is as it
 * was before, and the port in quarantine. A link is there as long as light joins its ends.
 */
final class FakeOptics implements CircuitRequests {

    /** How long moving light takes. */
    Duration takes = Duration.ofMillis(500);
    /** How much later discovery finds the links. */
    Duration finds = Duration.ofMillis(300);
    /** Owner, what it is to have from now on; asked before every change of a demand. */
    final List<String> history = new ArrayList<>();
    /** Ports that are found to be broken go into quarantine. */
    boolean quarantines = true;
    /** What moves light is there. */
    boolean present = true;

    private final VirtualTime time;
    private final FakeFabric shown;
    private final Fabric base;
    private final Fibres fibres;
    private final SortedSet<Circuit> lit = new TreeSet<>();
    private final SortedSet<Circuit> found = new TreeSet<>();
    private final SortedSet<Circuit> dark = new TreeSet<>();
    private final SortedMap<String, CircuitDemand> demands = new TreeMap<>();
    private final Map<String, Integer> tries = new HashMap<>();
    private final SortedMap<String, String> broken = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, String>> quarantine = new TreeMap<>();
    private final SortedSet<String> away = new TreeSet<>();
    /** When a circuit carried light last that does not any more. */
    private final Map<Circuit, Instant> lost = new HashMap<>();
    /** Is told what is about to become of an owner's demand. */
    BiConsumer<String, SortedSet<Circuit>> demanding = (owner, circuits) -> { };
    /** Is told of circuits that are about to give way. */
    Consumer<Circuit> parting = circuit -> { };
    /** Is told that light goes elsewhere; by command, or because something broke. */
    Consumer<Boolean> relit = commanded -> { };
    /** What else there is to say of the fabric. */
    UnaryOperator<Fabric> lens = fabric -> fabric;

    FakeOptics(VirtualTime time, FakeFabric shown, Fabric base) {
        this.time = time;
        this.shown = shown;
        this.base = base;
        this.fibres = base.fibreIndex();
        lit.addAll(base.circuits());
        found.addAll(base.circuits());
    }

    /** Returns who moves light, if the fabric has any and anybody is there. */
    Optional<CircuitRequests> requests() {
        return present && !base.fibres().isEmpty() ? Optional.of(this) : Optional.empty();
    }

    /** Has nobody there who moves light, or has somebody there again. */
    void present(boolean now) {
        present = now;
        show();
    }

    /** Breaks a port, such as {@code ocs-1/s-0}: what crosses it is dark from now on, and whoever wants it finds out. */
    void breaks(String port, String how) {
        broken.put(port, how);
        lit.stream().filter(circuit -> isBroken(circuit).isPresent()).forEach(circuit -> {
            dark.add(circuit);
            lost.put(circuit, time.now());
        });
        relit.accept(false);
        demands.replaceAll((owner, demand) -> {
            Optional<Circuit> lost = demand.circuits().stream().filter(dark::contains).findFirst();
            return lost.isEmpty() || demand.phase() != Phase.ESTABLISHED ? demand : ImmutableCircuitDemand.copyOf(demand)
                    .withPhase(Phase.BROKEN).withStep("BROKEN").withReason(port + ": " + how)
                    .withTroubles(Map.of(lost.get(), port + ": " + how));
        });
        show();
    }

    /** Has a circuit vanish: its ports are fine. */
    void loses(Circuit circuit) {
        lit.remove(circuit);
        found.remove(circuit);
        lost.put(circuit, time.now());
        relit.accept(false);
        demands.replaceAll((owner, demand) -> !demand.circuits().contains(circuit) ? demand
                : ImmutableCircuitDemand.copyOf(demand).withPhase(Phase.BROKEN).withStep("BROKEN")
                        .withReason(circuit + " is not there").withTroubles(Map.of(circuit, circuit + " is not there")));
        show();
    }

    /** Mends a port. */
    void mends(String port) {
        broken.remove(port);
        quarantine.values().forEach(ports -> ports.remove(port.substring(port.indexOf('/') + 1)));
        dark.removeIf(circuit -> isBroken(circuit).isEmpty());
        relit.accept(false);
        demands.replaceAll((owner, demand) -> demand.phase() == Phase.BROKEN
                && demand.circuits().stream().allMatch(circuit -> lit.contains(circuit) && !dark.contains(circuit))
                ? established(demand) : demand);
        show();
    }

    /** Takes an optical switch's management connection away: its light stays on. */
    void away(String opticalSwitch, boolean now) {
        if (now) {
            away.add(opticalSwitch);
        } else {
            away.remove(opticalSwitch);
        }
        show();
    }

    /** Returns the circuits that carry light. */
    SortedSet<Circuit> lit() {
        SortedSet<Circuit> now = new TreeSet<>(lit);
        now.removeAll(dark);
        return now;
    }

    /** Makes a circuit for an owner who is no slice. */
    void claim(Circuit circuit) {
        demand("admin:" + circuit, new TreeSet<>(List.of(circuit)));
    }

    @Override
    public Map<String, CircuitDemand> demands() {
        return new TreeMap<>(demands);
    }

    @Override
    public Optional<Refused> demand(String owner, SortedSet<Circuit> circuits) {
        for (Circuit circuit : circuits) {
            Optional<String> holder = demands.entrySet().stream().filter(each -> !each.getKey().equals(owner)
                    && each.getValue().circuits().stream().anyMatch(held -> held.meets(circuit)
                    && held.compareTo(circuit) != 0)).map(Map.Entry::getKey).findFirst();
            if (holder.isPresent()) {
                return Optional.of(new Refused(circuit + " meets a circuit of " + holder.get(), false));
            }
            if (circuits.stream().anyMatch(other -> other.meets(circuit) && other.compareTo(circuit) != 0)) {
                return Optional.of(new Refused(circuit + " meets another one of the same demand", false));
            }
            if (base.circuits().stream().anyMatch(there -> there.foreign() && there.meets(circuit))) {
                return Optional.of(new Refused(circuit + " meets somebody else's", false));
            }
            if (!lit.contains(circuit) && away.contains(circuit.opticalSwitch())) {
                return Optional.of(new Refused(circuit.opticalSwitch() + " is not connected", true));
            }
            if (!lit.contains(circuit) && isQuarantined(circuit)) {
                return Optional.of(new Refused(circuit + " needs a port in quarantine", false));
            }
        }
        demanding.accept(owner, circuits);
        history.add(owner + " wants " + circuits);
        CircuitDemand before = demands.get(owner);
        demands.put(owner, CircuitDemand.builder().circuits(circuits).phase(Phase.UNDER_WAY).step("TUNING").build());
        int number = tries.merge(owner, 1, Integer::sum);
        boolean there = circuits.stream().allMatch(circuit -> lit.contains(circuit) && !dark.contains(circuit));
        if (there) {
            demands.put(owner, established(demands.get(owner)));
            show();
        } else {
            SortedSet<Circuit> kept = before == null ? new TreeSet<>() : before.circuits();
            time.schedule(() -> move(owner, number, kept), takes.toMillis(), TimeUnit.MILLISECONDS);
        }
        return Optional.empty();
    }

    private void move(String owner, int number, SortedSet<Circuit> before) {
        CircuitDemand demand = demands.get(owner);
        if (demand == null || tries.get(owner) != number) {
            return;
        }
        Optional<String> fault = demand.circuits().stream().filter(circuit -> !before.contains(circuit)
                || !lit.contains(circuit)).flatMap(circuit -> isBroken(circuit).stream()).findFirst();
        if (fault.isPresent()) {
            String port = fault.get();
            if (quarantines) {
                quarantine.computeIfAbsent(port.substring(0, port.indexOf('/')), name -> new TreeMap<>())
                        .put(port.substring(port.indexOf('/') + 1), broken.get(port));
            }
            demands.put(owner, ImmutableCircuitDemand.copyOf(demand).withPhase(Phase.FAILED).withStep("FAILED")
                    .withSince(time.now()).withReason(port + ": " + broken.get(port))
                    .withTroubles(demand.circuits().stream().filter(circuit -> isBroken(circuit).isPresent())
                            .collect(Collectors.toMap(circuit -> circuit, circuit -> broken.get(port)))));
            show();
            return;
        }
        demand.circuits().forEach(circuit -> {
            if (!lit.contains(circuit)) {
                lit.stream().filter(circuit::meets).forEach(parting);
                lit.removeIf(circuit::meets);
                found.removeIf(circuit::meets);
                dark.removeIf(circuit::meets);
                lit.add(circuit);
            }
        });
        relit.accept(true);
        show();
        time.schedule(() -> find(owner, number), finds.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void find(String owner, int number) {
        CircuitDemand demand = demands.get(owner);
        found.addAll(lit);
        if (demand != null && tries.get(owner) == number && demand.phase() == Phase.UNDER_WAY) {
            demands.put(owner, established(demand));
        }
        show();
    }

    private static CircuitDemand established(CircuitDemand demand) {
        return CircuitDemand.builder().circuits(demand.circuits()).phase(Phase.ESTABLISHED).step("ESTABLISHED")
                .phaseMillis(Map.of("setting", 25L, "tuning", 200L)).build();
    }

    private Optional<String> isBroken(Circuit circuit) {
        return List.of(circuit.one(), circuit.other()).stream().map(port -> circuit.opticalSwitch() + "/" + port)
                .filter(broken::containsKey).findFirst();
    }

    private boolean isQuarantined(Circuit circuit) {
        SortedMap<String, String> ports = quarantine.getOrDefault(circuit.opticalSwitch(), new TreeMap<>());
        return ports.containsKey(circuit.one()) || ports.containsKey(circuit.other());
    }

    @Override
    public Optional<Refused> release(String owner) {
        demanding.accept(owner, new TreeSet<>());
        history.add(owner + " wants nothing");
        demands.remove(owner);
        show();
        return Optional.empty();
    }

    /** Mends everything. */
    void heal() {
        away.clear();
        present = true;
        List.copyOf(broken.keySet()).forEach(this::mends);
        quarantine.clear();
        show();
    }

    /** Returns whether there has been light between the ends of a link, found by discovery, lately. */
    boolean carried(Link link, Duration lately) {
        Optional<Circuit> under = fibres.under(link);
        return under.isEmpty() || found.contains(under.get()) && (!dark.contains(under.get())
                || lost.get(under.get()).plus(lately).isAfter(time.now()));
    }

    /** Returns whether a circuit is there and carries light. */
    boolean carries(Circuit circuit) {
        return lit.contains(circuit) && !dark.contains(circuit);
    }

    /** Returns the links that light makes, and those that need none, found or not. */
    SortedSet<Link> wires() {
        SortedSet<Link> links = new TreeSet<>(base.links());
        links.removeIf(link -> fibres.under(link).isPresent());
        lit().forEach(circuit -> fibres.end(circuit.opticalSwitch(), circuit.one()).ifPresent(one ->
                fibres.end(circuit.opticalSwitch(), circuit.other()).ifPresent(other -> {
                    links.add(Link.of(one, other));
                    links.add(Link.of(other, one));
                })));
        return links;
    }

    /** Says what the fabric looks like now. */
    void show() {
        shown.configure(Optional.of(lens.apply(fabric())));
    }

    Fabric fabric() {
        SortedSet<Circuit> circuits = new TreeSet<>();
        SortedSet<Link> links = new TreeSet<>(base.links());
        links.removeIf(link -> fibres.under(link).isPresent());
        SortedSet<FabricPort> down = new TreeSet<>(base.downPorts());
        base.fibres().forEach((name, ports) -> down.addAll(ports.values()));
        for (Circuit circuit : lit) {
            Optional<Circuit> original = base.circuit(circuit);
            boolean claimed = demands.entrySet().stream().anyMatch(each -> !each.getKey().startsWith("slice:")
                    && each.getValue().circuits().contains(circuit));
            circuits.add(ImmutableCircuit.copyOf(circuit).withClaimed(claimed)
                    .withForeign(original.filter(Circuit::foreign).isPresent()));
            Optional<FabricPort> one = fibres.end(circuit.opticalSwitch(), circuit.one());
            Optional<FabricPort> other = fibres.end(circuit.opticalSwitch(), circuit.other());
            if (one.isPresent() && other.isPresent() && !dark.contains(circuit)) {
                down.remove(one.get());
                down.remove(other.get());
                if (found.contains(circuit)) {
                    links.add(Link.of(one.get(), other.get()));
                    links.add(Link.of(other.get(), one.get()));
                }
            }
        }
        SortedSet<String> managed = new TreeSet<>(base.opticalSwitches());
        managed.removeAll(away);
        if (!present) {
            managed.clear();
        }
        return ImmutableFabric.copyOf(base).withCircuits(circuits).withLinks(links).withDownPorts(down)
                .withOpticalSwitches(managed).withUnusableOpticalPorts(Map.copyOf(quarantine));
    }
}
