package org.cloister.isolation.control;

import org.cloister.isolation.api.FabricView.FabricProblem;
import org.cloister.isolation.control.observed.Observed;
import org.cloister.isolation.control.observed.Tags;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Switch;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with switches for every slice alike, as the leader knows it. */
final class SwitchProblems {

    private SwitchProblems() {
    }

    /** Returns the switches that do not take, or do not let go, rules that belong to no slice. */
    static List<FabricProblem> of(Fabric fabric, Observed observed, int attempts) {
        List<FabricProblem> problems = new ArrayList<>();
        for (Switch each : fabric.switches().values()) {
            observed.device(each.device()).failures().entrySet().stream()
                    .filter(failure -> Tags.of(failure.getKey()).isEmpty()
                            && failure.getValue().attempts() >= attempts)
                    .map(failure -> failure.getValue().reason()).sorted().findFirst()
                    .ifPresent(reason -> problems.add(FabricProblem.of(Conditions.RULES_REFUSED, each.name(),
                            "the rules that deny by default are not as they should be: " + reason)));
        }
        return problems;
    }
}
