package org.cloister.isolation.config;

import org.cloister.isolation.fabric.Optics;

/** Optical switches as they are seen now; there is one only where somebody looks at them. */
public interface OpticalSource {

    /** Returns what is seen now, at once. */
    Optics optics();

    /** Adds something to run after {@link #optics()} or what is wanted of circuits has changed; it must not block. */
    void addListener(Runnable listener);

    /** Removes a listener. */
    void removeListener(Runnable listener);
}
