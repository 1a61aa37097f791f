package org.cloister.isolation.api;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Takes links out of use for maintenance: slices that hold them move to others first, make before break, and new ones
 * do not get them. Completes exceptionally with {@link RefusedException}.
 */
public interface DrainService {

    /** Returns what is drained, sorted by name. Throws {@link RefusedException} when the store is silent. */
    List<Drain> drains();

    /**
     * Begins to drain a switch, a fabric port, or both directions of a link. Repeating it is no error.
     *
     * @param name a switch ({@code spine-1}), a port ({@code leaf-1/5}): the link there
     * @return the drain, and which slices are moving
     * @throws RefusedException as a failed future: {@code not-found} if the fabric has nothing of that name,
     *         {@code insufficient-uplinks} or whatever else stands in the way of slices that hold it and cannot
     *         move, which are named; nothing is drained then
     */
    CompletableFuture<Drain> drain(String name);

    /** Puts it back into use; refused with {@code not-found} if it is not drained. */
    CompletableFuture<Drain> undrain(String name);
}
