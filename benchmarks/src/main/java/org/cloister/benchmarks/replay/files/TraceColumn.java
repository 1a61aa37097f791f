package org.cloister.benchmarks.replay.files;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The columns of a trace, by the headings of the CSV files that Lingjun's jobs are published in ({@code #job id},
 * {@code arrival time (sec)}, {@code topology}, {@code shape}, {@code size}, {@code duration (sec)}), and three more for
 * what jobs communicate.
 */
enum TraceColumn {

    ID("job id", true),
    ARRIVAL("arrival time (sec)", true),
    /** Not used: the fabric is given. */
    TOPOLOGY("topology", false),
    /** Not used: in a leaf-spine fabric the size says all. */
    SHAPE("shape", false),
    SIZE("size", true),
    DURATION("duration (sec)", true),
    ITERATIONS("iterations", false),
    COLLECTIVE("collective", false),
    BUFFER("buffer (bytes)", false);

    private final String heading;
    private final boolean needed;

    TraceColumn(String heading, boolean needed) {
        this.heading = heading;
        this.needed = needed;
    }

    String heading() {
        return heading;
    }

    /** Returns the column with a heading, which may begin with # as the first does in published files. */
    static Optional<TraceColumn> of(String heading) {
        String plain = heading.replaceFirst("^\\s*#", "").strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(column -> column.heading.equals(plain)).findFirst();
    }

    static List<TraceColumn> needed() {
        return Arrays.stream(values()).filter(column -> column.needed).collect(Collectors.toList());
    }

    static String headings() {
        return Arrays.stream(values()).map(TraceColumn::heading).collect(Collectors.joining(", "));
    }
}
