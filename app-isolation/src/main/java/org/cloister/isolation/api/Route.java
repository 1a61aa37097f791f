package org.cloister.isolation.api;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;

import java.util.List;
import java.util.Optional;

/** The pinned way from one member to the members of one leaf, or to one of them that has a way of its own. */
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

    /** The one receiver that takes this way; empty for all of the leaf that have none of their own. */
    Optional<String> toHost();

    /** The sending ports on the way: none on the same leaf, else the leaf's uplink and, past a spine, its downlink. */
    List<FabricPort> hops();
}
