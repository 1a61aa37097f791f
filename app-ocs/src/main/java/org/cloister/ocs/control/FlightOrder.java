package org.cloister.ocs.control;

import org.cloister.ocs.planning.SwitchChange;
import org.cloister.ocs.planning.SwitchFacts;
import org.immutables.value.Value;

import java.time.Instant;
import java.util.SortedMap;

/** What switches are to be told for an owner. */
@Value.Immutable
interface FlightOrder {

    /** For whom. */
    String owner();

    /** How to go about it. */
    Kind kind();

    /** When the move began that it belongs to. */
    Instant began();

    /** Counts the orders of the move. */
    int serial();

    /** By switch, what to change. */
    @Value.NaturalOrder
    SortedMap<String, SwitchChange> changes();

    /** The switches as they were when this was decided. */
    @Value.NaturalOrder
    SortedMap<String, SwitchFacts> facts();

    /** The name under which a change waits for confirmation: the same for whoever leads next. */
    default String confirmation() {
        return "cloister:" + owner() + ":" + began().toEpochMilli() + ":" + serial();
    }

    static ImmutableFlightOrder.Builder builder() {
        return ImmutableFlightOrder.builder();
    }

    /** Ways to go about it. */
    enum Kind {
        /** All or nothing: prepared on all switches, then made on all, and undone on all if one fails. */
        MOVE,
        /** Each switch by itself. */
        EACH,
        /** Has what an earlier leader may have left waiting confirmed; nothing else is told. */
        SETTLE
    }
}
