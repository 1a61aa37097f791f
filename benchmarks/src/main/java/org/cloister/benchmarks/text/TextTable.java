package org.cloister.benchmarks.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Columns as wide as what is in them: numbers to the right, words to the left. */
public final class TextTable {

    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9][0-9,.]*( ?%|( ± ?[0-9,.]+))?|-");
    private static final String GAP = "  ";

    private final List<String[]> lines = new ArrayList<>();

    /** Makes a table without rows. */
    public TextTable(String... headings) {
        lines.add(headings.clone());
    }

    /**
     * Adds a row.
     *
     * @throws IllegalArgumentException if it has more or fewer cells than there are headings
     */
    public void add(String... cells) {
        if (cells.length != lines.get(0).length) {
            throw new IllegalArgumentException(cells.length + " cells under " + lines.get(0).length + " headings");
        }
        lines.add(cells.clone());
    }

    /** Returns all lines, each with its end. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (String[] line : lines) {
            StringBuilder row = new StringBuilder();
            for (int column = 0; column < line.length; column++) {
                String space = " ".repeat(width(column) - line[column].length());
                row.append(column == 0 ? "" : GAP).append(isNumeric(column) ? space + line[column]
                        : line[column] + space);
            }
            text.append(row.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return lines.stream().mapToInt(line -> line[column].length()).max().orElse(0);
    }

    private boolean isNumeric(int column) {
        return lines.size() > 1
                && lines.stream().skip(1).allMatch(line -> NUMBER.matcher(line[column]).matches());
    }
}
