package org.cloister.isolation.fabric;

import org.cloister.isolation.api.FabricPort;
import org.immutables.value.Value;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.MacAddress;

import java.util.List;

/** A configured host: one NIC port on a leaf. */
@Value.Immutable
public interface Host {

    /** Its name. */
    String name();

    /** The server's name. */
    String node();

    /** Which of the node's NICs. */
    int nic();

    /** The leaf's port. */
    FabricPort port();

    /** Its MAC address. */
    MacAddress mac();

    /** Its addresses, at least one. */
    List<Ip4Address> ipv4();

    /** Returns a builder. */
    static ImmutableHost.Builder builder() {
        return ImmutableHost.builder();
    }
}
