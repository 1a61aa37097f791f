package org.cloister.isolation.cli;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.cloister.isolation.api.Slice;

/** Prints one slice. */
@Service
@Command(scope = "cloister", name = "slice", description = "Shows one slice")
public class SliceCommand extends CloisterCommand {

    @Argument(name = "id", description = "Name of the slice", required = true)
    @Completion(SliceIdCompleter.class)
    String id;

    @Override
    String text() throws CommandException {
        Slice slice = slice(id);
        return outputJson() ? json(slice) : SliceReport.of(slice);
    }
}
