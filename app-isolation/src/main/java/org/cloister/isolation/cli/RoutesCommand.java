package org.cloister.isolation.cli;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.cloister.isolation.api.Route;
import org.cloister.isolation.api.SliceService;

import java.util.List;

/** Prints the routes of a slice. */
@Service
@Command(scope = "cloister", name = "routes", description = "Shows which links the members of a slice send by")
public class RoutesCommand extends CloisterCommand {

    @Argument(name = "id", description = "Name of the slice", required = true)
    @Completion(SliceIdCompleter.class)
    String id;

    @Override
    String text() throws CommandException {
        List<Route> routes = getService(SliceService.class).routes(slice(id).id());
        return outputJson() ? json(routes) : RoutesReport.of(routes);
    }
}
