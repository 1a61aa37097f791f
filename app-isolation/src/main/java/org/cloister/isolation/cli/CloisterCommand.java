package org.cloister.isolation.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.apache.karaf.shell.support.CommandException;
import org.cloister.isolation.api.Json;
import org.cloister.isolation.api.RefusedException;
import org.onosproject.cli.AbstractShellCommand;

/** A command that prints a value, as JSON or for people; it fails, in a script too, where there is nothing to print. */
abstract class CloisterCommand extends AbstractShellCommand {

    @Override
    protected final void doExecute() throws CommandException {
        try {
            print("%s", text().stripTrailing());
        } catch (RefusedException e) {
            throw new CommandException(e.problem().detail(), e);
        }
    }

    /** Returns what to print. */
    abstract String text() throws CommandException;

    /** Returns a value as HTTP writes it, on several lines. */
    static String json(Object value) {
        try {
            return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the API's values have a JSON form", e);
        }
    }
}
