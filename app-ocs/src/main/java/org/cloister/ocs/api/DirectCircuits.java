package org.cloister.ocs.api;

import org.cloister.ocs.api.CircuitRefusedException.Reason;
import org.cloister.ocs.api.OpticalView.CircuitView;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Circuits that an administrator asks for by hand, one at a time: each is the demand of an owner of its own, {@code
 * admin:SWITCH:ONE:OTHER}. HTTP and the shell offer the same, so that one can end what the other began.
 */
public final class DirectCircuits {

    private final CircuitService circuits;

    /** Asks a service. */
    public DirectCircuits(CircuitService circuits) {
        this.circuits = Objects.requireNonNull(circuits, "circuits is null");
    }

    /** Returns in whose name a circuit is asked for by hand. */
    public static String owner(OpticalCircuit circuit) {
        return "admin:" + circuit.opticalSwitch() + ":" + circuit.one() + ":" + circuit.other();
    }

    /** Returns the circuits that are there or wanted by anybody, sorted by switch and ports. */
    public List<SeenCircuit> seen() {
        Map<String, DemandStatus> demands = circuits.demands();
        return circuits.view().circuits().stream().map(each -> SeenCircuit.of(each,
                Optional.ofNullable(demands.get(owner(each.circuit()))))).collect(Collectors.toList());
    }

    /** Returns a circuit if it is there, or wanted by anybody. */
    public Optional<SeenCircuit> seen(OpticalCircuit circuit) {
        Optional<DemandStatus> demand = demand(circuit);
        return view(circuit).map(view -> SeenCircuit.of(view, demand))
                .or(() -> demand.map(wanted -> SeenCircuit.asked(circuit, demand)));
    }

    /** Returns a circuit that was asked for, or given up, a moment ago, and that others may not have seen yet. */
    public SeenCircuit asked(OpticalCircuit circuit) {
        return seen(circuit).orElseGet(() -> SeenCircuit.asked(circuit, Optional.empty()));
    }

    /** Returns how far a circuit that was asked for by hand is. */
    public Optional<DemandStatus> demand(OpticalCircuit circuit) {
        return circuits.demand(owner(circuit));
    }

    /** Returns what making a circuit would change. Throws as {@link CircuitService#plan} does. */
    public CircuitPlan plan(OpticalCircuit circuit) {
        return circuits.plan(owner(circuit), Set.of(circuit));
    }

    /**
     * Asks for a circuit; kept before this returns. Throws as {@link CircuitService#demand} does.
     *
     * @return completes once the circuit is ESTABLISHED, or this attempt FAILED; not by itself otherwise, so give it a
     *         deadline and cancel it then
     */
    public CompletableFuture<DemandStatus> connect(OpticalCircuit circuit) {
        // what an earlier attempt came to may still be there for a moment
        Optional<DemandStatus> before = demand(circuit).filter(each -> each.phase() == DemandPhase.FAILED);
        circuits.demand(owner(circuit), Set.of(circuit));
        return when(() -> demand(circuit).filter(now -> now.phase() == DemandPhase.ESTABLISHED
                || now.phase() == DemandPhase.FAILED && !Optional.of(now).equals(before)));
    }

    /**
     * Has a circuit removed, whether it was asked for by hand or is idle. One that somebody else made and that was asked
     * for by hand stays, and is no longer asked for.
     *
     * @return completes once it is gone, or no longer asked for, as {@link #connect}; empty if there is no such circuit
     * @throws CircuitRefusedException {@link Reason#HELD} if others want it, {@link Reason#FOREIGN} if somebody else
     *         made it and it was not asked for by hand
     */
    public Optional<CompletableFuture<Boolean>> disconnect(OpticalCircuit circuit) {
        Optional<CircuitView> seen = view(circuit);
        boolean wanted = demand(circuit).isPresent();
        if (seen.isEmpty() && !wanted) {
            return Optional.empty();
        }
        if (wanted && seen.filter(CircuitView::foreign).isPresent()) {
            circuits.release(owner(circuit));
            return Optional.of(when(() -> demand(circuit).isEmpty() ? Optional.of(true) : Optional.empty()));
        }
        seen.ifPresent(DirectCircuits::checkRemovable);
        circuits.disconnect(owner(circuit), Set.of(circuit));
        return Optional.of(when(() -> seen(circuit).isEmpty() ? Optional.of(true) : Optional.empty()));
    }

    private Optional<CircuitView> view(OpticalCircuit circuit) {
        return circuits.view().circuits().stream().filter(each -> each.circuit().equals(circuit)).findFirst();
    }

    private static void checkRemovable(CircuitView seen) {
        if (seen.foreign()) {
            throw new CircuitRefusedException(Reason.FOREIGN, "circuit " + seen.circuit()
                    + " was made by somebody else, and is never touched");
        }
        SortedSet<String> others = new TreeSet<>(seen.owners());
        others.remove(owner(seen.circuit()));
        if (!others.isEmpty()) {
            throw new CircuitRefusedException(Reason.HELD, "circuit " + seen.circuit() + " is in use by "
                    + String.join(", ", others));
        }
    }

    /** Looks now and after every change; the service holds the listener as long as somebody waits. */
    private <T> CompletableFuture<T> when(Supplier<Optional<T>> wanted) {
        CompletableFuture<T> found = new CompletableFuture<>();
        Runnable look = () -> {
            try {
                wanted.get().ifPresent(found::complete);
            } catch (RuntimeException e) {
                found.completeExceptionally(e);
            }
        };
        circuits.addListener(look);
        found.whenComplete((value, error) -> circuits.removeListener(look));
        look.run();
        return found;
    }
}
