package org.cloister.isolation.store;

import org.cloister.testing.MemoryStorage;
import org.onosproject.store.service.AsyncConsistentMap;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.ConsistentMapBuilder;
import org.onosproject.store.service.ConsistentMapException;
import org.onosproject.store.service.TestStorageService;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;

/** A cluster's storage as one node reaches it: calls may not arrive, and answers may get lost. */
public final class NodeStorage extends TestStorageService {

    private final MemoryStorage cluster;
    private final Supplier<Outcome> outcomes;

    /** Creates a node's view; the supplier is asked at every call. */
    public NodeStorage(MemoryStorage cluster, Supplier<Outcome> outcomes) {
        this.cluster = cluster;
        this.outcomes = outcomes;
    }

    @Override
    public <K, V> ConsistentMapBuilder<K, V> consistentMapBuilder() {
        return new ConsistentMapBuilder<>() {
            @Override
            public ConsistentMap<K, V> build() {
                return reached(cluster.map(name()));
            }

            @Override
            public AsyncConsistentMap<K, V> buildAsyncMap() {
                throw new UnsupportedOperationException("buildAsyncMap");
            }
        };
    }

    @SuppressWarnings("unchecked")
    private <K, V> ConsistentMap<K, V> reached(ConsistentMap<K, V> map) {
        return (ConsistentMap<K, V>) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[]{ConsistentMap.class}, (proxy, method, arguments) -> {
                    Outcome outcome = method.getName().endsWith("Listener") ? Outcome.ANSWERED : outcomes.get();
                    if (outcome == Outcome.NOT_REACHED) {
                        throw new ConsistentMapException.Timeout("not reached");
                    }
                    try {
                        Object answer = method.invoke(map, arguments);
                        if (outcome == Outcome.ANSWER_LOST) {
                            throw new ConsistentMapException.Timeout("the answer got lost");
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** What becomes of a call. */
    public enum Outcome {
        ANSWERED,
        /** Nothing happens. */
        NOT_REACHED,
        /** It is carried out, which the caller does not hear. */
        ANSWER_LOST
    }
}
