package org.cloister.ocs.control;

import org.cloister.ocs.api.OpticalCircuit;
import org.immutables.value.Value;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/** What became of an order, or becomes. */
@Value.Immutable
interface FlightReport {

    /** The order. */
    FlightOrder order();

    /** When it was over; empty while it is under way. */
    Optional<Instant> ended();

    /** When the first switch was told; empty if none was, or all was done already. */
    Optional<Instant> sent();

    /** By switch, why it failed there. */
    @Value.NaturalOrder
    SortedMap<String, String> failures();

    /** Circuits that were to be made and have not settled, with what the switch showed of them then. */
    @Value.NaturalOrder
    SortedMap<OpticalCircuit, Finding> unsettled();

    /** From the begin until all switches were found ready. */
    @Value.Default
    default Duration preparing() {
        return Duration.ZERO;
    }

    /** The longest time that a switch took to answer. */
    @Value.Default
    default Duration setting() {
        return Duration.ZERO;
    }

    /** The longest time from a switch's answer until its circuits had settled. */
    @Value.Default
    default Duration tuning() {
        return Duration.ZERO;
    }

    /** Returns whether all was done. */
    default boolean succeeded() {
        return ended().isPresent() && failures().isEmpty() && unsettled().isEmpty();
    }

    /** Returns whether it is under way, or switches may still show what was before it. */
    default boolean isRecent(Instant now) {
        return ended().isEmpty() || now.isBefore(ended().get().plus(Verifying.NEWS));
    }

    static ImmutableFlightReport.Builder builder() {
        return ImmutableFlightReport.builder();
    }
}
