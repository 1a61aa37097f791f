package org.cloister.rest;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.cloister.isolation.api.Slice;
import org.immutables.value.Value;

import java.util.List;
import java.util.Optional;

/** A part of a list of slices. */
@Value.Immutable
@JsonSerialize(as = ImmutableSlicePage.class)
interface SlicePage {

    /** The slices, sorted by id. */
    List<Slice> items();

    /** What to give as {@code cursor} for the next part; null after the last. */
    Optional<String> nextCursor();
}
