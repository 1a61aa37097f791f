package org.cloister.rest;

import org.cloister.isolation.api.Slice;
import org.cloister.ocs.api.DirectCircuits;
import org.cloister.ocs.api.ImmutableSeenCircuit;
import org.cloister.ocs.api.OpticalCircuit;
import org.cloister.ocs.api.SeenCircuit;

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

    private final DirectCircuits circuits;
    private final boolean everything;
    private final Set<String> visible;

    /**
     * Shows circuits to a caller.
     *
     * @param slices all slices; asked for only if some of them may not exist for the caller
     */
    VisibleCircuits(DirectCircuits circuits, Supplier<? extends Collection<Slice>> slices, Caller caller) {
        this.circuits = circuits;
        everything = caller.seesAll();
        visible = everything ? Set.of() : slices.get().stream().filter(caller::sees)
                .map(slice -> SLICE + slice.id()).collect(Collectors.toSet());
    }

    /** Returns what is seen of all circuits. */
    List<SeenCircuit> all() {
        return circuits.seen().stream().map(this::visible).collect(Collectors.toList());
    }

    /** Returns what is seen of a circuit; empty if it is neither there nor wanted. */
    Optional<SeenCircuit> of(OpticalCircuit circuit) {
        return circuits.seen(circuit).map(this::visible);
    }

    private SeenCircuit visible(SeenCircuit circuit) {
        return everything ? circuit : ((ImmutableSeenCircuit) circuit)
                .withOwners(circuit.owners().stream().filter(owner -> !owner.startsWith(SLICE)
                        || visible.contains(owner)).collect(Collectors.toList()))
                .withDemand(Optional.empty());
    }
}
