package org.cloister.ocs.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.apache.karaf.shell.support.CommandException;
import org.cloister.ocs.api.CircuitRefusedException;
import org.cloister.ocs.api.CircuitService;
import org.cloister.ocs.api.OpticalView;
import org.onlab.osgi.ServiceNotFoundException;
import org.onosproject.cli.AbstractShellCommand;

/** A command that prints a value, as JSON or for people; it fails, in a script too, where there is nothing to print. */
abstract class OpticalCommand extends AbstractShellCommand {

    private static final ObjectWriter JSON = JsonMapper.builder().addModule(new Jdk8Module())
            .addModule(new JavaTimeModule()).disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).build()
            .writerWithDefaultPrettyPrinter();

    @Override
    protected final void doExecute() throws CommandException {
        try {
            print("%s", text(getService(CircuitService.class)).stripTrailing());
        } catch (CircuitRefusedException e) {
            throw new CommandException(e.getMessage(), e);
        } catch (ServiceNotFoundException e) {
            throw new CommandException("what manages optical switches is not active on this node", e);
        }
        check();
    }

    /** Returns what to print. */
    abstract String text(CircuitService circuits) throws CommandException;

    /** Fails if what was printed is bad news, so that a script hears of it. */
    void check() throws CommandException {
    }

    /** Here for the tests of this package. */
    @Override
    protected boolean outputJson() {
        return super.outputJson();
    }

    /** Returns the optical switch of a name; fails if there is none. */
    static OpticalView.SwitchView find(OpticalView view, String name) throws CommandException {
        return view.switches().stream().filter(each -> each.name().equals(name)).findFirst()
                .orElseThrow(() -> new CommandException("There is no optical switch '" + name
                        + "'; cloister:switches lists those that are there"));
    }

    /** Returns a value as HTTP writes it, on several lines. */
    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the API's values have a JSON form", e);
        }
    }
}
