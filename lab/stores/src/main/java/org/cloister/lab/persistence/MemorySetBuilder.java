package org.cloister.lab.persistence;

import org.onosproject.persistence.PersistentSetBuilder;
import org.onosproject.store.service.Serializer;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

/** Finds or makes the set of a name. */
final class MemorySetBuilder<E> implements PersistentSetBuilder<E> {

    private final Map<String, Set<?>> sets;
    private String name;

    MemorySetBuilder(Map<String, Set<?>> sets) {
        this.sets = sets;
    }

    @Override
    public PersistentSetBuilder<E> withName(String name) {
        this.name = requireNonNull(name, "name is null");
        return this;
    }

    @Override
    public PersistentSetBuilder<E> withSerializer(Serializer serializer) {
        requireNonNull(serializer, "serializer is null");
        return this;
    }

    @Override
    @SuppressWarnings("unchecked") // as on disk, who builds a name twice must mean the same type
    public Set<E> build() {
        checkState(name != null, "a persistent set needs a name");
        return (Set<E>) sets.computeIfAbsent(name, absent -> ConcurrentHashMap.<E>newKeySet());
    }
}
