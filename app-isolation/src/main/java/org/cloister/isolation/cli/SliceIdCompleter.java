package org.cloister.isolation.cli;

import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.cloister.isolation.api.SliceService;
import org.onosproject.cli.AbstractShellCommand;

import java.util.List;
import java.util.stream.Collectors;

/** Completes names of slices. */
@Service
public final class SliceIdCompleter extends ApiCompleter {

    @Override
    List<String> names() {
        return AbstractShellCommand.get(SliceService.class).slices().stream().map(slice -> slice.id().toString())
                .collect(Collectors.toList());
    }
}
