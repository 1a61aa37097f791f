package org.cloister.isolation.fabric;

import org.immutables.value.Value;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.LinkKey;

import java.util.Map;
import java.util.Set;

/** What ONOS sees of the configured devices at one moment. */
@Value.Immutable
public interface TopologyView {

    /** The configured devices that ONOS reaches. */
    Set<DeviceId> availableDevices();

    /** The ports of configured devices that are up. */
    Set<ConnectPoint> enabledPorts();

    /** The ports of configured devices that are there and down; of others it is not known. */
    Set<ConnectPoint> disabledPorts();

    /** The directed links that were discovered, at least those with a configured device at one end. */
    Set<LinkKey> links();

    /** By device, then by the application's name: how many rules of other applications it holds. */
    Map<DeviceId, Map<String, Integer>> foreignRules();

    /** Whether ONOS lets the rules on a switch stand until their owner is back. */
    boolean keepsUnknownRules();

    /** What is seen of optical switches. */
    @Value.Default
    default Optics optics() {
        return Optics.unwatched();
    }

    /** Returns a builder. */
    static ImmutableTopologyView.Builder builder() {
        return ImmutableTopologyView.builder();
    }
}
