package org.cloister.isolation.fabric;

import org.cloister.isolation.api.FabricPort;
import org.immutables.value.Value;

import java.util.Map;
import java.util.SortedMap;

/**
 * The fabric as configured, each value checked: no name, device, port, MAC or IPv4 address occurs twice, every host's
 * port is a host port of a leaf, every fibre's a fabric port.
 */
@Value.Immutable
public interface FabricSettings {

    /** Whether rules are installed. */
    boolean enforce();

    /** The first tag that slices may have, 1 to 4094. */
    int firstTag();

    /** The last tag that slices may have, {@link #firstTag()} to 4094. */
    int lastTag();

    /** What every link and host port carries, bit/s. */
    long linkBitsPerSecond();

    /** The switches by name. */
    @Value.NaturalOrder
    SortedMap<String, Switch> switches();

    /** The hosts by name. */
    @Value.NaturalOrder
    SortedMap<String, Host> hosts();

    /** By optical switch and port of it: the fabric port at the other end of the fibre. */
    @Value.NaturalOrder
    SortedMap<String, Map<String, FabricPort>> fibres();

    /** Returns a builder. */
    static ImmutableFabricSettings.Builder builder() {
        return ImmutableFabricSettings.builder();
    }
}
