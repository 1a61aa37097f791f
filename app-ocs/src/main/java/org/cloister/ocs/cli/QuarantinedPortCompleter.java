package org.cloister.ocs.cli;

import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.cloister.ocs.api.OpticalView.SwitchView;

import java.util.List;

/** Completes ports of an optical switch that were found faulty. */
@Service
public final class QuarantinedPortCompleter extends OpticalCompleter {

    @Override
    List<String> names(List<SwitchView> switches) {
        return ports(switches, port -> port.quarantine().isPresent());
    }
}
