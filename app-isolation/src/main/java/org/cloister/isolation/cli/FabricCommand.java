package org.cloister.isolation.cli;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.cloister.isolation.api.FabricService;
import org.cloister.isolation.api.FabricView;

/** Prints the fabric. */
@Service
@Command(scope = "cloister", name = "fabric", description = "Shows switches, hosts, links and what is wrong with them")
public class FabricCommand extends CloisterCommand {

    @Override
    String text() {
        FabricView fabric = getService(FabricService.class).fabric();
        return outputJson() ? json(fabric) : FabricReport.of(fabric);
    }
}
