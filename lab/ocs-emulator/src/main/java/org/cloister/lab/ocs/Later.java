package org.cloister.lab.ocs;

import java.time.Duration;

/** Does things later, on the one thread that owns the switch's state. */
@FunctionalInterface
public interface Later {

    /** Runs a task after a delay, at the earliest when the running one is done. */
    void after(Duration delay, Runnable task);
}
