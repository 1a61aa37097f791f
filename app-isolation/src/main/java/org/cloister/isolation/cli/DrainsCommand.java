package org.cloister.isolation.cli;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.cloister.isolation.api.Drain;
import org.cloister.isolation.api.DrainService;

import java.util.List;
import java.util.Map;

/** Prints what is taken out of use. */
@Service
@Command(scope = "cloister", name = "drains", description = "Lists what is drained, and who still holds it")
public class DrainsCommand extends CloisterCommand {

    @Override
    String text() {
        List<Drain> drains = getService(DrainService.class).drains();
        return outputJson() ? json(Map.of("items", drains)) : DrainsReport.of(drains);
    }
}
