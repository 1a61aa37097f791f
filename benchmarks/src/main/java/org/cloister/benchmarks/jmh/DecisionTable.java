package org.cloister.benchmarks.jmh;

import org.cloister.benchmarks.text.TextTable;

import java.util.List;
import java.util.Locale;

/** Prints what was measured, one line for each class of decision. */
final class DecisionTable {

    private DecisionTable() {
    }

    static String of(List<Timed> rows) {
        TextTable table = new TextTable("what", "fabric", "engine", "class", "p50 us", "p99 us");
        for (Timed each : rows) {
            table.add(each.what().what(), each.what().fabric(), each.what().engine(), each.what().decisionClass(),
                    micros(each.p50Micros()), micros(each.p99Micros()));
        }
        return table.toString();
    }

    private static String micros(double value) {
        return String.format(Locale.ROOT, "%,.1f", value);
    }
}
