package org.cloister.shell;

import org.apache.karaf.shell.support.table.Row;
import org.apache.karaf.shell.support.table.ShellTable;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Karaf's tables as text, in ASCII whatever the terminal. */
public final class Tables {

    private Tables() {
    }

    /** Returns a table; each row has as many cells as there are headings. */
    public static String of(List<String> headings, List<List<Object>> rows) {
        ShellTable table = new ShellTable().forceAscii().emptyTableText("(none)");
        headings.forEach(table::column);
        for (List<Object> cells : rows) {
            Row row = table.addRow();
            cells.forEach(cell -> row.addContent(cell));
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        table.print(new PrintStream(text, true, StandardCharsets.UTF_8));
        return text.toString(StandardCharsets.UTF_8);
    }
}
