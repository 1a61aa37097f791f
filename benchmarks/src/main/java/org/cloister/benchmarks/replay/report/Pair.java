package org.cloister.benchmarks.replay.report;

import org.cloister.benchmarks.replay.Estimate;
import org.cloister.benchmarks.replay.ReplayRow;

import java.util.List;
import java.util.Optional;

/** Two policies at one load, compared seed by seed: both replayed the same jobs. */
final class Pair {

    private static final double PERCENT = 100;

    private final double load;
    private final double scale;
    private final Estimate jct;
    private final Estimate jwt;

    /** Takes the policy's row and that of the one that it is compared with. */
    Pair(ReplayRow row, ReplayRow other) {
        this.load = row.load();
        this.scale = PERCENT / other.jctMeanSeconds().mean();
        this.jct = row.jctMeanSeconds().less(other.jctMeanSeconds());
        this.jwt = row.jwtMeanSeconds().less(other.jwtMeanSeconds());
    }

    /** Returns whether the means of both are over the same jobs, and some. */
    static boolean isFair(ReplayRow row, ReplayRow other) {
        return row.measured() > 0 && row.measured() == other.measured()
                && other.jctMeanSeconds().mean() > 0;
    }

    double load() {
        return load;
    }

    /** Returns how much longer jobs take in the mean, percent of what they take under the other policy. */
    double jctPercent() {
        return jct.mean() * scale;
    }

    /** Returns how much longer jobs wait in the mean, seconds. */
    double jwtSeconds() {
        return jwt.mean();
    }

    /** Returns the 95 % interval of {@link #jctPercent}; empty for one seed. */
    Optional<List<Double>> jctPercentInterval() {
        return interval(jct, scale);
    }

    /** Returns the 95 % interval of {@link #jwtSeconds}; empty for one seed. */
    Optional<List<Double>> jwtSecondsInterval() {
        return interval(jwt, 1);
    }

    private static Optional<List<Double>> interval(Estimate difference, double scale) {
        return difference.seeds() == 1 ? Optional.empty()
                : Optional.of(List.of((difference.mean() - difference.halfWidth()) * scale,
                        (difference.mean() + difference.halfWidth()) * scale));
    }
}
