package org.cloister.isolation.api;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;

import java.util.SortedSet;

/** What became of a live set: a scheduler learns from it what it has lost, and what it has forgotten to remove. */
@Value.Immutable
@JsonSerialize(as = ImmutableRenewal.class)
@JsonDeserialize(as = ImmutableRenewal.class)
public interface Renewal {

    /** The slices whose leases were renewed, those without a lease included. */
    @Value.NaturalOrder
    SortedSet<SliceId> renewed();

    /** The ids in the live set that are no slices of the owner, or are being removed. */
    @Value.NaturalOrder
    SortedSet<SliceId> unknown();

    /** The owner's slices with the label that are not in the live set. */
    @Value.NaturalOrder
    SortedSet<SliceId> unlisted();

    /** Returns a builder. */
    static ImmutableRenewal.Builder builder() {
        return ImmutableRenewal.builder();
    }
}
