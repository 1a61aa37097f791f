package org.cloister.isolation.store;

import org.cloister.runtime.DocumentForm.UnreadableException;
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
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one node has heard of all documents. Own changes arrive here at once and again, later, as events; of two
 * accounts of a document the one with the higher version holds, and a removal outlives events that are still on the
 * way and reads that began before it: what these bring is older than the removal, however late they bring it.
 */
final class Replica {

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final SortedMap<String, VersionedSlice> slices = new TreeMap<>();
    private final SortedMap<String, String> unreadable = new TreeMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    /** What this node removed, by key, until the event tells of it. */
    private final Map<String, Long> removals = new HashMap<>();
    /** What went while reads were under way, by key, until none of these is. */
    private final Map<String, Gone> gone = new HashMap<>();
    private final SortedSet<Long> reads = new TreeSet<>();
    private long begun;

    /** Begins a read of the map, which is under way until it is closed. */
    synchronized Read read() {
        reads.add(++begun);
        return new Read(begun);
    }

    private synchronized void ended(long read) {
        reads.remove(read);
        gone.values().removeIf(each -> reads.isEmpty() || each.lastRead < reads.first());
    }

    /** Notes a document; returns what is known of it by now, empty if that cannot be read. */
    synchronized Optional<VersionedSlice> put(String key, Versioned<String> document) {
        long version = document.version();
        if (version <= removals.getOrDefault(key, Long.MIN_VALUE) || wentAt(key) >= version
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

    /** Notes that a document is gone before the event tells so; events of its earlier life may still follow. */
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
        if (!reads.isEmpty()) {
            gone.put(key, new Gone(Math.max(version, wentAt(key)), begun));
        }
        if (versions.getOrDefault(key, Long.MAX_VALUE) <= version) {
            versions.remove(key);
            slices.remove(key);
            unreadable.remove(key);
        }
    }

    private long wentAt(String key) {
        Gone found = gone.get(key);
        return found == null ? Long.MIN_VALUE : found.version;
    }

    /** Returns the version of a document, empty if none is known. */
    synchronized Optional<Long> version(String key) {
        return Optional.ofNullable(versions.get(key));
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

    /** A read of the map. */
    final class Read implements AutoCloseable {

        private final long number;

        private Read(long number) {
            this.number = number;
        }

        @Override
        public void close() {
            ended(number);
        }
    }

    /** The version at which a document went, and the last read that had begun by then. */
    private static final class Gone {

        private final long version;
        private final long lastRead;

        private Gone(long version, long lastRead) {
            this.version = version;
            this.lastRead = lastRead;
        }
    }
}
