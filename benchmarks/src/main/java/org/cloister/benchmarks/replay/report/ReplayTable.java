package org.cloister.benchmarks.replay.report;

import org.cloister.benchmarks.replay.Estimate;
import org.cloister.benchmarks.replay.ReplayRow;
import org.cloister.benchmarks.text.TextTable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The table for the terminal: a line for each policy and load; after ± half the width of the 95 % interval. */
public final class ReplayTable {

    private static final double FAR = 0.1;

    private ReplayTable() {
    }

    /** Returns all lines, with what must be known to read them. */
    public static String of(Outcome outcome) {
        List<String> headings = new ArrayList<>(List.of("policy", "load"));
        for (Figure figure : Figure.values()) {
            headings.add(figure.heading());
        }
        headings.add("over ideal, %");
        headings.add("jobs");
        headings.add("never ran");
        headings.add("unproven");
        headings.add("demand");
        TextTable table = new TextTable(headings.toArray(new String[0]));
        for (ReplayRow row : outcome.rows()) {
            List<String> cells = new ArrayList<>(List.of(row.policy().text(), decimal(row.load(), 2)));
            for (Figure figure : Figure.values()) {
                cells.add(estimate(figure.of(row), figure.isInSeconds() ? 1 : 3, row.seeds()));
            }
            OptionalDouble over = outcome.percentOverIdeal(row);
            cells.add(over.isPresent() ? decimal(over.getAsDouble(), 2) : "-");
            cells.add(String.valueOf(row.measured()));
            cells.add(String.valueOf(row.censored()));
            cells.add(String.valueOf(row.unprovenRefusals()));
            cells.add(decimal(row.demandInWindow().mean(), 2));
            table.add(cells.toArray(new String[0]));
        }
        String comparisons = Comparison.of(outcome).stream().map(each -> each + "\n").collect(Collectors.joining());
        return outcome.title() + "\n" + (outcome.trace().isSynthetic() ? Outcome.SYNTHETIC + "\n" : "") + "\n" + table
                + "\n" + demand(outcome) + comparisons + Published.text() + "\n";
    }

    /** Jobs that last longer than the trace are mostly done when nobody looks any more. */
    private static String demand(Outcome outcome) {
        boolean isFar = outcome.rows().stream()
                .anyMatch(row -> Math.abs(row.demandInWindow().mean() - row.load()) > FAR * row.load());
        return isFar ? "demand: the load within the measured window, which is more than " + Math.round(100 * FAR)
                + " % off the load over the whole trace\n" : "";
    }

    /** One seed has no interval. */
    private static String estimate(Estimate value, int digits, int seeds) {
        return decimal(value.mean(), digits) + (seeds > 1 ? " ± " + decimal(value.halfWidth(), digits) : "");
    }

    private static String decimal(double value, int digits) {
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
