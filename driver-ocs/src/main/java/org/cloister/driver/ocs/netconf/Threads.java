package org.cloister.driver.ocs.netconf;

import java.util.concurrent.ThreadFactory;

/** Threads that a stack trace tells apart and that keep no process alive. */
final class Threads {

    private Threads() {
    }

    static ThreadFactory named(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            // the SSH library looks up classes of its own by name; in OSGi they are in this bundle only
            thread.setContextClassLoader(Threads.class.getClassLoader());
            return thread;
        };
    }
}
