package org.cloister.isolation.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;

import java.util.OptionalLong;

/** Whole links, or a rate per member on shared links. Rates in bit/s. */
@Value.Immutable
@JsonSerialize(as = ImmutableBandwidth.class)
@JsonDeserialize(as = ImmutableBandwidth.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public interface Bandwidth {

    /** Whether links are the slice's own. */
    Mode mode();

    /** What each member may always send, bit/s. */
    OptionalLong guaranteedBitsPerSecond();

    /** What each member may send at most, bit/s. */
    OptionalLong limitBitsPerSecond();

    /** Returns whole links. */
    static Bandwidth exclusive() {
        return ImmutableBandwidth.builder().mode(Mode.EXCLUSIVE).build();
    }

    /** Whether links are the slice's own. */
    enum Mode {
        /** Whole links, no meter. */
        @JsonProperty("exclusive") EXCLUSIVE,
        /** Shared links, metered at admission. */
        @JsonProperty("shared") SHARED
    }
}
