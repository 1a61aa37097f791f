package org.cloister.isolation.allocation.planning;

import org.cloister.isolation.allocation.spines.SpinePlan;
import org.cloister.isolation.api.Problem;

import java.util.function.Function;

/** Spines for a request, or why there are none. */
final class SpineOutcome {

    private final SpinePlan plan;
    private final Problem problem;

    private SpineOutcome(SpinePlan plan, Problem problem) {
        this.plan = plan;
        this.problem = problem;
    }

    static SpineOutcome found(SpinePlan plan) {
        return new SpineOutcome(plan, null);
    }

    static SpineOutcome refused(Problem problem) {
        return new SpineOutcome(null, problem);
    }

    /** Returns what the matching function makes of the outcome. */
    <T> T fold(Function<SpinePlan, T> ifFound, Function<Problem, T> ifRefused) {
        return plan != null ? ifFound.apply(plan) : ifRefused.apply(problem);
    }
}
