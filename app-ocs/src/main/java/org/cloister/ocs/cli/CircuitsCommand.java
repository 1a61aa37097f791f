package org.cloister.ocs.cli;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.cloister.ocs.api.CircuitService;
import org.cloister.ocs.api.DirectCircuits;
import org.cloister.ocs.api.SeenCircuit;
import org.cloister.shell.Trailing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints the circuits that are there or wanted. */
@Service
@Command(scope = "cloister", name = "circuits",
        description = "Lists optical circuits: what they join, how they fare and who wants them")
public class CircuitsCommand extends OpticalCommand {

    @Argument(index = 0, name = "switch", description = "Those of one optical switch; of all without")
    @Completion(OpticalSwitchCompleter.class)
    String opticalSwitch;

    @Argument(index = 1, name = "options", description = "Options may stand before the name or behind it",
            multiValued = true)
    List<String> more = List.of();

    @Override
    String text(CircuitService circuits) throws CommandException {
        Trailing.apply(this, more);
        if (opticalSwitch != null) {
            find(circuits.view(), opticalSwitch);
        }
        List<SeenCircuit> seen = new DirectCircuits(circuits).seen().stream()
                .filter(each -> opticalSwitch == null || each.opticalSwitch().equals(opticalSwitch))
                .collect(Collectors.toList());
        return outputJson() ? json(page(seen)) : CircuitsReport.of(seen);
    }

    /** Returns the only page of a list. */
    private static Map<String, Object> page(List<SeenCircuit> items) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("items", items);
        page.put("nextCursor", null);
        return page;
    }
}
