package org.cloister.isolation.fabric;

import org.immutables.value.Value;

import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/** The optical switches and their circuits at one moment. */
@Value.Immutable
public interface Optics {

    /** Whether anybody looks at optical switches; if not, nothing is known of them and nobody moves light. */
    @Value.Default
    default boolean watched() {
        return true;
    }

    /** The optical switches that somebody has configured, by their names in {@code fibres}. */
    @Value.NaturalOrder
    SortedMap<String, OpticalSwitch> switches();

    /** The circuits that are there or wanted, as last heard of. */
    @Value.NaturalOrder
    SortedSet<Circuit> circuits();

    /** Returns a builder. */
    static ImmutableOptics.Builder builder() {
        return ImmutableOptics.builder();
    }

    /** Returns what is seen where nobody looks. */
    static Optics unwatched() {
        return builder().watched(false).build();
    }

    /** An optical switch. */
    @Value.Immutable
    interface OpticalSwitch {

        /** Whether it is connected: what is said of its circuits is so, and it may be told to move light. */
        boolean available();

        /** Why it is not. */
        Optional<String> trouble();

        /** Its ports, as far as they were heard of. */
        @Value.NaturalOrder
        SortedSet<String> ports();

        /** By port: why no circuit is planned over it. */
        @Value.NaturalOrder
        SortedMap<String, String> unusable();

        /** Returns a builder. */
        static ImmutableOpticalSwitch.Builder builder() {
            return ImmutableOpticalSwitch.builder();
        }
    }
}
