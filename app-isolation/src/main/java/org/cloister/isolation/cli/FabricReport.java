package org.cloister.isolation.cli;

import org.cloister.isolation.api.FabricView;
import org.cloister.shell.Tables;

import java.util.List;
import java.util.stream.Collectors;

/** The fabric for people. */
final class FabricReport {

    private FabricReport() {
    }

    static String of(FabricView fabric) {
        return "Version " + fabric.version() + (fabric.enforce() ? "" : "; planned and shown only, no rule is installed")
                + "\n\nSwitches\n" + switches(fabric)
                + "\nHosts\n" + hosts(fabric)
                + "\nLinks\n" + links(fabric)
                + "\nProblems\n" + problems(fabric);
    }

    private static String switches(FabricView fabric) {
        return Tables.of(List.of("Name", "Role", "Device", "Available"), fabric.switches().stream()
                .map(each -> List.<Object>of(each.name(), SliceReport.word(each.role()),
                        each.device(), each.available() ? "yes" : "no"))
                .collect(Collectors.toList()));
    }

    private static String hosts(FabricView fabric) {
        return Tables.of(List.of("Name", "Node", "NIC", "Port", "MAC", "IPv4", "Slice"), fabric.hosts().stream()
                .map(each -> List.<Object>of(each.name(), each.node(), each.nic(), each.port(), each.mac(),
                        String.join(" ", each.ipv4()), each.slice().map(Object::toString).orElse("-")))
                .collect(Collectors.toList()));
    }

    private static String links(FabricView fabric) {
        return Tables.of(List.of("From", "To", "Capacity", "Reserved", "Drained"), fabric.links().stream()
                .map(each -> List.<Object>of(each.from(), each.to(), Rates.of(each.capacityBitsPerSecond()),
                        each.reservedBitsPerSecond() == 0 ? "-" : Rates.of(each.reservedBitsPerSecond()),
                        each.drained() ? "yes" : "-"))
                .collect(Collectors.toList()));
    }

    private static String problems(FabricView fabric) {
        return Tables.of(List.of("Reason", "At", "Message"), fabric.problems().stream()
                .map(each -> List.<Object>of(each.reason(), each.at(), each.message()))
                .collect(Collectors.toList()));
    }
}
