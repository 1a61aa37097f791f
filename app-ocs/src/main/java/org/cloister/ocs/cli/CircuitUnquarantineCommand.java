package org.cloister.ocs.cli;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.cloister.ocs.api.CircuitService;

/** Puts a port back into use that was found faulty. */
@Service
@Command(scope = "cloister", name = "circuit-unquarantine",
        description = "Lets circuits be planned again over a port of an optical switch that was found faulty")
public class CircuitUnquarantineCommand extends OpticalCommand {

    @Argument(index = 0, name = "switch", description = "An optical switch", required = true)
    @Completion(OpticalSwitchCompleter.class)
    String opticalSwitch;

    @Argument(index = 1, name = "port", description = "A port of it", required = true)
    @Completion(QuarantinedPortCompleter.class)
    String port;

    @Override
    String text(CircuitService circuits) throws CommandException {
        if (!circuits.unquarantine(opticalSwitch, port)) {
            throw new CommandException(opticalSwitch + " port " + port + " is not in quarantine; cloister:switches "
                    + opticalSwitch + " shows those that are");
        }
        return opticalSwitch + " port " + port + " is in use again";
    }
}
