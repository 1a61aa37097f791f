package org.cloister.isolation.fabric;

import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.FabricView.FabricProblem;
import org.immutables.value.Value;
import org.onosproject.net.DeviceId;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The fabric at one moment: what is configured, less what is not there. A link counts only between two configured
 * fabric ports of a leaf and a spine, or of two leaves with fibres to the same optical switch, that are up, in a
 * direction that was discovered.
 */
@Value.Immutable
public interface Fabric {

    /** Whether rules are installed. */
    boolean enforce();

    /** The first tag that slices may have, 1 to 4094. */
    int firstTag();

    /** The last tag that slices may have, {@link #firstTag()} to 4094. */
    int lastTag();

    /** What every link and host port carries, bit/s. */
    long linkBitsPerSecond();

    /** The configured switches by name. */
    @Value.NaturalOrder
    SortedMap<String, Switch> switches();

    /** The configured hosts by name. */
    @Value.NaturalOrder
    SortedMap<String, Host> hosts();

    /** The directed links that can be used now. */
    @Value.NaturalOrder
    SortedSet<Link> links();

    /** The links that could be used earlier and cannot be now, and since when. */
    @Value.NaturalOrder
    SortedMap<Link, Instant> gone();

    /** The links that can be used again since a short while, and since when. */
    @Value.NaturalOrder
    SortedMap<Link, Instant> returned();

    /** Since when each switch is reached without a break, by name; one that is missing has been ever since, or is not. */
    @Value.NaturalOrder
    SortedMap<String, Instant> reachedSince();

    /** The fabric ports that are down, on devices that ONOS reaches. */
    @Value.NaturalOrder
    SortedSet<FabricPort> downPorts();

    /** Since when links are looked at. */
    @Value.Default
    default Instant watchedSince() {
        return Instant.EPOCH;
    }

    /** The configured devices that ONOS reaches now. */
    Set<DeviceId> availableDevices();

    /** By optical switch and port of it: the fabric port at the other end of the fibre. */
    @Value.NaturalOrder
    SortedMap<String, Map<String, FabricPort>> fibres();

    /** The optical switches that are reached and may be told to move light. */
    @Value.NaturalOrder
    SortedSet<String> opticalSwitches();

    /** The circuits that are there or wanted; those that are connected, between fibres of fabric ports, carry links. */
    @Value.NaturalOrder
    SortedSet<Circuit> circuits();

    /** By optical switch and port of it: why no circuit is planned over it. */
    @Value.NaturalOrder
    SortedMap<String, SortedMap<String, String>> unusableOpticalPorts();

    /** What is wrong with the fabric. */
    List<FabricProblem> problems();

    /** The usable links by sending switch, then receiving switch; sorted. */
    @Value.Lazy
    default Map<String, SortedMap<String, SortedSet<Link>>> linksBySwitches() {
        return LinkIndex.of(links());
    }

    /** Which fabric port ends at which optical switch. */
    @Value.Lazy
    default Fibres fibreIndex() {
        return Fibres.of(fibres());
    }

    /** Those of the circuits that carry light. */
    @Value.Lazy
    default SortedSet<Circuit> lit() {
        return circuits().stream().filter(Circuit::connected).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns what is known of a circuit by its ports; empty if it is neither there nor wanted. */
    default Optional<Circuit> circuit(Circuit ports) {
        SortedSet<Circuit> from = circuits().tailSet(ports);
        return from.isEmpty() || from.first().compareTo(ports) != 0 ? Optional.empty() : Optional.of(from.first());
    }

    /** Returns why no circuit is planned over a circuit's ports; empty if it may be. */
    default Optional<String> unusable(Circuit circuit) {
        SortedMap<String, String> ports = unusableOpticalPorts().get(circuit.opticalSwitch());
        return ports == null ? Optional.empty() : Optional.ofNullable(ports.get(circuit.one()))
                .or(() -> Optional.ofNullable(ports.get(circuit.other())));
    }

    /** The fabric in numbers. */
    @Value.Lazy
    default FabricIndex index() {
        return FabricIndex.of(this);
    }

    /** Returns a builder. */
    static ImmutableFabric.Builder builder() {
        return ImmutableFabric.builder();
    }
}
