package org.cloister.isolation.api;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;

import java.util.List;

/** The pinned way from one member to the members of one leaf. */
@Value.Immutable
@JsonSerialize(as = ImmutableRoute.class)
@JsonDeserialize(as = ImmutableRoute.class)
public interface Route {

    /** The sender's rank. */
    int fromRank();

    /** The sender's host. */
    String fromHost();

    /** The leaf of the receivers. */
    String toLeaf();

    /** The sending ports on the way: none on the same leaf, else the leaf's uplink and the spine's downlink. */
    List<FabricPort> hops();
}
