package org.cloister.ocs.store;

import org.cloister.runtime.TextMaps;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.MapEvent;
import org.onosproject.store.service.MapEventListener;
import org.onosproject.store.service.StorageService;
import org.onosproject.store.service.Versioned;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

import static org.cloister.ocs.store.StoreCalls.ask;

/**
 * Documents of one kind in ONOS's consistent map of a name, and what this node has heard of them. Calls throw
 * {@link org.cloister.ocs.api.CircuitRefusedException} with {@code STORE} when the store does not answer; a change that
 * ends so may have taken place, and {@link #heard()} may not have it before {@link #refresh()}. The map is never
 * destroyed: that would wipe the whole cluster's.
 */
public final class Documents<T> {

    private final String name;
    private final Replica<T> replica;
    private final Executor events;
    private final Runnable listener;
    private final MapEventListener<String, String> mapListener = this::handle;
    private final ConsistentMap<String, String> map;

    /** Opens the map; changes are told on the given executor, once {@link #start()} was called. */
    Documents(StorageService storageService, String name, Class<T> type, Executor events, Runnable listener) {
        this.name = name;
        this.replica = new Replica<>(type);
        this.events = events;
        this.listener = listener;
        this.map = ask(name, () -> TextMaps.open(storageService, name));
    }

    void start() {
        map.addListener(mapListener);
    }

    void stop() {
        map.removeListener(mapListener);
    }

    /** Returns all documents as this node has heard of them, by key; does not wait for the cluster. */
    public SortedMap<String, Stored<T>> heard() {
        return replica.values();
    }

    /** Returns a document as this node has heard of it. */
    public Optional<Stored<T>> heard(String key) {
        return Optional.ofNullable(replica.values().get(key));
    }

    /** Returns a document as the cluster has it now; empty, too, if it cannot be read. */
    public Optional<Stored<T>> get(String key) {
        Versioned<String> document = ask(name, () -> map.get(key));
        if (document == null) {
            Long known = replica.versions().get(key);
            if (known != null && ask(name, () -> map.get(key)) == null) {
                replica.removed(key, known);
            }
            return Optional.empty();
        }
        replica.put(key, document);
        return heard(key);
    }

    /** Returns why documents cannot be read, by key. */
    public SortedMap<String, String> unreadable() {
        return replica.unreadable();
    }

    /** Reads everything anew, for what events may have missed. */
    public void refresh() {
        Map<String, Long> known = replica.versions();
        Set<Map.Entry<String, Versioned<String>>> found = ask(name, map::entrySet);
        found.forEach(entry -> replica.put(entry.getKey(), entry.getValue()));
        replica.retain(known, found.stream().map(Map.Entry::getKey).collect(Collectors.toSet()));
    }

    /** Stores a document; returns false if there is one of that key, readable or not. */
    public boolean create(String key, T value) {
        return readBack(key, ask(name, () -> map.putIfAbsent(key, StoreForm.FORM.write(value))) == null);
    }

    /** Replaces a document at a version; returns false if it has changed or gone. */
    public boolean replace(String key, long version, T value) {
        return readBack(key, ask(name, () -> map.replace(key, version, StoreForm.FORM.write(value))));
    }

    /** Removes a document at a version; returns false if it has changed or gone. */
    public boolean remove(String key, long version) {
        boolean removed = ask(name, () -> map.remove(key, version));
        if (removed) {
            replica.removed(key, version);
        } else {
            get(key);
        }
        return removed;
    }

    /** The map does not say at which version it took a value, and a change that failed shows that another was faster. */
    private boolean readBack(String key, boolean written) {
        get(key);
        return written;
    }

    /** Runs on a thread of the map. */
    private void handle(MapEvent<String, String> event) {
        events.execute(() -> {
            if (event.type() == MapEvent.Type.REMOVE) {
                replica.removed(event.key(), event.oldValue().version());
            } else {
                replica.put(event.key(), event.newValue());
            }
            listener.run();
        });
    }
}
