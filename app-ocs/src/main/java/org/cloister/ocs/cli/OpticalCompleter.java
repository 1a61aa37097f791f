package org.cloister.ocs.cli;

import org.cloister.ocs.api.CircuitService;
import org.cloister.ocs.api.OpticalView.PortView;
import org.cloister.ocs.api.OpticalView.SwitchView;
import org.onlab.osgi.ServiceNotFoundException;
import org.onosproject.cli.AbstractChoicesCompleter;
import org.onosproject.cli.AbstractShellCommand;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Completes what the service of circuits knows; nothing while there is none. */
abstract class OpticalCompleter extends AbstractChoicesCompleter {

    @Override
    protected final List<String> choices() {
        try {
            return names(AbstractShellCommand.get(CircuitService.class).view().switches());
        } catch (ServiceNotFoundException e) {
            return List.of();
        }
    }

    /** Returns what there is. */
    abstract List<String> names(List<SwitchView> switches);

    /** Returns ports of the switch that was typed already. */
    final List<String> ports(List<SwitchView> switches, Predicate<PortView> wanted) {
        Set<String> typed = Arrays.stream(commandLine.getArguments()).collect(Collectors.toSet());
        return switches.stream().filter(each -> typed.contains(each.name())).flatMap(each -> each.ports().stream())
                .filter(wanted).map(PortView::name).collect(Collectors.toList());
    }
}
