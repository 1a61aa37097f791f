package org.cloister.benchmarks.replay.report;

import org.cloister.benchmarks.replay.Estimate;
import org.cloister.benchmarks.replay.ReplayFabric;
import org.cloister.benchmarks.replay.ReplayRow;
import org.cloister.benchmarks.replay.ReplaySettings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a report holds: rows, what was replayed and how, comparisons, and what others have published. */
public final class ReplayFigures {

    private ReplayFigures() {
    }

    /** Returns all of it, ready to be written as JSON. */
    public static Map<String, Object> of(Outcome outcome) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("synthetic", outcome.trace().isSynthetic());
        figures.put("published", Published.figures());
        figures.put("fabric", fabric(outcome.fabric()));
        Map<String, Object> trace = new LinkedHashMap<>();
        trace.put("name", outcome.trace().name());
        trace.put("jobs", outcome.trace().jobs().size());
        figures.put("trace", trace);
        figures.put("settings", settings(outcome.settings()));
        figures.put("comparisons", Comparison.of(outcome).stream().map(Comparison::figures)
                .collect(Collectors.toList()));
        figures.put("rows", outcome.rows().stream().map(row -> row(outcome, row)).collect(Collectors.toList()));
        return figures;
    }

    private static Map<String, Object> row(Outcome outcome, ReplayRow row) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("policy", row.policy().text());
        values.put("load", row.load());
        values.put("seeds", row.seeds());
        for (Figure figure : Figure.values()) {
            values.put(figure.field(), figure.of(row).mean());
        }
        outcome.percentOverIdeal(row).ifPresent(percent -> values.put("jctOverIdealPercent", percent));
        values.put("measured", row.measured());
        values.put("censored", row.censored());
        values.put("demandInWindow", row.demandInWindow().mean());
        values.put("unprovenRefusals", row.unprovenRefusals());
        if (row.seeds() > 1) {
            values.put("intervals95", intervals(row));
        }
        return values;
    }

    private static Map<String, Object> intervals(ReplayRow row) {
        Map<String, Object> intervals = new LinkedHashMap<>();
        for (Figure figure : Figure.values()) {
            Estimate estimate = figure.of(row);
            intervals.put(figure.field(), List.of(estimate.mean() - estimate.halfWidth(),
                    estimate.mean() + estimate.halfWidth()));
        }
        return intervals;
    }

    private static Map<String, Object> fabric(ReplayFabric fabric) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", fabric.name());
        values.put("leaves", fabric.leaves());
        values.put("hostsPerLeaf", fabric.hostsPerLeaf());
        values.put("spines", fabric.spines());
        values.put("linkBitsPerSecond", fabric.linkBitsPerSecond());
        values.put("hostsPerNode", fabric.hostsPerNode());
        values.put("nodeBitsPerSecond", fabric.nodeBitsPerSecond());
        fabric.optics().ifPresent(optics -> {
            Map<String, Object> ocs = new LinkedHashMap<>();
            ocs.put("switches", optics.switches());
            ocs.put("spinePortsPerSwitch", optics.spinePortsPerSwitch());
            ocs.put("moveSeconds", optics.moveSeconds());
            values.put("ocs", ocs);
        });
        return values;
    }

    private static Map<String, Object> settings(ReplaySettings settings) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("jobModel", settings.jobModel().text());
        values.put("queue", settings.discipline().text());
        values.put("seeds", settings.seeds());
        values.put("warmUp", settings.warmUp());
        values.put("tail", settings.tail());
        values.put("exact", settings.exact());
        settings.circuitSeconds().ifPresent(seconds -> values.put("circuitSeconds", seconds));
        return values;
    }
}
