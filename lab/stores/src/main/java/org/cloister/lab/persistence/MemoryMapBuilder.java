package org.cloister.lab.persistence;

import org.onosproject.persistence.PersistentMapBuilder;
import org.onosproject.store.service.Serializer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

/** Finds or makes the map of a name. */
final class MemoryMapBuilder<K, V> implements PersistentMapBuilder<K, V> {

    private final Map<String, Map<?, ?>> maps;
    private String name;

    MemoryMapBuilder(Map<String, Map<?, ?>> maps) {
        this.maps = maps;
    }

    @Override
    public PersistentMapBuilder<K, V> withName(String name) {
        this.name = requireNonNull(name, "name is null");
        return this;
    }

    @Override
    public PersistentMapBuilder<K, V> withSerializer(Serializer serializer) {
        requireNonNull(serializer, "serializer is null");
        return this;
    }

    @Override
    @SuppressWarnings("unchecked") // as on disk, who builds a name twice must mean the same types
    public Map<K, V> build() {
        checkState(name != null, "a persistent map needs a name");
        return (Map<K, V>) maps.computeIfAbsent(name, absent -> new ConcurrentHashMap<K, V>());
    }
}
