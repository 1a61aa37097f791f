package org.cloister.benchmarks.replay.cli;

import org.cloister.benchmarks.replay.report.Outcome;
import org.cloister.benchmarks.replay.report.ReplayChart;
import org.cloister.benchmarks.replay.report.ReplayCsv;
import org.cloister.benchmarks.replay.report.ReplayFigures;
import org.cloister.isolation.Reports;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files that a replay leaves: {@code replay-NAME.json}, {@code .csv} and {@code .svg}. */
final class ReportFiles {

    private final String name;

    /** Takes where they go, null for where reports always go. */
    ReportFiles(Path directory, String name) {
        this.name = "replay-" + name;
        if (directory != null) {
            System.setProperty("cloister.reports", directory.toAbsolutePath().toString());
        }
    }

    /** Removes those of an earlier run. */
    void clear() throws IOException {
        Reports.clear(name);
        Files.deleteIfExists(file(".csv"));
        Files.deleteIfExists(file(".svg"));
    }

    /** Writes all three and returns where. */
    List<Path> write(Outcome outcome) throws IOException {
        Path json = Reports.write(name, true, ReplayFigures.of(outcome));
        try (Writer csv = Files.newBufferedWriter(file(".csv"))) {
            ReplayCsv.write(outcome, csv);
        }
        try (Writer svg = Files.newBufferedWriter(file(".svg"))) {
            ReplayChart.write(outcome, svg);
        }
        return List.of(json, file(".csv"), file(".svg"));
    }

    private Path file(String ending) {
        return Reports.directory().resolve(name + ending);
    }
}
