package org.cloister.rest;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import org.immutables.value.Value;

import java.util.List;

/** What a scheduler still runs. */
@Value.Immutable
@JsonDeserialize(as = ImmutableLiveSet.class)
interface LiveSet {

    /** The label that all of the scheduler's slices carry, {@code name:value}. */
    String label();

    /** The slices that live. */
    List<String> slices();
}
