package org.cloister.isolation.config;

import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.cloister.isolation.fabric.Link;

import java.time.Instant;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Remembers which links this node has seen: one that is not there may have failed, or not been found yet. */
final class LinkHistory {

    private final Instant began;
    private final SortedSet<Link> seen = new TreeSet<>();
    private final SortedMap<Link, Instant> gone = new TreeMap<>();

    /**
     * Begins to remember.
     *
     * @param began when this node began to look
     */
    LinkHistory(Instant began) {
        this.began = began;
    }

    /** Takes a snapshot in and returns it with what was there earlier. */
    Fabric on(Fabric snapshot, Instant now) {
        for (Link link : seen) {
            if (!snapshot.links().contains(link)) {
                gone.putIfAbsent(link, now);
            }
        }
        gone.keySet().removeAll(snapshot.links());
        seen.addAll(snapshot.links());
        return ImmutableFabric.copyOf(snapshot).withGone(gone).withWatchedSince(began);
    }
}
