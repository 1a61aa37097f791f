package org.cloister.benchmarks.replay.cli;

import org.cloister.benchmarks.replay.ReplayFabric;
import org.cloister.benchmarks.replay.Trace;
import org.cloister.benchmarks.replay.TraceSource;
import org.cloister.benchmarks.replay.files.BadFileException;
import org.cloister.benchmarks.replay.files.TraceFile;
import org.cloister.benchmarks.replay.workload.Workloads;

import java.nio.file.Path;
import java.util.List;

/** The jobs of a file, or those that a description has generated. */
final class TraceInput {

    private final TraceSource source;
    private final List<String> notes;

    private TraceInput(TraceSource source, List<String> notes) {
        this.source = source;
        this.notes = notes;
    }

    /** Reads a file, unless the text begins with {@link Workloads#PREFIX}; jobs: how many at most, null for all. */
    static TraceInput read(String text, ReplayFabric fabric, boolean dropLarger, Integer jobs)
            throws BadFileException {
        int hosts = fabric.leaves() * fabric.hostsPerLeaf();
        if (isGenerated(text)) {
            return new TraceInput(first(Workloads.of(text, hosts), jobs), List.of());
        }
        TraceFile file = TraceFile.read(Path.of(text), hosts, dropLarger);
        return new TraceInput(first(TraceSource.of(file.trace()), jobs), file.notes());
    }

    /** Returns whether a text describes jobs to generate; else it names a file. */
    static boolean isGenerated(String text) {
        return text.startsWith(Workloads.PREFIX);
    }

    /** Returns what files about such a trace are called after. */
    static String name(String text) {
        return isGenerated(text) ? text.substring(Workloads.PREFIX.length()) : TraceFile.name(Path.of(text));
    }

    TraceSource source() {
        return source;
    }

    List<String> notes() {
        return notes;
    }

    private static TraceSource first(TraceSource source, Integer jobs) {
        if (jobs == null) {
            return source;
        }
        return seed -> {
            Trace all = source.trace(seed);
            return Trace.builder().name(all.name())
                    .jobs(all.jobs().subList(0, Math.min(jobs, all.jobs().size()))).build();
        };
    }
}
