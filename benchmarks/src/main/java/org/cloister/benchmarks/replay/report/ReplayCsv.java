package org.cloister.benchmarks.replay.report;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.cloister.benchmarks.replay.ReplayRow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows as CSV: of each figure its mean and, ending in {@code HalfWidth}, half the width of its 95 % interval,
 * which one seed has not.
 */
public final class ReplayCsv {

    private ReplayCsv() {
    }

    /** Writes a heading and a line for each policy and load. */
    public static void write(Outcome outcome, Appendable out) throws IOException {
        CSVPrinter csv = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get().print(out);
        List<Object> headings = new ArrayList<>(List.of("policy", "load", "seeds"));
        for (Figure figure : Figure.values()) {
            headings.add(figure.field());
            headings.add(figure.field() + "HalfWidth");
        }
        headings.addAll(List.of("measured", "censored", "demandInWindow", "unprovenRefusals", "synthetic"));
        csv.printRecord(headings);
        for (ReplayRow row : outcome.rows()) {
            List<Object> cells = new ArrayList<>(List.of(row.policy().text(), row.load(), row.seeds()));
            for (Figure figure : Figure.values()) {
                cells.add(figure.of(row).mean());
                cells.add(row.seeds() > 1 ? figure.of(row).halfWidth() : "");
            }
            cells.addAll(List.of(row.measured(), row.censored(), row.demandInWindow().mean(), row.unprovenRefusals(),
                    outcome.trace().isSynthetic()));
            csv.printRecord(cells);
        }
        csv.flush();
    }
}
