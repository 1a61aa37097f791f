package org.cloister.isolation.cli;

import org.apache.karaf.shell.support.CommandException;
import org.cloister.isolation.api.SliceId;

/** Reads names of slices. */
final class Ids {

    private Ids() {
    }

    static SliceId of(String text) throws CommandException {
        try {
            return SliceId.of(text);
        } catch (IllegalArgumentException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }
}
