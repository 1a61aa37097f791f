package org.cloister.ocs.store;

import org.cloister.ocs.api.CircuitRefusedException;
import org.cloister.ocs.api.CircuitRefusedException.Reason;
import org.onosproject.store.serializers.KryoNamespaces;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.Serializer;
import org.onosproject.store.service.StorageException;
import org.onosproject.store.service.StorageService;

import java.util.function.Supplier;

/** ONOS's distributed maps of texts, and calls of them. */
final class StoreCalls {

    private StoreCalls() {
    }

    /** Opens the cluster's map of a name. */
    static ConsistentMap<String, String> open(StorageService storageService, String name) {
        return storageService.<String, String>consistentMapBuilder()
                .withName(name).withSerializer(Serializer.using(KryoNamespaces.API)).build();
    }

    /** Returns what a map answers; throws {@link Reason#STORE} if it does not. */
    static <T> T ask(String map, Supplier<T> call) {
        try {
            return call.get();
        } catch (StorageException e) {
            throw new CircuitRefusedException(Reason.STORE, "the map " + map + " does not answer: " + e);
        }
    }
}
