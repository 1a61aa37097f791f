package org.cloister.isolation.fabric;

import org.cloister.isolation.api.FabricView.SwitchRole;
import org.immutables.value.Value;
import org.onosproject.net.DeviceId;

import java.util.SortedSet;

/** A configured packet switch. */
@Value.Immutable
public interface Switch {

    /** Its name. */
    String name();

    /** Its ONOS device. */
    DeviceId device();

    /** Leaf or spine. */
    SwitchRole role();

    /** The OpenFlow numbers of the ports that hosts are attached to. */
    @Value.NaturalOrder
    SortedSet<Long> hostPorts();

    /** The OpenFlow numbers of the ports towards other switches. */
    @Value.NaturalOrder
    SortedSet<Long> fabricPorts();

    /** Returns a builder. */
    static ImmutableSwitch.Builder builder() {
        return ImmutableSwitch.builder();
    }
}
