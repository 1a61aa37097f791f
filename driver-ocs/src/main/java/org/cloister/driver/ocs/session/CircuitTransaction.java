package org.cloister.driver.ocs.session;

import org.immutables.value.Value;

import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Circuits to remove and to make on one switch, together or not at all. What is not named is not disturbed, but for
 * circuits of ours that {@link Mode} allows to give way. Those of others never do: a transaction that needs it is
 * refused.
 */
@Value.Immutable
public interface CircuitTransaction {

    /** Circuits to remove; one that is not there is no error. */
    @Value.NaturalOrder
    SortedSet<CircuitPorts> deletes();

    /** Circuits to make; one that is there is left as it is. */
    @Value.NaturalOrder
    SortedSet<CircuitPorts> creates();

    /** What may happen to circuits that are in the way and are not among {@link #deletes()}. */
    @Value.Default
    default Mode mode() {
        return Mode.SAFE;
    }

    /** The revision that this was planned on: another one on the switch is refused as {@code STALE}. */
    Optional<String> expectedRevision();

    /** Undone by the switch unless {@link OcsSession#confirm} comes within that time. */
    Optional<Duration> confirmWithin();

    /**
     * The name under which it waits for confirmation, so that whoever knows it can confirm or cancel it although the
     * answer never came. If it is empty the session makes one up. Means nothing without {@link #confirmWithin()}.
     */
    Optional<String> confirmation();

    /** How long the switch may take to answer and circuits to settle, together. */
    Duration deadline();

    /** Returns a builder. */
    static ImmutableCircuitTransaction.Builder builder() {
        return ImmutableCircuitTransaction.builder();
    }

    /** What may happen to circuits that are in the way. */
    enum Mode {
        /** Nothing: the transaction is refused. */
        SAFE,
        /** Circuits of ours at ports that are needed are removed. */
        UPDATE,
        /** All circuits of ours that are not among {@link #creates()} are removed. */
        OVERWRITE
    }
}
