package org.cloister.isolation.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;

import java.util.List;

/** A request for a number of hosts that Cloister chooses. */
@Value.Immutable
@JsonSerialize(as = ImmutablePlacement.class)
@JsonDeserialize(as = ImmutablePlacement.class)
public interface Placement {

    /** How many hosts. */
    int hosts();

    /** How many NICs of each node. */
    @Value.Default
    default int nicsPerNode() {
        return 1;
    }

    /** The nodes to choose among; all when empty. */
    List<String> candidates();

    /** When hosts are chosen. */
    @Value.Default
    default Bind bind() {
        return Bind.NOW;
    }

    /** When hosts are chosen. */
    enum Bind {
        /** With the request. */
        @JsonProperty("now") NOW,
        /** By a later request; capacity is held until then. */
        @JsonProperty("later") LATER
    }
}
