package org.cloister.isolation.fabric;

import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.FabricView.FabricProblem;
import org.immutables.value.Value;
import org.onosproject.net.DeviceId;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

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

    /** The circuits that were observed; those between fibres of fabric ports carry links. */
    @Value.NaturalOrder
    SortedSet<Circuit> circuits();

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
