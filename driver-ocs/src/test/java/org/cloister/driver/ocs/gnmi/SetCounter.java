package org.cloister.driver.ocs.gnmi;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Counts the Set requests that an emulator carries out, by what it says of them. */
final class SetCounter extends Handler implements AutoCloseable {

    private final Logger emulator = Logger.getLogger("org.cloister.lab.ocs");
    private final Level before = emulator.getLevel();
    private final AtomicInteger sets = new AtomicInteger();

    SetCounter() {
        emulator.setLevel(Level.INFO);
        emulator.setUseParentHandlers(false);
        emulator.addHandler(this);
    }

    int count() {
        return sets.get();
    }

    @Override
    public void publish(LogRecord line) {
        if (line.getMessage().startsWith("set:")) {
            sets.incrementAndGet();
        }
    }

    @Override
    public void flush() {
    }

    @Override
    public void close() {
        emulator.removeHandler(this);
        emulator.setUseParentHandlers(true);
        emulator.setLevel(before);
    }
}
