package org.cloister.testing;

import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.ConsistentMapBuilder;
import org.onosproject.store.service.ConsistentMapException;
import org.onosproject.store.service.AsyncConsistentMap;
import org.onosproject.store.service.TestConsistentMap;
import org.onosproject.store.service.TestStorageService;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A cluster's storage in memory: a map of a name is the same map for all who ask, and it can fall silent. */
public final class MemoryStorage extends TestStorageService {

    private final Map<String, ConsistentMap<?, ?>> maps = new HashMap<>();
    private final Map<String, Runnable> meanwhile = new HashMap<>();
    private boolean silent;

    /** Has every call fail from now on, or answered again. */
    public void silent(boolean now) {
        silent = now;
    }

    /** Has something happen once: after a map has carried out the next call of a method, before the caller knows. */
    public void meanwhile(String map, String method, Runnable happens) {
        meanwhile.put(map + " " + method, happens);
    }

    /** Returns the names of all maps that somebody has asked for. */
    public Set<String> names() {
        return Set.copyOf(maps.keySet());
    }

    /** Returns the map of a name, to look into it or to change it behind its users' back. */
    @SuppressWarnings("unchecked")
    public <K, V> ConsistentMap<K, V> map(String name) {
        return (ConsistentMap<K, V>) maps.computeIfAbsent(name, key -> {
            ConsistentMapBuilder<K, V> builder = new TestConsistentMap.Builder<>();
            builder.withName(key);
            return builder.build();
        });
    }

    @Override
    public <K, V> ConsistentMapBuilder<K, V> consistentMapBuilder() {
        return new ConsistentMapBuilder<>() {
            @Override
            public ConsistentMap<K, V> build() {
                return breakable(name(), map(name()));
            }

            @Override
            public AsyncConsistentMap<K, V> buildAsyncMap() {
                throw new UnsupportedOperationException("buildAsyncMap");
            }
        };
    }

    @SuppressWarnings("unchecked")
    private <K, V> ConsistentMap<K, V> breakable(String name, ConsistentMap<K, V> map) {
        return (ConsistentMap<K, V>) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[]{ConsistentMap.class}, (proxy, method, arguments) -> {
                    if (silent && !method.getName().endsWith("Listener")) {
                        throw new ConsistentMapException.Timeout("silent");
                    }
                    try {
                        Object answer = method.invoke(map, arguments);
                        Runnable happens = meanwhile.remove(name + " " + method.getName());
                        if (happens != null) {
                            happens.run();
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
