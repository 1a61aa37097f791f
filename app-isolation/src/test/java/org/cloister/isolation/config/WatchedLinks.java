package org.cloister.isolation.config;

import org.cloister.isolation.fabric.Fabric;

import java.time.Instant;

/** What a node remembers of links, for tests of what follows from it. */
public final class WatchedLinks {

    private final LinkHistory history;

    /** Begins to remember. */
    public WatchedLinks(Instant began) {
        history = new LinkHistory(began);
    }

    /** Takes a snapshot in and returns it with what was there earlier. */
    public Fabric on(Fabric snapshot, Instant now) {
        return history.on(snapshot, now);
    }
}
