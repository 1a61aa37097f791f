package org.cloister.benchmarks.replay;

import org.cloister.benchmarks.replay.schedule.Course;
import org.cloister.benchmarks.replay.schedule.Simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** Replays traces: one row for each policy and load. */
public final class Replay {

    private Replay() {
    }

    /**
     * Replays the trace of each seed.
     *
     * @throws IllegalArgumentException if a policy cannot be replayed on the fabric, or nothing is left to measure
     */
    public static List<ReplayRow> run(ReplayFabric fabric, TraceSource traces, ReplaySettings settings,
                                      ProgressListener listener) {
        return run(fabric, traces, settings, listener, rows -> { });
    }

    /**
     * Replays the trace of each seed.
     *
     * @param soFar is given the rows that there are, after each
     * @throws IllegalArgumentException if a policy cannot be replayed on the fabric, or nothing is left to measure
     */
    public static List<ReplayRow> run(ReplayFabric fabric, TraceSource traces, ReplaySettings settings,
                                      ProgressListener listener, Consumer<List<ReplayRow>> soFar) {
        List<ReplayRow> rows = new ArrayList<>();
        for (Policy policy : settings.policies()) {
            for (double load : settings.loads()) {
                List<Course> courses = new ArrayList<>();
                for (long seed : settings.seeds()) {
                    Trace trace = traces.trace(seed);
                    int jobs = trace.jobs().size();
                    courses.add(Simulation.run(fabric, trace, policy, load, seed, settings,
                            finished -> listener.progressed(policy, load, seed, finished, jobs)));
                    listener.progressed(policy, load, seed, jobs, jobs);
                }
                rows.add(row(policy, load, courses));
                soFar.accept(List.copyOf(rows));
            }
        }
        return rows;
    }

    private static ReplayRow row(Policy policy, double load, List<Course> courses) {
        return ReplayRow.builder().policy(policy).load(load).seeds(courses.size())
                .jctMeanSeconds(estimate(courses, Course::jctMean))
                .jctP99Seconds(estimate(courses, Course::jctP99))
                .jwtMeanSeconds(estimate(courses, Course::jwtMean))
                .jrtMeanSeconds(estimate(courses, Course::jrtMean))
                .utilisation(estimate(courses, Course::utilisation))
                .fragmentation(estimate(courses, Course::fragmentation))
                .demandInWindow(estimate(courses, Course::demandInWindow))
                .unprovenRefusals(courses.stream().mapToInt(Course::unprovenRefusals).sum())
                .measured(courses.stream().mapToInt(Course::measured).sum())
                .censored(courses.stream().mapToInt(Course::censored).sum())
                .build();
    }

    private static Estimate estimate(List<Course> courses, ToDoubleFunction<Course> figure) {
        return Estimate.of(courses.stream().mapToDouble(figure).toArray());
    }
}
