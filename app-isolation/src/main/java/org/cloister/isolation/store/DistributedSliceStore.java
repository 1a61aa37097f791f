package org.cloister.isolation.store;

import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.SliceId;
import org.cloister.runtime.TextMaps;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.MapEvent;
import org.onosproject.store.service.MapEventListener;
import org.onosproject.store.service.StorageService;
import org.onosproject.store.service.Versioned;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

import static org.cloister.isolation.store.StoreCalls.ask;
import static org.onlab.util.Tools.groupedThreads;

/** Slices in ONOS's consistent map {@value #MAP}. The map is never destroyed: that would wipe the whole cluster's. */
@Component(immediate = true, service = SliceStore.class)
public final class DistributedSliceStore implements SliceStore {

    /** The name of the map. */
    static final String MAP = "cloister-slices";

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final Replica replica = new Replica();
    private final List<SliceStoreListener> listeners = new CopyOnWriteArrayList<>();
    private final MapEventListener<String, String> mapListener = this::handle;

    @Reference
    private StorageService storageService;

    private ConsistentMap<String, String> map;
    private ExecutorService ownThread;
    private Executor events;

    /** Creates a store that gets its services from the container. */
    public DistributedSliceStore() {
    }

    /** Creates a store that tells of changes on the given executor, one at a time; call {@link #activate()}. */
    public DistributedSliceStore(StorageService storageService, Executor events) {
        this.storageService = storageService;
        this.events = events;
    }

    /** Opens the map. */
    @Activate
    public void activate() {
        if (events == null) {
            ownThread = Executors.newSingleThreadExecutor(groupedThreads("cloister/store", "events", log));
            events = ownThread;
        }
        map = TextMaps.open(storageService, MAP);
        map.addListener(mapListener);
        try {
            refresh();
        } catch (RefusedException e) {
            log.warn("Slices are read when somebody asks for them: {}", e.getMessage());
        }
        log.info("Started, knows {} slices", replica.slices().size());
    }

    /** Stops listening; the documents stay. */
    @Deactivate
    public void deactivate() {
        map.removeListener(mapListener);
        if (ownThread != null) {
            ownThread.shutdown();
        }
        log.info("Stopped");
    }

    @Override
    public Optional<VersionedSlice> slice(SliceId id) {
        String key = id.toString();
        try (Replica.Read read = replica.read()) {
            Optional<Long> known = replica.version(key);
            Versioned<String> document = ask(MAP, () -> map.get(key));
            if (document == null) {
                known.ifPresent(version -> replica.removedHere(key, version));
                return Optional.empty();
            }
            return replica.put(key, document);
        }
    }

    @Override
    public List<VersionedSlice> slices() {
        refresh();
        return heard();
    }

    @Override
    public List<VersionedSlice> heard() {
        return replica.slices();
    }

    @Override
    public void refresh() {
        try (Replica.Read read = replica.read()) {
            Map<String, Long> known = replica.versions();
            Set<Map.Entry<String, Versioned<String>>> found = ask(MAP, map::entrySet);
            found.forEach(entry -> replica.put(entry.getKey(), entry.getValue()));
            replica.retain(known, found.stream().map(Map.Entry::getKey).collect(Collectors.toSet()));
        }
    }

    @Override
    public Map<String, String> unreadable() {
        return replica.unreadable();
    }

    @Override
    public boolean create(StoredSlice slice) {
        String key = slice.id().toString();
        return heardOf(slice, ask(MAP, () -> map.putIfAbsent(key, SliceText.write(slice))) == null);
    }

    @Override
    public boolean replace(long version, StoredSlice slice) {
        String key = slice.id().toString();
        return heardOf(slice, ask(MAP, () -> map.replace(key, version, SliceText.write(slice))));
    }

    @Override
    public boolean remove(SliceId id, long version) {
        boolean removed = ask(MAP, () -> map.remove(id.toString(), version));
        if (removed) {
            replica.removedHere(id.toString(), version);
        }
        return removed;
    }

    @Override
    public boolean discard(String key) {
        Optional<Long> version = replica.version(key);
        if (version.isEmpty() || !replica.unreadable().containsKey(key)) {
            return false;
        }
        boolean removed = ask(MAP, () -> map.remove(key, version.get()));
        if (removed) {
            replica.removedHere(key, version.get());
        }
        return removed;
    }

    /**
     * The map does not say at which version it took a value: reads it back, so that {@link #heard()} has it. If that
     * fails the caller must not go on as if it knew what is stored, though the write took place.
     */
    private boolean heardOf(StoredSlice slice, boolean written) {
        if (written) {
            slice(slice.id());
        }
        return written;
    }

    @Override
    public void addListener(SliceStoreListener listener) {
        listeners.add(listener);
    }

    @Override
    public void removeListener(SliceStoreListener listener) {
        listeners.remove(listener);
    }

    /** Runs on a thread of the map. */
    private void handle(MapEvent<String, String> event) {
        events.execute(() -> {
            if (event.type() == MapEvent.Type.REMOVE) {
                replica.removed(event.key(), event.oldValue().version());
            } else {
                replica.put(event.key(), event.newValue());
            }
            // what is known by now, not what this event tells: a name may have been given again since
            tell(event.key(), replica.slice(event.key()));
        });
    }

    private void tell(String key, Optional<VersionedSlice> now) {
        SliceId id;
        try {
            id = SliceId.of(key);
        } catch (IllegalArgumentException e) {
            return; // reported as unreadable
        }
        for (SliceStoreListener listener : listeners) {
            try {
                listener.changed(id, now);
            } catch (RuntimeException e) {
                log.warn("A listener failed on a change of slice {}", id, e);
            }
        }
    }
}
