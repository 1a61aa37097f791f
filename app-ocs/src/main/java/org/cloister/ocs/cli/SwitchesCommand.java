package org.cloister.ocs.cli;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.cloister.ocs.api.CircuitService;
import org.cloister.ocs.api.OpticalView;
import org.cloister.shell.Trailing;

import java.util.List;
import java.util.Map;

/** Prints the optical switches, or the ports of one. */
@Service
@Command(scope = "cloister", name = "switches",
        description = "Lists the optical switches, or one with its ports; packet switches are in cloister:fabric")
public class SwitchesCommand extends OpticalCommand {

    @Argument(index = 0, name = "name", description = "An optical switch; all without")
    @Completion(OpticalSwitchCompleter.class)
    String name;

    @Argument(index = 1, name = "options", description = "Options may stand before the name or behind it",
            multiValued = true)
    List<String> more = List.of();

    @Override
    String text(CircuitService circuits) throws CommandException {
        Trailing.apply(this, more);
        OpticalView view = circuits.view();
        if (name == null) {
            return outputJson() ? json(Map.of("items", view.switches())) : SwitchesReport.of(view);
        }
        OpticalView.SwitchView one = find(view, name);
        return outputJson() ? json(one) : SwitchesReport.of(view, one);
    }
}
