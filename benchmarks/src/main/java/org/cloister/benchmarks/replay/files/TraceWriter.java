package org.cloister.benchmarks.replay.files;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.cloister.benchmarks.replay.Algorithm;
import org.cloister.benchmarks.replay.Trace;
import org.cloister.benchmarks.replay.TraceJob;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes a trace as CSV: the columns of published traces first, then what jobs communicate. */
public final class TraceWriter {

    private TraceWriter() {
    }

    /** Writes one, over what is there. */
    public static void write(Trace trace, Path file) throws IOException {
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
             CSVPrinter csv = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get().print(out)) {
            // not by the printer, which would put quotes around what begins with #
            out.write(Arrays.stream(TraceColumn.values()).map(TraceColumn::heading)
                    .collect(Collectors.joining(",", "#", "\n")));
            for (TraceJob job : trace.jobs()) {
                csv.printRecord(job.id(), job.arrivalSeconds(), "CLOS", job.hosts(), job.hosts(),
                        job.durationSeconds(), job.iterations().isPresent() ? job.iterations().getAsInt() : null,
                        job.collective().map(Algorithm::text).orElse(null),
                        job.bufferBytes().isPresent() ? job.bufferBytes().getAsLong() : null);
            }
        }
    }
}
