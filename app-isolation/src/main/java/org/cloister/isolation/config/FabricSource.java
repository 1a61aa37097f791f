package org.cloister.isolation.config;

import org.cloister.isolation.fabric.Fabric;

import java.util.Optional;

/** The fabric as it is configured and observed now. */
public interface FabricSource {

    /** Returns the newest snapshot; empty as long as there is no valid configuration. Never blocks. */
    Optional<Fabric> fabric();

    /**
     * Adds something to run after {@link #fabric()} has changed. Changes that follow each other closely are one call.
     * It runs on the source's own thread, one call at a time, and must hand longer work to a thread of its own.
     */
    void addListener(Runnable listener);

    /** Removes a listener; a call that is under way may still end after this returned. */
    void removeListener(Runnable listener);
}
