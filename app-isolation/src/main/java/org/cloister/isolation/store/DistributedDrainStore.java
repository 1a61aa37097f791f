package org.cloister.isolation.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import org.cloister.isolation.api.Json;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.RefusedException;
import org.cloister.runtime.Listeners;
import org.cloister.runtime.TextMaps;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.MapEventListener;
import org.onosproject.store.service.StorageService;
import org.onosproject.store.service.Versioned;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

import static org.cloister.isolation.store.StoreCalls.ask;
import static org.onlab.util.Tools.groupedThreads;

/**
 * Drains in ONOS's consistent map {@value #MAP}: by name, {@code {"version":1,"since":…}}. There are few, so all are
 * read whenever one changes. A text that cannot be read counts as a drain since ever: what somebody took out of use
 * stays so.
 */
@Component(immediate = true, service = DrainStore.class)
public final class DistributedDrainStore implements DrainStore {

    /** The name of the map. */
    static final String MAP = "cloister-drains";

    private static final int VERSION = 1;
    private static final int ATTEMPTS = 5;

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final Listeners listeners = new Listeners("drains");
    private final MapEventListener<String, String> mapListener = event -> heardOfChange();

    @Reference
    private StorageService storageService;

    private ConsistentMap<String, String> map;
    private ExecutorService ownThread;
    private Executor events;
    private volatile List<StoredDrain> heard = List.of();

    /** Creates a store that gets its services from the container. */
    public DistributedDrainStore() {
    }

    /** Creates a store that tells of changes on the given executor, one at a time; call {@link #activate()}. */
    public DistributedDrainStore(StorageService storageService, Executor events) {
        this.storageService = storageService;
        this.events = events;
    }

    /** Opens the map. */
    @Activate
    public void activate() {
        if (events == null) {
            ownThread = Executors.newSingleThreadExecutor(groupedThreads("cloister/drains", "events", log));
            events = ownThread;
        }
        map = TextMaps.open(storageService, MAP);
        map.addListener(mapListener);
        try {
            drains();
        } catch (RefusedException e) {
            log.warn("Drains are read when something changes: {}", e.getMessage());
        }
        log.info("Started, knows {} drains", heard.size());
    }

    /** Stops listening; the drains stay. */
    @Deactivate
    public void deactivate() {
        map.removeListener(mapListener);
        if (ownThread != null) {
            ownThread.shutdown();
        }
        log.info("Stopped");
    }

    /** One read at a time: what an earlier one has found must not replace what a later one has. */
    @Override
    public synchronized List<StoredDrain> drains() {
        heard = ask(MAP, () -> map.entrySet().stream().map(entry -> read(entry.getKey(), entry.getValue().value()))
                .sorted(Comparator.comparing(StoredDrain::name)).collect(Collectors.toUnmodifiableList()));
        return heard;
    }

    @Override
    public List<StoredDrain> heard() {
        return heard;
    }

    @Override
    public Optional<StoredDrain> create(StoredDrain drain) {
        String text = Json.mapper().createObjectNode().put("version", VERSION)
                .put("since", drain.since().toString()).toString();
        Versioned<String> before = ask(MAP, () -> map.putIfAbsent(drain.name(), text));
        drains();
        return Optional.ofNullable(before).map(found -> read(drain.name(), found.value()));
    }

    @Override
    public Optional<StoredDrain> remove(String name) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Versioned<String> found = ask(MAP, () -> map.get(name));
            if (found == null) {
                return Optional.empty();
            }
            if (ask(MAP, () -> map.remove(name, found.version()))) {
                drains();
                return Optional.of(read(name, found.value()));
            }
        }
        throw new RefusedException(Problem.of(ProblemType.NOT_READY, "the drain of " + name + " keeps changing"));
    }

    @Override
    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    /** Runs on a thread of the map. */
    private void heardOfChange() {
        events.execute(() -> {
            try {
                drains();
            } catch (RefusedException e) {
                log.warn("A change of drains is not known before the next one: {}", e.getMessage());
                return;
            }
            listeners.tell();
        });
    }

    private StoredDrain read(String name, String text) {
        try {
            JsonNode tree = Json.mapper().readTree(text);
            if (tree.path("version").asInt() == VERSION) {
                return new StoredDrain(name, Instant.parse(tree.path("since").asText()));
            }
            log.error("The drain of {} has form {}; it stands", name, tree.path("version"));
        } catch (JsonProcessingException | DateTimeException e) {
            log.error("The drain of {} cannot be read; it stands", name, e);
        }
        return new StoredDrain(name, Instant.EPOCH);
    }
}
