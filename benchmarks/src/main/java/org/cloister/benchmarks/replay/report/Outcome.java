package org.cloister.benchmarks.replay.report;

import org.cloister.benchmarks.replay.Policy;
import org.cloister.benchmarks.replay.ReplayFabric;
import org.cloister.benchmarks.replay.ReplayRow;
import org.cloister.benchmarks.replay.ReplaySettings;
import org.cloister.benchmarks.replay.Trace;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What was replayed, and what came of it. */
public final class Outcome {

    /** What stands beside results whose communication is made up. */
    public static final String SYNTHETIC = "synthetic: the trace does not say what jobs communicate";

    private final ReplayFabric fabric;
    private final Trace trace;
    private final ReplaySettings settings;
    private final List<ReplayRow> rows;

    /** Takes the trace of the first seed, and the rows of all. */
    public Outcome(ReplayFabric fabric, Trace trace, ReplaySettings settings, List<ReplayRow> rows) {
        this.fabric = fabric;
        this.trace = trace;
        this.settings = settings;
        this.rows = List.copyOf(rows);
    }

    ReplayFabric fabric() {
        return fabric;
    }

    Trace trace() {
        return trace;
    }

    ReplaySettings settings() {
        return settings;
    }

    List<ReplayRow> rows() {
        return rows;
    }

    /** Returns whether everything required of policies holds, as far as there are rows to judge it by. */
    public boolean passes() {
        return Comparison.of(this).stream().allMatch(each -> each.holds().orElse(true));
    }

    /** Returns what stands above table and picture. */
    String title() {
        return trace.name() + " on " + fabric.name() + " (" + fabric.leaves() + " leaves x " + fabric.hostsPerLeaf()
                + " hosts, " + fabric.spines() + " spines), " + trace.jobs().size() + " jobs, "
                + settings.jobModel().text() + ", " + settings.discipline().text() + ", "
                + settings.seeds().size() + (settings.seeds().size() == 1 ? " seed" : " seeds");
    }

    /** Returns how much longer jobs take under a row's policy than if none slowed another, in percent. */
    OptionalDouble percentOverIdeal(ReplayRow row) {
        Optional<ReplayRow> ideal = rows.stream()
                .filter(each -> each.policy() == Policy.IDEAL && each.load() == row.load()
                && Pair.isFair(row, each)).findFirst();
        return ideal.isEmpty() ? OptionalDouble.empty()
                : OptionalDouble.of(100 * (row.jctMeanSeconds().mean() / ideal.get().jctMeanSeconds().mean() - 1));
    }
}
