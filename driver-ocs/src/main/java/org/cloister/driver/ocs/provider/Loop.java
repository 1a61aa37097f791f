package org.cloister.driver.ocs.provider;

import java.time.Duration;

/** The one thread on which all is decided about sessions; work on it blocks for nothing. */
interface Loop {

    /** Has something done after what was asked for before. Nothing happens once the loop has ended. */
    void execute(Runnable task);

    /** Has something done later; the returned task cancels that. */
    Runnable schedule(Runnable task, Duration delay);
}
