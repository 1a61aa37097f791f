package org.cloister.isolation.store;

import org.cloister.isolation.api.Json;
import org.cloister.runtime.DocumentForm.UnreadableException;
import org.cloister.testing.MemoryStorage;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.MapEvent;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** All documents of a cluster as they are at this moment, whatever nodes have heard of them. */
public final class Documents {

    private final Map<String, StoredSlice> slices = new TreeMap<>();
    private final ConsistentMap<String, String> journal;

    /**
     * Begins to watch.
     *
     * @param changes hears of each change of a slice when it is made: what it was, what it is
     */
    public Documents(MemoryStorage storage, BiConsumer<Optional<StoredSlice>, Optional<StoredSlice>> changes) {
        journal = storage.map("cloister-journal");
        ConsistentMap<String, String> map = storage.map(DistributedSliceStore.MAP);
        map.addListener(event -> {
            Optional<StoredSlice> now = event.type() == MapEvent.Type.REMOVE ? Optional.empty()
                    : Optional.of(read(event.newValue().value()));
            Optional<StoredSlice> before = Optional.ofNullable(now.isPresent()
                    ? slices.put(event.key(), now.get()) : slices.remove(event.key()));
            changes.accept(before, now);
        });
    }

    /** Returns all slices by name. */
    public Collection<StoredSlice> slices() {
        return slices.values();
    }

    /** Returns the node that the journal says leads; empty before the first. */
    public String leader() {
        try {
            return journal.containsKey("head")
                    ? Json.mapper().readTree(journal.get("head").value()).path("leader").asText() : "";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static StoredSlice read(String text) {
        try {
            return SliceText.read(text);
        } catch (UnreadableException e) {
            throw new AssertionError(text, e);
        }
    }
}
