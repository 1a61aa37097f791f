package org.cloister.ocs.control;

import org.immutables.value.Value;
import org.onosproject.net.ConnectPoint;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A packet switch's port as ONOS shows it. Times are those at which this node heard of it. */
@Value.Immutable
interface PacketPort {

    /** Whether there is light; empty while its switch is not connected. */
    Optional<Boolean> carrier();

    /** When light came last; empty if that was before this node looked. */
    Optional<Instant> up();

    /** The ports whose probes arrive here, with since when. */
    Map<ConnectPoint, Instant> hears();

    /** The ports at which probes from here arrive, with since when. */
    Map<ConnectPoint, Instant> heardBy();

    /** Since when nothing is heard of anybody; empty if something is. */
    Optional<Instant> silent();

    /** Since when it could hear and be heard: its switch is connected and there is light. */
    Instant steady();

    /** Packets per second in the last sample, both ways; 0 if there is none. */
    @Value.Default
    default long packets() {
        return 0;
    }

    static ImmutablePacketPort.Builder builder() {
        return ImmutablePacketPort.builder();
    }
}
