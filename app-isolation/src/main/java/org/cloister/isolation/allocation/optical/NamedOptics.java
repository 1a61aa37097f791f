package org.cloister.isolation.allocation.optical;

import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.fabric.Circuit;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.FabricIndex;
import org.cloister.isolation.fabric.Link;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A fabric's light in the numbers that a planner counts in, and back. Ports of optical switches that are managed can be
 * joined at will, unless a slice holds a link over them, no circuit is to be planned over them, they have light and are
 * down all the same, or a circuit is on them that gives way to nobody. A port without light is always down; so is one
 * whose circuit ends at a port that is broken.
 *
 * <p>Links that light cannot be moved under, because there is a cable, because the optical switch is not managed, the
 * circuit is foreign or the slice's own traffic crosses it now, are there to be used all the same: each is an idle
 * circuit in an optical switch of its own, where nothing else can be joined.
 */
public final class NamedOptics {

    /** What an optical switch says of circuits that it is about to make or to remove. */
    private static final Set<String> TRANSIENT = Set.of("PENDING", "PENDING_DELETION");

    private final Fabric fabric;
    private final OpticalOccupancy occupancy;
    private final List<FabricPort> ends = new ArrayList<>();
    private final Map<FabricPort, Integer> numbers = new HashMap<>();

    private NamedOptics(Fabric fabric, Ledger ledger, Collection<String> leaves, Set<Link> unmovable) {
        this.fabric = fabric;
        List<Link> fixed = fixed(ledger, leaves, unmovable);
        FabricIndex index = fabric.index();
        List<String> switches = List.copyOf(fabric.opticalSwitches());
        List<SortedMap<Integer, List<FabricPort>>> ports = new ArrayList<>();
        for (int device = 0; device < index.leaves() + index.spines(); device++) {
            ports.add(new TreeMap<>());
        }
        Set<FabricPort> cabled = new TreeSet<>();
        for (int at = 0; at < fixed.size(); at++) {
            for (FabricPort end : List.of(fixed.get(at).from(), fixed.get(at).to())) {
                cabled.add(end);
                ports.get(device(index, end)).put(switches.size() + at, new ArrayList<>(List.of(end)));
            }
        }
        for (int at = 0; at < switches.size(); at++) {
            for (FabricPort end : new TreeSet<>(fabric.fibres().get(switches.get(at)).values())) {
                if (!cabled.contains(end)) {
                    ports.get(device(index, end)).computeIfAbsent(at, each -> new ArrayList<>()).add(end);
                }
            }
        }
        ports.forEach(of -> of.values().forEach(group -> group.forEach(this::number)));
        int all = switches.size() + fixed.size();
        int[] hosts = new int[index.leaves()];
        Arrays.setAll(hosts, leaf -> index.hosts(leaf).size());
        this.occupancy = OpticalOccupancy.dark(new OpticalFabric(hosts, all,
                counts(ports.subList(0, index.leaves()), all),
                counts(ports.subList(index.leaves(), ports.size()), all)));
        fixed.forEach(link -> occupancy.join(PortPair.of(numbers.get(link.from()), numbers.get(link.to()))));
        observe(ledger);
        keepLight(unmovable);
    }

    /**
     * Returns the light of a fabric.
     *
     * @param ledger what other slices hold; over that, light is never moved
     * @param leaves the leaves to be joined
     * @param unmovable links that may be used, over which light must not be moved
     */
    public static NamedOptics of(Fabric fabric, Ledger ledger, Collection<String> leaves, Set<Link> unmovable) {
        return new NamedOptics(fabric, ledger, leaves, unmovable);
    }

    /** The free links of the leaves, both ways, that are not made by light that may be moved. */
    private List<Link> fixed(Ledger ledger, Collection<String> leaves, Set<Link> unmovable) {
        SortedSet<Link> fixed = new TreeSet<>();
        for (String leaf : leaves) {
            fabric.linksBySwitches().getOrDefault(leaf, new TreeMap<>()).forEach((other, links) -> {
                for (Link link : links) {
                    Link back = Link.of(link.to(), link.from());
                    boolean own = unmovable.contains(link) || unmovable.contains(back);
                    boolean toSpine = fabric.index().spineNumber(other) >= 0;
                    if ((toSpine || own) && fabric.links().contains(back) && isFree(ledger, link)
                            && isFree(ledger, back) && (own || !isMovable(link))) {
                        fixed.add(toSpine || link.compareTo(back) < 0 ? link : back);
                    }
                }
            });
        }
        return List.copyOf(fixed);
    }

    private boolean isMovable(Link link) {
        return fabric.fibreIndex().under(link).filter(circuit -> fabric.opticalSwitches()
                .contains(circuit.opticalSwitch()) && fabric.circuit(circuit).filter(found -> found.connected()
                && !found.fixed()).isPresent()).isPresent();
    }

    private static boolean isFree(Ledger ledger, Link link) {
        return ledger.reserved().getOrDefault(link, 0L) == 0 && !ledger.exclusive().contains(link);
    }

    private static int device(FabricIndex index, FabricPort end) {
        int leaf = index.leafNumber(end.switchName());
        return leaf >= 0 ? leaf : index.leaves() + index.spineNumber(end.switchName());
    }

    private void number(FabricPort end) {
        numbers.put(end, ends.size());
        ends.add(end);
    }

    private static int[][] counts(List<SortedMap<Integer, List<FabricPort>>> ports, int switches) {
        int[][] counts = new int[ports.size()][switches];
        for (int device = 0; device < counts.length; device++) {
            int[] row = counts[device];
            ports.get(device).forEach((at, group) -> row[at] = group.size());
        }
        return counts;
    }

    private void observe(Ledger ledger) {
        for (Circuit circuit : fabric.circuits()) {
            Optional<Integer> one = number(circuit.opticalSwitch(), circuit.one());
            Optional<Integer> other = number(circuit.opticalSwitch(), circuit.other());
            if (isWithoutLight(circuit)) {
                continue;
            }
            if (one.isPresent() && other.isPresent() && isPair(one.get(), other.get())) {
                occupancy.join(PortPair.of(one.get(), other.get()));
            } else {
                // joined with what is no fabric port, or what must not be joined: not ours to undo
                one.ifPresent(occupancy::withhold);
                other.ifPresent(occupancy::withhold);
            }
            if (circuit.fixed() || TRANSIENT.contains(circuit.state())) {
                one.ifPresent(occupancy::withhold);
                other.ifPresent(occupancy::withhold);
            }
        }
        fabric.circuits().stream().filter(this::isWithoutLight).forEach(this::observeWithoutLight);
        ledger.reserved().forEach((link, rate) -> withhold(link));
        ledger.exclusive().forEach(this::withhold);
        fabric.downPorts().stream().filter(this::hasLight).forEach(this::withhold);
        fabric.unusableOpticalPorts().forEach((opticalSwitch, ports) -> ports.keySet().forEach(port ->
                fabric.fibreIndex().end(opticalSwitch, port).ifPresent(this::withhold)));
        numbers.forEach((end, port) -> {
            if (!fabric.availableDevices().contains(fabric.switches().get(end.switchName()).device())) {
                occupancy.withhold(port);
            }
        });
    }

    /** Whether there is no light on a circuit's ports that it keeps them by. */
    private boolean isWithoutLight(Circuit circuit) {
        return !circuit.fixed() && !TRANSIENT.contains(circuit.state())
                && (!circuit.connected() || fabric.unusable(circuit).isPresent());
    }

    /**
     * Its ports are there for others, who remove it for that; what is broken about them is said of the ports. Where
     * another circuit has one of them, the other one's way is barred all the same.
     */
    private void observeWithoutLight(Circuit circuit) {
        if (circuit.state().equals(Circuit.PLANNED)) {
            return; // it is not there
        }
        Optional<Integer> one = number(circuit.opticalSwitch(), circuit.one())
                .filter(port -> occupancy.joined(port) < 0);
        Optional<Integer> other = number(circuit.opticalSwitch(), circuit.other())
                .filter(port -> occupancy.joined(port) < 0);
        one.or(() -> other).ifPresent(port -> occupancy.joinWithoutLight(port, other.orElse(port)));
    }

    private boolean hasLight(FabricPort end) {
        Integer port = numbers.get(end);
        return port != null && (!isMovable(port) || occupancy.peer(port) >= 0);
    }

    /** Where a link of the slice may still carry something, its light stays, whether or not it can be used on. */
    private void keepLight(Set<Link> unmovable) {
        for (Link link : unmovable) {
            boolean carries = fabric.links().contains(link) || fabric.links().contains(Link.of(link.to(), link.from()))
                    || !fabric.downPorts().contains(link.from()) && !fabric.downPorts().contains(link.to());
            if (carries && fabric.fibreIndex().under(link).filter(fabric.lit()::contains).isPresent()) {
                for (FabricPort end : List.of(link.from(), link.to())) {
                    if (numbers.containsKey(end) && isMovable(numbers.get(end))) {
                        withhold(end);
                    }
                }
            }
        }
    }

    private Optional<Integer> number(String opticalSwitch, String port) {
        return fabric.fibreIndex().end(opticalSwitch, port).map(numbers::get).filter(this::isMovable);
    }

    private boolean isMovable(int port) {
        return occupancy.fabric().opticalSwitch(port) < fabric.opticalSwitches().size();
    }

    /** Whether a leaf is joined with a spine or with another leaf, in a switch where both are movable. */
    private boolean isPair(int one, int other) {
        OpticalFabric all = occupancy.fabric();
        return all.opticalSwitch(one) == all.opticalSwitch(other)
                && (all.leaf(one) >= 0 || all.leaf(other) >= 0) && all.leaf(one) != all.leaf(other)
                && occupancy.peer(one) < 0 && occupancy.peer(other) < 0;
    }

    private void withhold(Link link) {
        withhold(link.from());
        withhold(link.to());
    }

    private void withhold(FabricPort end) {
        Integer port = numbers.get(end);
        if (port != null) {
            occupancy.withhold(port);
        }
    }

    /** Returns what is free, in numbers; leaves and spines are numbered as in {@link Fabric#index()}. */
    public OpticalOccupancy occupancy() {
        return occupancy;
    }

    /** Returns moves that a need cannot do without; {@link Integer#MAX_VALUE} if a leaf has too few free ports. */
    public int atLeast(OpticalNeed need) {
        return MoveBound.of(occupancy, need);
    }

    /** Returns the circuits with fewest moves that join two leaves directly; empty if there are not that many ports. */
    public Optional<OpticalPlan> direct(int leaf, int other, int circuits) {
        return DirectCircuits.plan(occupancy, leaf, other, circuits);
    }

    /**
     * Returns the ways with fewest moves that join two leaves, some directly and the others over spines.
     *
     * @param limit fewer moves than these are looked for
     * @return empty if none were found
     */
    public Optional<OpticalPlan> mixed(int leaf, int other, int ways, int limit) {
        return MixedCircuits.fewerThan(limit, occupancy, leaf, other, ways);
    }

    /** Returns the link that a circuit makes, from one of its ports to the other. */
    public Link link(int from, int to) {
        return Link.of(ends.get(from), ends.get(to));
    }
}
