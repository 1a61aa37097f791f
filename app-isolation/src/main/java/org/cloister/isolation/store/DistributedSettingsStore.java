package org.cloister.isolation.store;

import org.cloister.isolation.api.Json;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.Purge;
import org.cloister.isolation.api.RefusedException;
import org.cloister.runtime.DocumentForm;
import org.cloister.runtime.DocumentForm.UnreadableException;
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

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import static org.cloister.isolation.store.StoreCalls.ask;

/** Settings in ONOS's consistent map {@value #MAP}. The map is never destroyed. */
@Component(immediate = true, service = SettingsStore.class)
public final class DistributedSettingsStore implements SettingsStore {

    /** The name of the map. */
    static final String MAP = "cloister-settings";
    /** The key of the purge that holds. */
    static final String PURGE = "purge";
    private static final DocumentForm FORM = new DocumentForm(Json.mapper(), 1);

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final Listeners listeners = new Listeners("settings");
    private final MapEventListener<String, String> mapListener = event -> changed();

    @Reference
    private StorageService storageService;

    private ConsistentMap<String, String> map;
    /** Counts changes, so that an answer from before one is not kept. */
    private final AtomicLong changes = new AtomicLong();
    private volatile Heard heard = new Heard(-1, Optional.empty());

    /** Creates a store that gets its services from the container. */
    public DistributedSettingsStore() {
    }

    /** Creates a store; call {@link #activate()}. */
    public DistributedSettingsStore(StorageService storageService) {
        this.storageService = storageService;
    }

    /** Opens the map. */
    @Activate
    public void activate() {
        map = TextMaps.open(storageService, MAP);
        map.addListener(mapListener);
        log.info("Started");
    }

    /** Stops listening; settings stay. */
    @Deactivate
    public void deactivate() {
        map.removeListener(mapListener);
        log.info("Stopped");
    }

    /** Runs on a thread of the map: takes a note only. */
    private void changed() {
        changes.incrementAndGet();
        listeners.tell();
    }

    @Override
    public Optional<Purge> purge() {
        long before = changes.get();
        Versioned<String> found = ask(MAP, () -> map.get(PURGE));
        Optional<String> text = Optional.ofNullable(found).map(Versioned::value);
        heard = new Heard(before, text);
        return text.map(DistributedSettingsStore::read);
    }

    @Override
    public Optional<Purge> heardPurge() {
        Heard known = heard;
        return known.changes != changes.get() ? purge() : known.text.map(DistributedSettingsStore::read);
    }

    @Override
    public Purge purge(Purge purge) {
        Versioned<String> before = ask(MAP, () -> map.putIfAbsent(PURGE, FORM.write(purge)));
        return before == null ? purge : read(before.value());
    }

    @Override
    public boolean resume() {
        return ask(MAP, () -> map.remove(PURGE)) != null;
    }

    @Override
    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    private static Purge read(String text) {
        try {
            return FORM.read(text, Purge.class);
        } catch (UnreadableException e) {
            throw new RefusedException(Problem.of(ProblemType.NOT_READY, "Cloister was purged in a form that this "
                    + "version cannot read (" + e.getMessage() + "): " + text
                    + "; cloister:resume takes the purge back"));
        }
    }

    /** What was stored after so many changes. */
    private static final class Heard {

        private final long changes;
        private final Optional<String> text;

        private Heard(long changes, Optional<String> text) {
            this.changes = changes;
            this.text = text;
        }
    }
}
