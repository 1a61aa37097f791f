package org.cloister.runtime;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who hears of changes of one thing. One that fails keeps nobody else from hearing. For any thread. */
public final class Listeners {

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final String subject;

    /**
     * Creates an empty set.
     *
     * @param subject what changes, for the log
     */
    public Listeners(String subject) {
        this.subject = subject;
    }

    /** Takes one more. */
    public void add(Runnable listener) {
        listeners.add(listener);
    }

    /** Tells it no more. */
    public void remove(Runnable listener) {
        listeners.remove(listener);
    }

    /** Tells all of a change, on the caller's thread, in the order in which they came. */
    public void tell() {
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                log.warn("A listener failed on a change of {}", subject, e);
            }
        }
    }
}
