package org.cloister.isolation.api;

import java.util.List;
import java.util.Optional;

/** Reads slices. Both calls throw {@link RefusedException} with {@code store-unavailable} when the store is silent. */
public interface SliceService {

    /** Returns all slices, sorted by id. */
    List<Slice> slices();

    /** Returns a slice. */
    Optional<Slice> slice(SliceId id);

    /**
     * Returns the routes of a slice, one per member that sends to other leaves, sorted by rank; empty if there is no
     * such slice or it has no allocation.
     */
    List<Route> routes(SliceId id);
}
