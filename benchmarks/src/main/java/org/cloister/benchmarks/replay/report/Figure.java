package org.cloister.benchmarks.replay.report;

import org.cloister.benchmarks.replay.Estimate;
import org.cloister.benchmarks.replay.ReplayRow;

import java.util.function.Function;

/** A figure of a row. */
enum Figure {

    JCT_MEAN("jctMeanSeconds", "mean JCT, s", true, ReplayRow::jctMeanSeconds),
    JCT_P99("jctP99Seconds", "JCT p99, s", true, ReplayRow::jctP99Seconds),
    JWT_MEAN("jwtMeanSeconds", "mean JWT, s", true, ReplayRow::jwtMeanSeconds),
    JRT_MEAN("jrtMeanSeconds", "mean JRT, s", true, ReplayRow::jrtMeanSeconds),
    UTILISATION("utilisation", "utilisation", false, ReplayRow::utilisation),
    FRAGMENTATION("fragmentation", "fragmentation", false, ReplayRow::fragmentation);

    private final String field;
    private final String heading;
    private final boolean inSeconds;
    private final Function<ReplayRow, Estimate> value;

    Figure(String field, String heading, boolean inSeconds, Function<ReplayRow, Estimate> value) {
        this.field = field;
        this.heading = heading;
        this.inSeconds = inSeconds;
        this.value = value;
    }

    /** Returns what reports call it. */
    String field() {
        return field;
    }

    /** Returns what stands above its column and beside its axis. */
    String heading() {
        return heading;
    }

    /** Returns whether it is a time; else it is a share from 0 to 1. */
    boolean isInSeconds() {
        return inSeconds;
    }

    Estimate of(ReplayRow row) {
        return value.apply(row);
    }
}
