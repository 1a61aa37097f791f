package org.cloister.ocs.cli;

import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.cloister.ocs.api.OpticalView.SwitchView;

import java.util.List;
import java.util.stream.Collectors;

/** Completes names of optical switches. */
@Service
public final class OpticalSwitchCompleter extends OpticalCompleter {

    @Override
    List<String> names(List<SwitchView> switches) {
        return switches.stream().map(SwitchView::name).collect(Collectors.toList());
    }
}
