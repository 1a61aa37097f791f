package org.cloister.ocs.cli;

import org.cloister.ocs.api.DemandPhase;
import org.cloister.ocs.api.SeenCircuit;
import org.cloister.ocs.api.SeenPlan;
import org.cloister.shell.Tables;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Circuits for people. */
final class CircuitsReport {

    private CircuitsReport() {
    }

    /** Returns circuits, one a line. */
    static String of(List<SeenCircuit> circuits) {
        return Tables.of(List.of("Switch", "Ports", "Joins", "State", "In use by", "Reason"),
                circuits.stream().map(each -> List.<Object>of(each.opticalSwitch(), String.join(" to ", each.ports()),
                        each.ends().isEmpty() ? "-" : String.join(" to ", each.ends()), each.state(), users(each),
                        reason(each))).collect(Collectors.toList()));
    }

    /** Returns what would be changed, one circuit a line. */
    static String of(SeenPlan plan) {
        List<List<Object>> rows = new ArrayList<>();
        add(rows, "remove", plan.removes());
        add(rows, "make", plan.makes());
        add(rows, "keep", plan.keeps());
        return Tables.of(List.of("Change", "Switch", "Ports"), rows);
    }

    private static void add(List<List<Object>> rows, String change, List<SeenPlan.Joined> circuits) {
        circuits.forEach(each -> rows.add(List.of(change, each.opticalSwitch(), String.join(" to ", each.ports()))));
    }

    private static String users(SeenCircuit circuit) {
        List<String> users = new ArrayList<>(circuit.owners());
        if (circuit.foreign()) {
            users.add("(somebody else made it)");
        }
        return users.isEmpty() ? "-" : String.join(" ", users);
    }

    private static String reason(SeenCircuit circuit) {
        return circuit.demand().filter(demand -> demand.phase() != DemandPhase.ESTABLISHED)
                .map(demand -> demand.phase() + demand.reason().map(why -> ": " + why).orElse(""))
                .or(circuit::reason).orElse("-");
    }
}
