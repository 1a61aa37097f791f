package org.cloister.benchmarks.replay.files;

/**
 * A file, or another description of what is replayed, is not what it should be. The message is one line:
 * {@code FILE:LINE: FIELD: what is wrong}.
 */
public final class BadFileException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;
    private final String field;

    /** Takes the file as the user named it, the line (from 1; 0 for none), and the field (empty for none). */
    public BadFileException(String file, int line, String field, String message) {
        super(file + (line > 0 ? ":" + line : "") + ": " + (field.isEmpty() ? "" : field + ": ") + message);
        this.file = file;
        this.line = line;
        this.field = field;
    }

    /** Returns the file as the user named it. */
    public String file() {
        return file;
    }

    /** Returns the line, from 1; 0 if it is the whole file. */
    public int line() {
        return line;
    }

    /** Returns the column's heading, or the JSON pointer; empty if it is a whole line. */
    public String field() {
        return field;
    }
}
