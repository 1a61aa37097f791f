package org.cloister.isolation.store;

import java.util.List;
import java.util.Optional;

/**
 * Keeps what is drained, for the whole cluster. Calls throw {@link org.cloister.isolation.api.RefusedException} with
 * {@code store-unavailable} when the store does not answer; a change that ends so may have taken place.
 */
public interface DrainStore {

    /** Returns what the cluster has now, sorted by name. */
    List<StoredDrain> drains();

    /** Returns what this node has heard of, sorted by name; does not wait for the cluster. */
    List<StoredDrain> heard();

    /** Stores a drain; returns the one that is there by that name, empty if there was none. */
    Optional<StoredDrain> create(StoredDrain drain);

    /** Removes a drain; returns it, empty if there was none. */
    Optional<StoredDrain> remove(String name);

    /** Adds something to run after a change that this node has heard of. */
    void addListener(Runnable listener);

    /** Removes a listener. */
    void removeListener(Runnable listener);
}
