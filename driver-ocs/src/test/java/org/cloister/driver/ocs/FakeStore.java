package org.cloister.driver.ocs;

import org.onosproject.store.service.AtomicCounter;
import org.onosproject.store.service.StorageException;
import org.onosproject.store.service.StorageServiceAdapter;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicLong;

/** ONOS's store with one counter in it, which can fall silent. */
public final class FakeStore extends StorageServiceAdapter {

    private final AtomicLong value = new AtomicLong();
    private volatile int unanswered;

    /** Has the next calls fail. */
    public void fallSilent(int calls) {
        unanswered = calls;
    }

    @Override
    public AtomicCounter getAtomicCounter(String name) {
        if (unanswered > 0) {
            unanswered--;
            throw new StorageException.Timeout();
        }
        return (AtomicCounter) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {AtomicCounter.class},
                (proxy, method, arguments) -> method.getName().equals("compareAndSet")
                        ? value.compareAndSet((Long) arguments[0], (Long) arguments[1]) : (Object) value.get());
    }
}
