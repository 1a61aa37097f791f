package org.cloister.isolation.cli;

import org.cloister.isolation.api.Drain;
import org.cloister.shell.Tables;

import java.util.List;
import java.util.stream.Collectors;

/** Drains for people. */
final class DrainsReport {

    private DrainsReport() {
    }

    static String of(List<Drain> drains) {
        return Tables.of(List.of("Name", "Since", "Links", "Drained", "Slices that still hold one"), drains.stream()
                .map(each -> List.<Object>of(each.name(), each.since(), each.links().size(),
                        each.drained() ? "yes" : "no", each.slices().stream().map(Object::toString)
                                .collect(Collectors.joining(" "))))
                .collect(Collectors.toList()));
    }
}
