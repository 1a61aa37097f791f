package org.cloister.ocs.store;

import org.cloister.runtime.DocumentForm.UnreadableException;
import org.onosproject.store.service.Versioned;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one node has heard of the documents of a map. Own changes arrive here at once and again, later, as events; of
 * two accounts of a document the one with the higher version holds, and a removal outlives what was still on the way.
 */
final class Replica<T> {

    /** How many removals are remembered: far more than can be on the way. */
    private static final int REMOVALS = 4096;

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final Class<T> type;
    private final SortedMap<String, Stored<T>> values = new TreeMap<>();
    private final SortedMap<String, String> unreadable = new TreeMap<>();
    private final Map<String, Long> versions = new TreeMap<>();
    private final Map<String, Long> removals = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMOVALS;
        }
    };

    Replica(Class<T> type) {
        this.type = type;
    }

    synchronized void put(String key, Versioned<String> document) {
        long version = document.version();
        if (version <= removals.getOrDefault(key, Long.MIN_VALUE)
                || version <= versions.getOrDefault(key, Long.MIN_VALUE)) {
            return;
        }
        versions.put(key, version);
        try {
            values.put(key, new Stored<>(StoreForm.FORM.read(document.value(), type), version));
            unreadable.remove(key);
        } catch (UnreadableException e) {
            log.error("The document '{}' cannot be read and is left alone: {}", key, e.getMessage());
            values.remove(key);
            unreadable.put(key, e.getMessage());
        }
    }

    /** Notes that a document is gone that had a version. */
    synchronized void removed(String key, long version) {
        removals.remove(key);
        removals.put(key, version);
        if (versions.getOrDefault(key, Long.MAX_VALUE) <= version) {
            versions.remove(key);
            values.remove(key);
            unreadable.remove(key);
        }
    }

    /** Drops what was known before all documents were read, and was not found then. */
    synchronized void retain(Map<String, Long> known, Set<String> found) {
        known.forEach((key, version) -> {
            if (!found.contains(key)) {
                removed(key, version);
            }
        });
    }

    synchronized Map<String, Long> versions() {
        return new TreeMap<>(versions);
    }

    synchronized SortedMap<String, Stored<T>> values() {
        return new TreeMap<>(values);
    }

    synchronized SortedMap<String, String> unreadable() {
        return new TreeMap<>(unreadable);
    }
}
