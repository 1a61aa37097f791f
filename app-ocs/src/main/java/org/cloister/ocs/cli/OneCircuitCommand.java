package org.cloister.ocs.cli;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.CommandException;
import org.cloister.ocs.api.CircuitService;
import org.cloister.ocs.api.DirectCircuits;
import org.cloister.ocs.api.OpticalCircuit;
import org.cloister.shell.Seconds;
import org.cloister.shell.Trailing;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A command about one circuit. */
abstract class OneCircuitCommand extends OpticalCommand {

    private static final int LONGEST_WAIT = 600;

    @Argument(index = 0, name = "switch", description = "An optical switch", required = true)
    @Completion(OpticalSwitchCompleter.class)
    String opticalSwitch;

    @Argument(index = 1, name = "port", description = "A port of it", required = true)
    @Completion(OpticalPortCompleter.class)
    String port;

    @Argument(index = 2, name = "peer", description = "The port to join it with", required = true)
    @Completion(OpticalPortCompleter.class)
    String peer;

    @Argument(index = 3, name = "options", description = "Options may stand before the names or behind them",
            multiValued = true)
    List<String> more = List.of();

    @Option(name = "--wait", description = "Seconds to wait until it is done, 0 to 600")
    int wait = 60;

    @Override
    final String text(CircuitService circuits) throws CommandException {
        Trailing.apply(this, more);
        Seconds.within(wait, LONGEST_WAIT);
        if (port.equals(peer)) {
            throw new CommandException("a circuit joins two ports; both are '" + port + "'");
        }
        return text(new DirectCircuits(circuits), OpticalCircuit.of(opticalSwitch, port, peer));
    }

    /** Returns what to print of the circuit. */
    abstract String text(DirectCircuits circuits, OpticalCircuit circuit) throws CommandException;

    /** Returns what a future brings within the time to wait; empty if it brings nothing. */
    final <T> Optional<T> awaited(Future<T> end) throws CommandException {
        try {
            return Optional.of(end.get(wait, TimeUnit.SECONDS));
        } catch (TimeoutException e) {
            end.cancel(false);
            return Optional.empty();
        } catch (InterruptedException e) {
            end.cancel(false);
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted; it goes on", e);
        } catch (ExecutionException e) {
            throw new CommandException(e.getCause().toString(), e.getCause());
        }
    }
}
