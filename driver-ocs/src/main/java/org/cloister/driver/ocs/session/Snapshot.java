package org.cloister.driver.ocs.session;

import org.immutables.value.Value;

import java.util.SortedMap;

/** All that a switch shows at one moment. */
@Value.Immutable
public interface Snapshot {

    /** Changes whenever the set of circuits does; means nothing else. */
    String revision();

    /** The ports by name. */
    @Value.NaturalOrder
    SortedMap<String, PortState> ports();

    /** The circuits by what they join; entries that are {@link CircuitStatus#INVALID} among them. */
    @Value.NaturalOrder
    SortedMap<CircuitPorts, CircuitState> circuits();

    /** Returns a builder. */
    static ImmutableSnapshot.Builder builder() {
        return ImmutableSnapshot.builder();
    }
}
