package org.cloister.isolation.cli;

import org.cloister.isolation.api.Plans;

/** What a slice would get, for people. */
final class PlanReport {

    private PlanReport() {
    }

    static String of(Plans.Plan plan) {
        StringBuilder text = new StringBuilder();
        SliceReport.line(text, "To move", moves(plan.circuitsToMove()));
        SliceReport.line(text, "Free links", plan.freeLinksAfter() + " afterwards");
        plan.allocation().ifPresent(got -> SliceReport.allocation(text, got));
        return text.toString();
    }

    private static String moves(int circuits) {
        return circuits == 0 ? "no circuit"
                : circuits + (circuits == 1 ? " circuit" : " circuits") + ", made and removed";
    }
}
