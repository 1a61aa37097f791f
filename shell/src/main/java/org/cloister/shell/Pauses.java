package org.cloister.shell;

import org.apache.karaf.shell.support.CommandException;

/** Pauses between two looks. */
public final class Pauses {

    private Pauses() {
    }

    /** Waits a second; fails if the command is interrupted. */
    public static void second() throws CommandException {
        try {
            Thread.sleep(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted; it goes on", e);
        }
    }
}
