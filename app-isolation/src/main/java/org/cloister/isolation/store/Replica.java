package org.cloister.isolation.store;

import org.cloister.isolation.store.SliceText.UnreadableException;
import org.onosproject.store.service.Versioned;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one node has heard of all documents. Own changes arrive here at once and again, later, as events; of two
 * accounts of a document the one with the higher version holds, and a removal outlives events that are still on the
 * way.
 */
final class Replica {

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final SortedMap<String, VersionedSlice> slices = new TreeMap<>();
    private final SortedMap<String, String> unreadable = new TreeMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final Map<String, Long> removals = new HashMap<>();

    /** Notes a document; returns what is known of it by now, empty if that cannot be read. */
    synchronized Optional<VersionedSlice> put(String key, Versioned<String> document) {
        long version = document.version();
        if (version <= removals.getOrDefault(key, Long.MIN_VALUE)
                || version <= versions.getOrDefault(key, Long.MIN_VALUE)) {
            return Optional.ofNullable(slices.get(key));
        }
        versions.put(key, version);
        try {
            StoredSlice slice = SliceText.read(document.value());
            if (!slice.id().toString().equals(key)) {
                throw new UnreadableException("it says that its name is '" + slice.id() + "'");
            }
            VersionedSlice read = new VersionedSlice(slice, version);
            slices.put(key, read);
            unreadable.remove(key);
            return Optional.of(read);
        } catch (UnreadableException e) {
            log.error("The stored slice '{}' cannot be read and is left alone: {}", key, e.getMessage());
            slices.remove(key);
            unreadable.put(key, e.getMessage());
            return Optional.empty();
        }
    }

    /** Notes that this node removed a document; events of its earlier life may still follow. */
    synchronized void removedHere(String key, long version) {
        if (versions.getOrDefault(key, Long.MAX_VALUE) <= version) {
            removals.put(key, version);
            forget(key, version);
        }
    }

    /** Notes the event of a removal: no older event of this document follows. */
    synchronized void removed(String key, long version) {
        forget(key, version);
        if (removals.getOrDefault(key, Long.MAX_VALUE) <= version) {
            removals.remove(key);
        }
    }

    /** Drops the documents that were known at some time and had gone when all were read after that. */
    synchronized void retain(Map<String, Long> known, Set<String> found) {
        known.forEach((key, version) -> {
            if (!found.contains(key)) {
                forget(key, version);
            }
        });
    }

    private void forget(String key, long version) {
        if (versions.getOrDefault(key, Long.MAX_VALUE) <= version) {
            versions.remove(key);
            slices.remove(key);
            unreadable.remove(key);
        }
    }

    /** Returns the version of every document. */
    synchronized Map<String, Long> versions() {
        return new HashMap<>(versions);
    }

    synchronized Optional<VersionedSlice> slice(String key) {
        return Optional.ofNullable(slices.get(key));
    }

    synchronized List<VersionedSlice> slices() {
        return new ArrayList<>(slices.values());
    }

    synchronized Map<String, String> unreadable() {
        return new TreeMap<>(unreadable);
    }
}
