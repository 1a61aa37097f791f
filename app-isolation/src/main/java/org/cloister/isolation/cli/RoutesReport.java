package org.cloister.isolation.cli;

import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.Route;
import org.cloister.shell.Tables;

import java.util.List;
import java.util.stream.Collectors;

/** The routes of a slice for people. */
final class RoutesReport {

    private RoutesReport() {
    }

    static String of(List<Route> routes) {
        return Tables.of(List.of("Rank", "Host", "To leaf", "To host", "Leaves by"), routes.stream()
                .map(each -> List.<Object>of(each.fromRank(), each.fromHost(), each.toLeaf(), each.toHost().orElse("all"), each.hops().isEmpty()
                        ? "(same leaf)" : each.hops().stream().map(FabricPort::toString)
                                .collect(Collectors.joining(", "))))
                .collect(Collectors.toList()));
    }
}
