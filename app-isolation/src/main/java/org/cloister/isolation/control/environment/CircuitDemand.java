package org.cloister.isolation.control.environment;

import org.cloister.isolation.fabric.Circuit;
import org.immutables.value.Value;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/** The circuits that are demanded for a slice, and how far they are. */
@Value.Immutable
@Value.Style(jdkOnly = true, get = "*", visibility = Value.Style.ImplementationVisibility.PUBLIC)
public interface CircuitDemand {

    /** What is wanted. */
    @Value.NaturalOrder
    SortedSet<Circuit> circuits();

    /** How far that is. */
    Phase phase();

    /** The same in one word, for a person. */
    String step();

    /** Since when; empty if that is not told. */
    Optional<Instant> since();

    /** Circuits that are not as they should be, with the reason. */
    @Value.NaturalOrder
    SortedMap<Circuit, String> troubles();

    /** Why it is FAILED or BROKEN. */
    Optional<String> reason();

    /** How long each phase of the last move took. */
    Map<String, Long> phaseMillis();

    /** Returns a builder. */
    static ImmutableCircuitDemand.Builder builder() {
        return ImmutableCircuitDemand.builder();
    }

    /** How far circuits are. */
    enum Phase {
        /** They are being made. */
        UNDER_WAY,
        /** All carry light between the planned neighbours. */
        ESTABLISHED,
        /** They could not be made, and what was changed for them is undone. */
        FAILED,
        /** They were there, and one is not any more. */
        BROKEN
    }
}
