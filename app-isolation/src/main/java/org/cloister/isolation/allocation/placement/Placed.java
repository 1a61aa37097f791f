package org.cloister.isolation.allocation.placement;

import org.cloister.isolation.allocation.occupancy.Footprint;

import java.util.Objects;
import java.util.Optional;

/** What a {@link Placer} found, or that it found nothing. */
public final class Placed {

    private final Footprint footprint;
    private final boolean proven;

    private Placed(Footprint footprint, boolean proven) {
        this.footprint = footprint;
        this.proven = proven;
    }

    /**
     * Returns the outcome of a search that found something.
     *
     * @param proven whether fewer leaves, and with as many leaves fewer links, are known not to do
     */
    public static Placed found(Footprint footprint, boolean proven) {
        return new Placed(Objects.requireNonNull(footprint, "footprint is null"), proven);
    }

    /**
     * Returns the outcome of a search that found nothing.
     *
     * @param proven whether there is nothing; else the search ended at its bound
     */
    public static Placed nothing(boolean proven) {
        return new Placed(null, proven);
    }

    /** Returns what is to be taken; empty if nothing was found. */
    public Optional<Footprint> footprint() {
        return Optional.ofNullable(footprint);
    }

    /** Returns whether the outcome is known to be the best there is, not only the best that a bounded search found. */
    public boolean proven() {
        return proven;
    }
}
