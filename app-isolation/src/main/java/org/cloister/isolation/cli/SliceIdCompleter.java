package org.cloister.isolation.cli;

import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.cloister.isolation.api.RefusedException;
import org.cloister.isolation.api.SliceService;
import org.onlab.osgi.ServiceNotFoundException;
import org.onosproject.cli.AbstractChoicesCompleter;
import org.onosproject.cli.AbstractShellCommand;

import java.util.List;
import java.util.stream.Collectors;

/** Completes names of slices; none while there is nobody to ask. */
@Service
public final class SliceIdCompleter extends AbstractChoicesCompleter {

    @Override
    protected List<String> choices() {
        try {
            return AbstractShellCommand.get(SliceService.class).slices().stream()
                    .map(slice -> slice.id().toString()).collect(Collectors.toList());
        } catch (RefusedException | ServiceNotFoundException e) {
            return List.of();
        }
    }
}
