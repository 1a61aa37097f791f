package org.cloister.ocs.cli;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.CommandException;
import org.cloister.ocs.api.DirectCircuits;
import org.cloister.ocs.api.OpticalCircuit;
import org.cloister.ocs.api.SeenCircuit;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Has a circuit removed, as {@code DELETE /circuits/SWITCH/PORT/PEER} does. */
@Service
@Command(scope = "cloister", name = "circuit-disconnect",
        description = "Has a circuit removed that no slice uses and that nobody else made")
public class CircuitDisconnectCommand extends OneCircuitCommand {

    private boolean gone;

    @Override
    String text(DirectCircuits circuits, OpticalCircuit circuit) throws CommandException {
        Optional<CompletableFuture<Boolean>> end = circuits.disconnect(circuit);
        gone = awaited(end.orElseThrow(() -> new CommandException("There is no circuit " + circuit
                + "; cloister:circuits lists those that are there"))).isPresent();
        if (!gone) {
            return outputJson() ? json(circuits.asked(circuit)) : circuit + " is being removed";
        }
        if (outputJson()) {
            return "";
        }
        return circuit + (circuits.seen(circuit).filter(SeenCircuit::foreign).isPresent()
                ? " is no longer asked for; it stays, as somebody else made it" : " is gone");
    }

    @Override
    void check() throws CommandException {
        if (!gone && wait > 0) {
            throw new CommandException("it is not gone after " + wait + " s; it goes on, see cloister:circuits");
        }
    }
}
