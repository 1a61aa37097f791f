package org.cloister.ocs.cli;

import org.cloister.ocs.api.OpticalCircuit;
import org.cloister.ocs.api.OpticalView;
import org.cloister.ocs.api.OpticalView.PortView;
import org.cloister.ocs.api.OpticalView.SwitchView;
import org.cloister.ocs.api.SeenCircuit;
import org.cloister.shell.Tables;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Optical switches for people. */
final class SwitchesReport {

    private SwitchesReport() {
    }

    /** Returns all switches, one a line. */
    static String of(OpticalView view) {
        return Tables.of(List.of("Name", "Dialect", "Available", "Ports", "Circuits", "Quarantined", "Trouble"),
                view.switches().stream().map(each -> List.<Object>of(each.name(), each.dialect(),
                        each.available() ? "yes" : "no", each.ports().size(), circuits(view, each),
                        each.ports().stream().filter(port -> port.quarantine().isPresent()).count(),
                        each.trouble().orElse("-"))).collect(Collectors.toList()));
    }

    /** Returns one switch with its ports. */
    static String of(OpticalView view, SwitchView one) {
        return String.format("%-12s %s%n%-12s %s%n%-12s %s%n%-12s %s%n%-12s %s%n%nPorts%n",
                "Switch", one.name(), "Device", one.device() + ", " + one.dialect(),
                "Available", one.available() ? "yes" : "no: " + one.trouble().orElse("no reason is known"),
                "Can", one.capabilities().isEmpty() ? "-" : String.join(", ", one.capabilities()),
                "Circuits", circuits(view, one))
                + Tables.of(List.of("Port", "Fibre to", "Joined with", "Status", "Enabled", "In dBm", "Out dBm",
                        "Quarantine"), one.ports().stream().map(port -> List.<Object>of(port.name(),
                        port.end().orElse("-"), peer(view, one, port), port.status(), port.enabled() ? "yes" : "no",
                        power(port.inputPowerDbm()), power(port.outputPowerDbm()), port.quarantine().orElse("-")))
                        .collect(Collectors.toList()));
    }

    private static long circuits(OpticalView view, SwitchView one) {
        return there(view, one).count();
    }

    /** Returns the circuits that a switch has; not those that are wanted only. */
    private static Stream<OpticalCircuit> there(OpticalView view, SwitchView one) {
        return view.circuits().stream().filter(each -> !each.state().equals(SeenCircuit.State.PLANNED.name()))
                .map(OpticalView.CircuitView::circuit).filter(each -> each.opticalSwitch().equals(one.name()));
    }

    private static String peer(OpticalView view, SwitchView one, PortView port) {
        return there(view, one)
                .filter(each -> each.one().equals(port.name()) || each.other().equals(port.name()))
                .map(each -> each.one().equals(port.name()) ? each.other() : each.one())
                .collect(Collectors.collectingAndThen(Collectors.joining(" "), all -> all.isEmpty() ? "-" : all));
    }

    private static String power(OptionalDouble dbm) {
        return dbm.isEmpty() ? "-" : String.format(Locale.ROOT, "%.1f", dbm.getAsDouble());
    }
}
