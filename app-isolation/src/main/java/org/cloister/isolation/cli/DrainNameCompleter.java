package org.cloister.isolation.cli;

import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.cloister.isolation.api.Drain;
import org.cloister.isolation.api.DrainService;
import org.onosproject.cli.AbstractShellCommand;

import java.util.List;
import java.util.stream.Collectors;

/** Completes names of what is drained. */
@Service
public final class DrainNameCompleter extends ApiCompleter {

    @Override
    List<String> names() {
        return AbstractShellCommand.get(DrainService.class).drains().stream().map(Drain::name)
                .collect(Collectors.toList());
    }
}
