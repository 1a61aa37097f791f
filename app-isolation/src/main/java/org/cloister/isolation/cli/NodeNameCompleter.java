package org.cloister.isolation.cli;

import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.cloister.isolation.api.FabricService;
import org.cloister.isolation.api.FabricView.HostView;
import org.onosproject.cli.AbstractShellCommand;

import java.util.List;
import java.util.stream.Collectors;

/** Completes names of servers. */
@Service
public final class NodeNameCompleter extends ApiCompleter {

    @Override
    List<String> names() {
        return AbstractShellCommand.get(FabricService.class).fabric().hosts().stream().map(HostView::node)
                .distinct().collect(Collectors.toList());
    }
}
