package org.cloister.isolation.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.cloister.isolation.api.Json;
import org.cloister.isolation.api.RefusedException;
import org.apache.karaf.shell.support.CommandException;
import org.onosproject.cli.AbstractShellCommand;

/** A command that prints a value, as JSON or for people; it fails, in a script too, where there is nothing to print. */
abstract class CloisterCommand extends AbstractShellCommand {

    @Override
    protected final void doExecute() throws CommandException {
        try {
            print("%s", text().stripTrailing());
        } catch (RefusedException e) {
            throw new CommandException(Refusals.text(e.problem()), e);
        }
        check();
    }

    /** Returns what to print. */
    abstract String text() throws CommandException;

    /** Fails if what was printed is bad news, so that a script hears of it. */
    void check() throws CommandException {
    }

    /** Here for the tests of this package. */
    @Override
    protected boolean outputJson() {
        return super.outputJson();
    }

    /** Returns a value as HTTP writes it, on several lines. */
    static String json(Object value) {
        try {
            return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the API's values have a JSON form", e);
        }
    }
}
