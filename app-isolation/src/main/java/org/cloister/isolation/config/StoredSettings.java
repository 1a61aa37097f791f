package org.cloister.isolation.config;

import com.fasterxml.jackson.databind.JsonNode;
import org.cloister.isolation.fabric.FabricSettings;
import org.onosproject.net.config.InvalidFieldException;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The stored configuration, read when it may have changed and checked when it did: a snapshot is made every few
 * milliseconds while a fabric comes up, and checking a thousand hosts each time would cost more than the snapshot.
 */
final class StoredSettings {

    private final Supplier<FabricConfig> stored;
    private final Consumer<String> complaints;
    private final AtomicBoolean changed = new AtomicBoolean(true);
    private JsonNode document;
    private Optional<FabricSettings> settings = Optional.empty();

    /**
     * Reads from the given place, which supplies null where nothing is stored, and tells once of each configuration
     * that is not valid.
     */
    StoredSettings(Supplier<FabricConfig> stored, Consumer<String> complaints) {
        this.stored = stored;
        this.complaints = complaints;
    }

    /** Has the configuration read again when it is needed next. Never blocks. */
    void mayHaveChanged() {
        changed.set(true);
    }

    /** Returns what is stored, if it is valid. */
    synchronized Optional<FabricSettings> settings() {
        // unset first: what changes while it is read is read again
        if (changed.getAndSet(false)) {
            try {
                read();
            } catch (RuntimeException e) {
                changed.set(true);
                throw e;
            }
        }
        return settings;
    }

    private void read() {
        FabricConfig config = stored.get();
        if (config == null) {
            document = null;
            settings = Optional.empty();
        } else if (!config.node().equals(document)) {
            settings = checked(config);
            // a copy: whoever else holds ONOS's own may write into it
            document = config.node().deepCopy();
        }
    }

    private Optional<FabricSettings> checked(FabricConfig config) {
        try {
            return Optional.of(config.settings());
        } catch (InvalidFieldException e) {
            // checked before it was stored, so this is of a version that allowed it
            complaints.accept(e.getMessage());
            return Optional.empty();
        }
    }
}
