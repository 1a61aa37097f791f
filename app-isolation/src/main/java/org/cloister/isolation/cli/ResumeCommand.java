package org.cloister.isolation.cli;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.cloister.isolation.api.PurgeService;

/** Takes a purge back. */
@Service
@Command(scope = "cloister", name = "resume",
        description = "Ends a purge: switches deny by default again, and requests are taken")
public class ResumeCommand extends CloisterCommand {

    @Override
    String text() {
        getService(PurgeService.class).resume();
        return "Cloister begins anew: switches deny by default again, and requests are taken";
    }
}
