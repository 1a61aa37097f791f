package org.cloister.ocs.store;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.cloister.ocs.api.OpticalCircuit;
import org.immutables.value.Value;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * A move of light for a demand: the journal of what was, or may have been, told to switches. It is written before a
 * switch is told, so that whoever leads next knows what to look for.
 */
@Value.Immutable
@JsonSerialize(as = ImmutableStoredMove.class)
@JsonDeserialize(as = ImmutableStoredMove.class)
public interface StoredMove {

    /** Which of the owner's wishes it carries out. */
    long generation();

    /** Counts the attempts, from 1. */
    @Value.Default
    default int attempt() {
        return 1;
    }

    /** Whether it makes lost circuits again. */
    @Value.Default
    default boolean repair() {
        return false;
    }

    /** What is being done. */
    Step step();

    /** Since when. */
    Instant since();

    /** When that is given up. */
    Instant deadline();

    /** The leader's term in which switches were told. */
    long term();

    /** Counts how often switches were told; with the owner's name it names what waits for confirmation. */
    @Value.Default
    default int serial() {
        return 0;
    }

    /** When it began. */
    Instant began();

    /** Idle circuits that this attempt removes. */
    @Value.NaturalOrder
    SortedSet<OpticalCircuit> removes();

    /** Circuits that this attempt makes. */
    @Value.NaturalOrder
    SortedSet<OpticalCircuit> makes();

    /** What all attempts have removed or may have: what is brought back when the move is given up. */
    @Value.NaturalOrder
    SortedSet<OpticalCircuit> displaced();

    /** What all attempts have made or may have: what is removed when the move is given up. */
    @Value.NaturalOrder
    SortedSet<OpticalCircuit> made();

    /** When switches were told last: links that were heard before say nothing of the circuits. */
    Optional<Instant> sent();

    /** When the circuits were tuned. */
    Optional<Instant> tuned();

    /** Why the last attempt failed. */
    List<StoredTrouble> troubles();

    /** Ports found faulty. */
    List<StoredQuarantine> faults();

    /** How long what is over took, in milliseconds. */
    Map<String, Long> phaseMillis();

    /** Returns a builder. */
    static ImmutableStoredMove.Builder builder() {
        return ImmutableStoredMove.builder();
    }

    /** What is being done. */
    enum Step {
        /** Waits until circuits that give way are quiet. */
        DRAINING,
        /** Switches are checked and told. */
        SWITCHING,
        /** Switches have been told, and circuits settle. */
        TUNING,
        /** Light and neighbours are looked at. */
        VERIFYING,
        /** What does not work is removed, to be made anew. */
        CLEARING,
        /** What was before is brought back. */
        UNDOING
    }
}
