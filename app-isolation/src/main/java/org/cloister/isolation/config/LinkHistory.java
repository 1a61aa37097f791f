package org.cloister.isolation.config;

import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.fabric.LinkFailures;
import org.cloister.isolation.fabric.Switch;

import java.time.Instant;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Remembers which links this node has seen, and since when it reaches each switch: a link that is not there may have
 * failed, or not been found yet.
 */
final class LinkHistory {

    private final Instant began;
    private final SortedSet<Link> seen = new TreeSet<>();
    private final SortedMap<Link, Instant> gone = new TreeMap<>();
    private final SortedMap<Link, Instant> returned = new TreeMap<>();
    private final SortedMap<String, Instant> reached = new TreeMap<>();

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
        for (Link link : snapshot.links()) {
            if (gone.remove(link) != null) {
                returned.put(link, now);
            }
        }
        returned.entrySet().removeIf(each -> !snapshot.links().contains(each.getKey())
                || !each.getValue().plus(LinkFailures.PROBATION).isAfter(now));
        seen.addAll(snapshot.links());
        reach(snapshot, now);
        return ImmutableFabric.builder().from(snapshot).gone(gone).returned(returned).reachedSince(reached)
                .watchedSince(began).build();
    }

    private void reach(Fabric snapshot, Instant now) {
        reached.keySet().retainAll(snapshot.switches().keySet());
        for (Switch each : snapshot.switches().values()) {
            if (LinkFailures.isReached(snapshot, each)) {
                reached.putIfAbsent(each.name(), now);
            } else {
                reached.remove(each.name());
            }
        }
    }
}
