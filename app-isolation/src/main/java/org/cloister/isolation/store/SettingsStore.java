package org.cloister.isolation.store;

import org.cloister.isolation.api.Purge;

import java.util.Optional;

/**
 * Keeps what the administrator has said of the whole application, for the whole cluster. Calls throw
 * {@link org.cloister.isolation.api.RefusedException} with {@code store-unavailable} when the store does not answer.
 */
public interface SettingsStore {

    /**
     * Returns the purge that holds, as the cluster has it now.
     *
     * @throws org.cloister.isolation.api.RefusedException also {@code not-ready} if it is stored in a form that this
     *         version cannot read: then nobody knows what is wanted
     */
    Optional<Purge> purge();

    /** Returns the same as this node has heard of it; does not wait for the cluster unless it has never answered. */
    Optional<Purge> heardPurge();

    /** Has a purge hold from now on; one that holds already stays as it is. Returns the one that holds. */
    Purge purge(Purge purge);

    /** Ends the purge; returns false if there was none. */
    boolean resume();

    /** Adds something to run after a setting has changed. */
    void addListener(Runnable listener);

    /** Removes a listener. */
    void removeListener(Runnable listener);
}
