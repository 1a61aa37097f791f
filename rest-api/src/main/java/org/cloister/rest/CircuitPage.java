package org.cloister.rest;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.cloister.ocs.api.SeenCircuit;
import org.immutables.value.Value;

import java.util.List;
import java.util.Optional;

/** A part of a list of circuits. */
@Value.Immutable
@JsonSerialize(as = ImmutableCircuitPage.class)
interface CircuitPage {

    /** The circuits, sorted by switch and ports. */
    List<SeenCircuit> items();

    /** What to give as {@code cursor} for the next part; null after the last. */
    Optional<String> nextCursor();
}
