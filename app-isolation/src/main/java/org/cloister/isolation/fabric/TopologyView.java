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

    /** The optical switches that are reached and may be told to move light, by their names in {@code fibres}. */
    Set<String> opticalSwitches();

    /** The circuits that were observed in them. */
    Set<Circuit> circuits();

    /** Returns a builder. */
    static ImmutableTopologyView.Builder builder() {
        return ImmutableTopologyView.builder();
    }
}
