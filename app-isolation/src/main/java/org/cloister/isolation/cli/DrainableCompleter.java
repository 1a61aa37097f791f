package org.cloister.isolation.cli;

import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.cloister.isolation.api.FabricService;
import org.cloister.isolation.api.FabricView;
import org.onosproject.cli.AbstractShellCommand;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Completes names of switches and of the ports of links. */
@Service
public final class DrainableCompleter extends ApiCompleter {

    @Override
    List<String> names() {
        FabricView fabric = AbstractShellCommand.get(FabricService.class).fabric();
        return Stream.concat(fabric.switches().stream().map(each -> each.name()),
                fabric.links().stream().map(each -> each.from().toString())).collect(Collectors.toList());
    }
}
