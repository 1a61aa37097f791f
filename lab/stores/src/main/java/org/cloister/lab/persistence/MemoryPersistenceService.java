package org.cloister.lab.persistence;

import org.onosproject.persistence.PersistenceService;
import org.onosproject.persistence.PersistentMapBuilder;
import org.onosproject.persistence.PersistentSetBuilder;
import org.osgi.service.component.annotations.Component;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Persistence that ends with the process: a map or set keeps its content for as long as this service is active.
 *
 * <p>Builders of one name give the same collection, as builders over one file would. Serializers are accepted
 * and not used.
 */
@Component(immediate = true, service = PersistenceService.class)
public class MemoryPersistenceService implements PersistenceService {

    private final Map<String, Map<?, ?>> maps = new ConcurrentHashMap<>();
    private final Map<String, Set<?>> sets = new ConcurrentHashMap<>();

    @Override
    public <K, V> PersistentMapBuilder<K, V> persistentMapBuilder() {
        return new MemoryMapBuilder<>(maps);
    }

    @Override
    public <E> PersistentSetBuilder<E> persistentSetBuilder() {
        return new MemorySetBuilder<>(sets);
    }
}
