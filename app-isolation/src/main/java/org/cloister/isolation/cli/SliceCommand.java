package org.cloister.isolation.cli;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.cloister.isolation.api.Slice;

/** Prints one slice. */
@Service
@Command(scope = "cloister", name = "slice", description = "Shows one slice")
public class SliceCommand extends OneSliceCommand {

    @Override
    String text(Slice slice) {
        return outputJson() ? json(slice) : SliceReport.of(slice);
    }
}
