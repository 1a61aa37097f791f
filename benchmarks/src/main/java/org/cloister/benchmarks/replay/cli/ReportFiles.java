package org.cloister.benchmarks.replay.cli;

import org.cloister.benchmarks.replay.report.Outcome;
import org.cloister.benchmarks.replay.report.ReplayChart;
import org.cloister.benchmarks.replay.report.ReplayCsv;
import org.cloister.benchmarks.replay.report.ReplayFigures;
import org.cloister.testing.Reports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    /** Writes the rows that there are so far, as JSON, which has not passed. */
    void writeSoFar(Outcome outcome) {
        try {
            Reports.write(name, false, figures(outcome, false));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes all three and returns where. */
    List<Path> write(Outcome outcome) throws IOException {
        Reports.replace(file(".csv"), csv -> ReplayCsv.write(outcome, csv));
        Reports.replace(file(".svg"), svg -> ReplayChart.write(outcome, svg));
        Path json = Reports.write(name, outcome.passes(), figures(outcome, true));
        return List.of(json, file(".csv"), file(".svg"));
    }

    private static Map<String, Object> figures(Outcome outcome, boolean isComplete) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("complete", isComplete);
        figures.putAll(ReplayFigures.of(outcome));
        return figures;
    }

    private Path file(String ending) {
        return Reports.directory().resolve(name + ending);
    }
}
