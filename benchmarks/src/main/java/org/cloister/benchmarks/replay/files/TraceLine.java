package org.cloister.benchmarks.replay.files;

import org.apache.commons.csv.CSVRecord;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** One line of a trace, whose cells complain with their place. */
final class TraceLine {

    private static final int MOST_SHOWN = 40;

    private final String file;
    private final int number;
    private final List<TraceColumn> columns;
    private final CSVRecord cells;

    TraceLine(String file, int number, List<TraceColumn> columns, CSVRecord cells) throws BadFileException {
        this.file = file;
        this.number = number;
        this.columns = columns;
        this.cells = cells;
        if (cells.size() != columns.size()) {
            throw new BadFileException(file, number, cells.size() < columns.size()
                    ? columns.get(cells.size()).heading() : "", "the line has " + cells.size()
                    + " columns, the heading " + columns.size());
        }
    }

    int number() {
        return number;
    }

    /** Returns a text; empty if there is no such column, or nothing in it. */
    Optional<String> text(TraceColumn column) {
        int index = columns.indexOf(column);
        return index < 0 ? Optional.empty() : Optional.of(cells.get(index).strip()).filter(text -> !text.isEmpty());
    }

    /** Returns a text that must be there. */
    String needed(TraceColumn column) throws BadFileException {
        Optional<String> text = text(column);
        if (text.isEmpty()) {
            throw refuse(column, "is empty");
        }
        return text.get();
    }

    double seconds(TraceColumn column, double most) throws BadFileException {
        BigDecimal value = number(column, "a number of seconds");
        if (value.signum() < 0) {
            throw refuse(column, shown(column) + " is negative");
        }
        if (value.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw refuse(column, shown(column) + " is more than " + BigDecimal.valueOf(most).toPlainString());
        }
        return value.doubleValue();
    }

    long integer(TraceColumn column, long least, long most) throws BadFileException {
        String what = "an integer from " + least + " to " + most;
        try {
            long value = number(column, what).longValueExact();
            if (value >= least && value <= most) {
                return value;
            }
        } catch (ArithmeticException e) {
            // not an integer, or beyond any: the same complaint
        }
        throw refuse(column, shown(column) + " is not " + what);
    }

    BadFileException refuse(TraceColumn column, String message) {
        return new BadFileException(file, number, column.heading(), message);
    }

    String shown(TraceColumn column) {
        String text = text(column).orElse("");
        return "'" + (text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...") + "'";
    }

    private BigDecimal number(TraceColumn column, String what) throws BadFileException {
        String text = needed(column);
        try {
            BigDecimal value = new BigDecimal(text);
            // 1e999999999 would be written out before it is compared
            if (Math.abs((long) value.precision() - value.scale()) < MOST_SHOWN) {
                return value;
            }
        } catch (NumberFormatException e) {
            // complained about below
        }
        throw refuse(column, shown(column) + " is not " + what);
    }
}
