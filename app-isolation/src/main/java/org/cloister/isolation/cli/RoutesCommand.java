package org.cloister.isolation.cli;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.cloister.isolation.api.Route;
import org.cloister.isolation.api.Slice;
import org.cloister.isolation.api.SliceService;

import java.util.List;

/** Prints the routes of a slice. */
@Service
@Command(scope = "cloister", name = "routes", description = "Shows which links the members of a slice send by")
public class RoutesCommand extends OneSliceCommand {

    @Override
    String text(Slice slice) {
        List<Route> routes = getService(SliceService.class).routes(slice.id());
        return outputJson() ? json(routes) : RoutesReport.of(routes);
    }
}
