package org.cloister.isolation.cli;

import org.cloister.isolation.api.Slice;
import org.cloister.shell.Tables;

import java.util.List;
import java.util.stream.Collectors;

/** All slices for people. */
final class SlicesReport {

    private SlicesReport() {
    }

    static String of(List<Slice> slices) {
        return Tables.of(List.of("Id", "Owner", "State", "Since", "Tag", "Members", "Links", "Guarantee"),
                slices.stream().map(SlicesReport::row).collect(Collectors.toList()));
    }

    private static List<Object> row(Slice slice) {
        return List.of(slice.id(), slice.owner(), slice.state(), slice.stateSince(),
                slice.allocation().<Object>map(got -> got.tag()).orElse("-"),
                slice.allocation().<Object>map(got -> got.members().size()).orElse("-"),
                slice.allocation().<Object>map(got -> got.links().size()).orElse("-"),
                slice.allocation().map(got -> SliceReport.word(got.guarantee())).orElse("-"));
    }
}
