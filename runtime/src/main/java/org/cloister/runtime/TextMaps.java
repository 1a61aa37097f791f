package org.cloister.runtime;

import org.onosproject.store.serializers.KryoNamespaces;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.Serializer;
import org.onosproject.store.service.StorageException;
import org.onosproject.store.service.StorageService;

import java.util.function.Function;
import java.util.function.Supplier;

/** ONOS's distributed maps of texts, and calls of them. */
public final class TextMaps {

    private TextMaps() {
    }

    /** Opens the cluster's map of a name. */
    public static ConsistentMap<String, String> open(StorageService storageService, String name) {
        return storageService.<String, String>consistentMapBuilder()
                .withName(name).withSerializer(Serializer.using(KryoNamespaces.API)).build();
    }

    /**
     * Returns what a map answers.
     *
     * @param map its name
     * @param silence makes of a sentence what is thrown if the map does not answer
     */
    public static <T> T ask(String map, Supplier<T> call, Function<String, ? extends RuntimeException> silence) {
        try {
            return call.get();
        } catch (StorageException e) {
            throw silence.apply("the map " + map + " does not answer: " + e);
        }
    }
}
