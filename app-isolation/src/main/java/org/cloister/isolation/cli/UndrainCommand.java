package org.cloister.isolation.cli;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.cloister.isolation.api.Drain;
import org.cloister.isolation.api.DrainService;
import org.cloister.shell.Trailing;

import java.util.List;

/** Puts back into use what is drained. */
@Service
@Command(scope = "cloister", name = "undrain", description = "Puts a drained switch or link back into use")
public class UndrainCommand extends CloisterCommand {

    @Argument(index = 0, name = "name", description = "What is drained", required = true)
    @Completion(DrainNameCompleter.class)
    String name;

    @Argument(index = 1, name = "options", description = "Options may stand before the name or behind it",
            multiValued = true)
    List<String> more = List.of();

    @Override
    String text() throws CommandException {
        Trailing.apply(this, more);
        Drain drain = Waits.await(getService(DrainService.class).undrain(name), Waits.DECISION_SECONDS,
                name + " was not put back into use");
        return outputJson() ? json(drain) : drain.name() + " is in use again; slices stay where they are";
    }
}
