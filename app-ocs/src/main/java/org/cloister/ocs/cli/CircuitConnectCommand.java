package org.cloister.ocs.cli;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.cloister.ocs.api.DemandPhase;
import org.cloister.ocs.api.DemandStatus;
import org.cloister.ocs.api.DirectCircuits;
import org.cloister.ocs.api.OpticalCircuit;
import org.cloister.ocs.api.SeenCircuit;
import org.cloister.ocs.api.SeenPlan;

import java.util.List;
import java.util.Optional;

/** Has a circuit made, as {@code PUT /circuits/SWITCH/PORT/PEER} does. */
@Service
@Command(scope = "cloister", name = "circuit-connect",
        description = "Has two ports of an optical switch joined; idle circuits at them give way")
public class CircuitConnectCommand extends OneCircuitCommand {

    @Option(name = "--dry-run", description = "Show what would be changed, and change nothing")
    boolean dryRun;

    private Optional<DemandStatus> outcome = Optional.empty();

    @Override
    String text(DirectCircuits circuits, OpticalCircuit circuit) throws CommandException {
        if (dryRun) {
            SeenPlan plan = SeenPlan.of(circuits.plan(circuit));
            return outputJson() ? json(plan) : CircuitsReport.of(plan);
        }
        outcome = awaited(circuits.connect(circuit));
        SeenCircuit seen = circuits.asked(circuit);
        return outputJson() ? json(seen) : CircuitsReport.of(List.of(seen));
    }

    @Override
    void check() throws CommandException {
        if (dryRun || outcome.isEmpty() && wait == 0) {
            return;
        }
        DemandStatus demand = outcome.orElseThrow(() -> new CommandException("it is not there after " + wait
                + " s; it goes on, see cloister:circuits"));
        if (demand.phase() == DemandPhase.FAILED) {
            throw new CommandException("it could not be made, and what was changed is undone: "
                    + demand.reason().orElse("no reason is known"));
        }
    }
}
