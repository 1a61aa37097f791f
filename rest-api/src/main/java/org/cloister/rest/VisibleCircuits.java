package org.cloister.rest;

import org.cloister.isolation.api.Slice;
import org.cloister.ocs.api.DemandStatus;
import org.cloister.ocs.api.DirectCircuits;
import org.cloister.ocs.api.ImmutableCircuitView;
import org.cloister.ocs.api.OpticalCircuit;
import org.cloister.ocs.api.OpticalView.CircuitView;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Circuits without the names of slices that do not exist for a caller. Which circuits are in use stays: whoever plans
 * jobs may want to know.
 */
final class VisibleCircuits {

    private static final String SLICE = "slice:";

    private final DirectCircuits direct;
    private final boolean everything;
    private final Set<String> visible;

    /**
     * Shows circuits to a caller.
     *
     * @param slices all slices; asked for only if some of them may not exist for the caller
     */
    VisibleCircuits(DirectCircuits direct, Supplier<? extends Collection<Slice>> slices, Caller caller) {
        this.direct = direct;
        everything = caller.seesAll();
        visible = everything ? Set.of() : slices.get().stream().filter(caller::sees)
                .map(slice -> SLICE + slice.id()).collect(Collectors.toSet());
    }

    /** Returns what is seen of circuits. */
    List<CircuitDocument> of(Collection<CircuitView> circuits) {
        return circuits.stream().map(this::of).collect(Collectors.toList());
    }

    /** Returns what is seen of a circuit; empty if it is neither there nor wanted. */
    Optional<CircuitDocument> of(OpticalCircuit circuit) {
        return direct.seen(circuit).or(() -> direct.demand(circuit).map(demand -> wanted(circuit))).map(this::of);
    }

    /** Returns what is seen of a circuit that was asked for a moment ago. */
    CircuitDocument asked(OpticalCircuit circuit) {
        return of(circuit).orElseGet(() -> of(wanted(circuit)));
    }

    private static CircuitView wanted(OpticalCircuit circuit) {
        return ImmutableCircuitView.builder().circuit(circuit).state(CircuitDocument.State.PLANNED.name())
                .foreign(false).addOwners(DirectCircuits.owner(circuit)).build();
    }

    private CircuitDocument of(CircuitView view) {
        return ImmutableCircuitDocument.builder().opticalSwitch(view.circuit().opticalSwitch())
                .addPorts(view.circuit().one(), view.circuit().other()).ends(view.ends())
                .state(CircuitDocument.State.valueOf(view.state())).reason(view.reason()).name(view.name())
                .foreign(view.foreign()).inUse(!view.owners().isEmpty())
                .owners(view.owners().stream().filter(this::isShown).collect(Collectors.toList()))
                .demand(direct.demand(view.circuit()).filter(demand -> everything).map(VisibleCircuits::demanded))
                .build();
    }

    private boolean isShown(String owner) {
        return everything || !owner.startsWith(SLICE) || visible.contains(owner);
    }

    private static CircuitDocument.Demanded demanded(DemandStatus demand) {
        return ImmutableDemanded.builder().phase(demand.phase()).since(demand.since()).deadline(demand.deadline())
                .reason(demand.reason()).phaseMillis(demand.phaseMillis()).build();
    }
}
