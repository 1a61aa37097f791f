package org.cloister.benchmarks.replay;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which of the waiting jobs may start. */
public enum Discipline {

    /** Strictly first in, first out: nobody overtakes. */
    FIFO("fifo"),

    /**
     * First in, first out, with EASY backfilling: the first in the queue has a reservation for the moment at which,
     * by what is known of durations, it fits; another starts before it only if that does not delay the reservation.
     */
    BACKFILL("backfill");

    private final String text;

    Discipline(String text) {
        this.text = text;
    }

    /** Returns what files and options call it. */
    public String text() {
        return text;
    }

    /** Returns the discipline that a text names; empty if none. */
    public static Optional<Discipline> of(String text) {
        return Arrays.stream(values()).filter(value -> value.text.equals(text)).findFirst();
    }

    /** Returns all names, for an error message. */
    public static String texts() {
        return Arrays.stream(values()).map(Discipline::text).collect(Collectors.joining(", "));
    }
}
