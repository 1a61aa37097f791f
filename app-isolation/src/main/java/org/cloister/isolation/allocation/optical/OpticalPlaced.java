package org.cloister.isolation.allocation.optical;

import java.util.Objects;
import java.util.Optional;

/** What an {@link OpticalPlacer} found, or that it found nothing. */
public final class OpticalPlaced {

    private final OpticalFootprint footprint;
    private final boolean proven;

    private OpticalPlaced(OpticalFootprint footprint, boolean proven) {
        this.footprint = footprint;
        this.proven = proven;
    }

    /** Returns the outcome of a search that found something; proven if fewer leaves and fewer moves will not do. */
    static OpticalPlaced found(OpticalFootprint footprint, boolean proven) {
        return new OpticalPlaced(Objects.requireNonNull(footprint, "footprint is null"), proven);
    }

    /** Returns the outcome of a search that found nothing; proven if there is nothing. */
    static OpticalPlaced nothing(boolean proven) {
        return new OpticalPlaced(null, proven);
    }

    /** Returns what is to be taken; empty if nothing was found. */
    public Optional<OpticalFootprint> footprint() {
        return Optional.ofNullable(footprint);
    }

    /** Returns whether the outcome is known to be the best there is, not only the best that a bounded search found. */
    public boolean proven() {
        return proven;
    }
}
