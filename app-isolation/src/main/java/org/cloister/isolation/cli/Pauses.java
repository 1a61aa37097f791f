package org.cloister.isolation.cli;

import org.apache.karaf.shell.support.CommandException;

/** Pauses between two looks. */
final class Pauses {

    private Pauses() {
    }

    static void second() throws CommandException {
        try {
            Thread.sleep(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted; it goes on", e);
        }
    }
}
