package org.cloister.shell;

import org.apache.karaf.shell.support.CommandException;

/** How long commands wait. */
public final class Seconds {

    private Seconds() {
    }

    /**
     * Returns a number of seconds to wait.
     *
     * @throws CommandException if it is negative or more than the most
     */
    public static int within(int wait, int most) throws CommandException {
        if (wait < 0 || wait > most) {
            throw new CommandException("--wait " + wait + " is not within 0 to " + most + " seconds");
        }
        return wait;
    }
}
