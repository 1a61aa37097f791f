package org.cloister.isolation.api;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/** Something that is taken out of use. */
@Value.Immutable
@JsonSerialize(as = ImmutableDrain.class)
@JsonDeserialize(as = ImmutableDrain.class)
public interface Drain {

    /** A switch or a fabric port. */
    String name();

    /** Since when. */
    Instant since();

    /** The directed links that are concerned, as {@code leaf-1/5->spine-1/1}. */
    List<String> links();

    /** The slices that still hold one of them: once this is empty, nobody loses anything by the work to be done. */
    @Value.NaturalOrder
    SortedSet<SliceId> slices();

    /** By slice, why it has nowhere to go. It moves once there is a place. */
    @Value.NaturalOrder
    SortedMap<String, String> obstacles();

    /** Whether no slice holds any of it. */
    default boolean drained() {
        return slices().isEmpty();
    }

    /** Returns a builder. */
    static ImmutableDrain.Builder builder() {
        return ImmutableDrain.builder();
    }
}
