package org.cloister.benchmarks.replay.files;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.cloister.benchmarks.replay.Algorithm;
import org.cloister.benchmarks.replay.ImmutableTraceJob;
import org.cloister.benchmarks.replay.Trace;
import org.cloister.benchmarks.replay.TraceJob;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a trace from CSV (RFC 4180, UTF-8, any line ends): a heading, then a job on each line. Columns
 * ({@link TraceColumn}) may be in any order; one that nobody knows is refused, as it may be a known one misspelt. Jobs
 * out of the order of their arrival are sorted, those that arrive together stay as they are; a note says how many.
 */
public final class TraceFile {

    /** About thirty years: whatever is longer is a slip, such as milliseconds. */
    private static final double LONGEST = 1e9;
    private static final long MOST_BYTES = 1L << 50;

    private final String file;
    private final List<TraceJob> jobs = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, Integer> lines = new HashMap<>();
    private final int hosts;
    private final boolean dropLarger;
    private int dropped;
    private int outOfOrder;

    private TraceFile(String file, int hosts, boolean dropLarger) {
        this.file = file;
        this.hosts = hosts;
        this.dropLarger = dropLarger;
    }

    /**
     * Reads one.
     *
     * @param hosts how many the fabric has
     * @param dropLarger whether jobs of more than that are left out; else they are refused
     * @throws BadFileException naming the line and the first offending field
     */
    public static TraceFile read(Path path, int hosts, boolean dropLarger) throws BadFileException {
        TraceFile trace = new TraceFile(path.toString(), hosts, dropLarger);
        trace.read(InputFile.read(path));
        return trace;
    }

    /** Returns what a trace of a file is called. */
    public static String name(Path path) {
        return InputFile.stem(path);
    }

    /**
     * Refuses jobs whose arrivals cannot be stretched to a load.
     *
     * @param text what the user named them by
     */
    public static void checkSpan(String text, Trace trace) throws BadFileException {
        int jobs = trace.jobs().size();
        double first = trace.jobs().get(0).arrivalSeconds();
        if (first == trace.jobs().get(jobs - 1).arrivalSeconds()) {
            throw new BadFileException(text, 0, TraceColumn.ARRIVAL.heading(), (jobs == 1 ? "there is only one job"
                    : "all " + jobs + " jobs arrive at once, at " + first)
                    + "; arrivals are stretched to the offered load, for which they need a span");
        }
    }

    /** Returns the jobs as a trace, named after the file. */
    public Trace trace() {
        return Trace.builder().name(name(Path.of(file))).jobs(jobs).build();
    }

    /** Returns what whoever wrote the file should know about how it was understood. */
    public List<String> notes() {
        return notes;
    }

    private void read(String text) throws BadFileException {
        CSVFormat format = CSVFormat.RFC4180.builder().setIgnoreEmptyLines(false).get();
        try (CSVParser parser = format.parse(new StringReader(text))) {
            Iterator<CSVRecord> records = parser.iterator();
            List<TraceColumn> columns = null;
            int line = 1;
            try {
                while (records.hasNext()) {
                    CSVRecord record = records.next();
                    if (record.size() == 1 && record.get(0).isBlank()) {
                        // an empty line
                    } else if (columns == null) {
                        columns = columns(record, line);
                    } else {
                        add(new TraceLine(file, line, columns, record));
                    }
                    line = (int) parser.getCurrentLineNumber() + 1;
                }
            } catch (UncheckedIOException | IllegalStateException e) {
                throw new BadFileException(file, line, "", "is not CSV: " + e.getMessage());
            }
            finish(columns, line);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from a string", e);
        }
    }

    private List<TraceColumn> columns(CSVRecord headings, int line) throws BadFileException {
        List<TraceColumn> columns = new ArrayList<>();
        for (String heading : headings) {
            TraceColumn column = TraceColumn.of(heading).orElseThrow(() -> new BadFileException(file, line,
                    heading.strip(), "is not a column of a trace; columns are " + TraceColumn.headings()));
            if (columns.contains(column)) {
                throw new BadFileException(file, line, column.heading(), "the heading has this column twice");
            }
            columns.add(column);
        }
        for (TraceColumn needed : TraceColumn.needed()) {
            if (!columns.contains(needed)) {
                throw new BadFileException(file, line, needed.heading(), "the heading lacks this column");
            }
        }
        return columns;
    }

    private void add(TraceLine line) throws BadFileException {
        String id = line.needed(TraceColumn.ID);
        Integer first = lines.putIfAbsent(id, line.number());
        if (first != null) {
            throw line.refuse(TraceColumn.ID, line.shown(TraceColumn.ID) + " is the job of line " + first + " already");
        }
        ImmutableTraceJob.Builder job = TraceJob.builder().id(id)
                .arrivalSeconds(line.seconds(TraceColumn.ARRIVAL, LONGEST))
                .durationSeconds(line.seconds(TraceColumn.DURATION, LONGEST));
        long size = line.integer(TraceColumn.SIZE, 1, Integer.MAX_VALUE);
        job.hosts((int) size);
        if (line.text(TraceColumn.ITERATIONS).isPresent()) {
            job.iterations((int) line.integer(TraceColumn.ITERATIONS, 1, Integer.MAX_VALUE));
        }
        Optional<String> collective = line.text(TraceColumn.COLLECTIVE);
        if (collective.isPresent()) {
            job.collective(Algorithm.of(collective.get()).orElseThrow(() -> line.refuse(TraceColumn.COLLECTIVE,
                    line.shown(TraceColumn.COLLECTIVE) + " is not one of " + Algorithm.texts())));
            if (collective.get().equals(Algorithm.HALVING_DOUBLING.text()) && Long.bitCount(size) != 1) {
                throw line.refuse(TraceColumn.COLLECTIVE, line.shown(TraceColumn.COLLECTIVE)
                        + " needs a power of two, size is " + size);
            }
        }
        if (line.text(TraceColumn.BUFFER).isPresent()) {
            job.bufferBytes(line.integer(TraceColumn.BUFFER, 0, MOST_BYTES));
        }
        if (size > hosts && !dropLarger) {
            throw line.refuse(TraceColumn.SIZE, line.shown(TraceColumn.SIZE) + " is more than the fabric's " + hosts
                    + " hosts; --drop-larger leaves such jobs out");
        }
        if (size > hosts) {
            dropped++;
        } else {
            add(job.build());
        }
    }

    private void add(TraceJob job) {
        if (!jobs.isEmpty() && job.arrivalSeconds() < jobs.get(jobs.size() - 1).arrivalSeconds()) {
            outOfOrder++;
        }
        jobs.add(job);
    }

    private void finish(List<TraceColumn> columns, int line) throws BadFileException {
        if (columns == null) {
            throw new BadFileException(file, 1, "", "is empty; a trace begins with a heading: "
                    + TraceColumn.headings());
        }
        if (jobs.isEmpty()) {
            throw new BadFileException(file, line, "", dropped == 0 ? "no job follows the heading"
                    : "all " + dropped + " jobs are larger than the fabric's " + hosts + " hosts");
        }
        if (dropped > 0) {
            notes.add("left out: " + dropped + " jobs larger than the fabric's " + hosts + " hosts");
        }
        if (outOfOrder > 0) {
            notes.add("sorted by arrival: " + outOfOrder + " jobs arrive before the job of the line above");
            jobs.sort(Comparator.comparingDouble(TraceJob::arrivalSeconds));
        }
    }
}
