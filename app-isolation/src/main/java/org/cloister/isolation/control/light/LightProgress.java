package org.cloister.isolation.control.light;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedCircuit;
import org.cloister.isolation.api.ImmutableAllocatedCircuit;
import org.cloister.isolation.api.ImmutableAllocation;
import org.cloister.isolation.control.environment.CircuitDemand;
import org.cloister.isolation.control.environment.CircuitDemand.Phase;
import org.cloister.isolation.control.observed.SeenDemands;
import org.cloister.isolation.control.plan.Conditions;
import org.cloister.isolation.control.plan.Pass;
import org.cloister.isolation.control.plan.Trouble;
import org.cloister.isolation.fabric.Circuit;
import org.cloister.isolation.fabric.Link;
import org.cloister.isolation.store.StoredSlice;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How far the light under one of a slice's allocations is. Of circuits that others made their links alone count. */
public final class LightProgress {

    /** How much older than demands the fabric may be: how long its changes are collected, with room. */
    private static final Duration SIGHT = Duration.ofMillis(200);

    private final Pass pass;
    private final Allocation allocation;
    private final SortedSet<Circuit> needed;
    private final Optional<CircuitDemand> demand;
    private final Optional<SeenDemands.Refusal> refusal;

    /** Looks at the light under one of a slice's allocations. */
    public LightProgress(Pass pass, StoredSlice slice, Allocation allocation) {
        this.pass = pass;
        this.allocation = allocation;
        this.needed = Demanding.circuits(pass.fabric(), allocation);
        SortedSet<Circuit> wanted = needed.isEmpty() ? new TreeSet<>() : Demanding.wanted(pass, slice);
        this.demand = pass.observed().circuits().of(slice.id()).filter(found -> found.circuits().equals(wanted));
        this.refusal = pass.observed().circuits().refusal(slice.id(), wanted);
    }

    /** Returns whether an allocation has circuits that are to be made. */
    public static boolean isPlanned(Allocation allocation) {
        return allocation.circuits().stream().anyMatch(circuit -> circuit.state().equals(AllocatedCircuit.PLANNED));
    }

    /** Returns an allocation whose circuits are made. */
    public static Allocation made(Allocation allocation) {
        return ImmutableAllocation.copyOf(allocation).withDisplacedCircuits(List.of()).withCircuits(
                allocation.circuits().stream().map(circuit -> ImmutableAllocatedCircuit.copyOf(circuit)
                        .withState(AllocatedCircuit.CONNECTED)).collect(Collectors.toList()));
    }

    /**
     * Returns whether rules may use the links: light was looked at from one end to the other, and discovery has found
     * each link where it should be.
     */
    public boolean isVerified() {
        return isHeld() && (needed.isEmpty() || demand.filter(this::isEstablished).isPresent());
    }

    /** What else is wrong with a demand need not be with these. */
    private boolean isEstablished(CircuitDemand found) {
        return found.phase() == Phase.ESTABLISHED || found.phase() == Phase.BROKEN
                && found.troubles().keySet().stream().noneMatch(needed::contains);
    }

    /**
     * Returns whether links that were there when they were given out still are, and nobody else can have their light.
     * Where nobody makes circuits nobody takes them away either.
     */
    public boolean isHeld() {
        return needed.isEmpty() && allocation.circuits().isEmpty()
                || absent().isEmpty() && (needed.isEmpty() || !pass.observed().circuits().present()
                        || demand.isPresent());
    }

    private List<String> absent() {
        return allocation.links().stream().map(link -> Link.of(link.from(), link.to()))
                .filter(link -> !pass.fabric().links().contains(link)).map(Link::toString).collect(Collectors.toList());
    }

    /** Returns why other light has to be found; empty as long as this may still be made. */
    public Optional<Trouble> failure() {
        return refusal.filter(refused -> !refused.passing()).map(refused -> failed(refused.failure().reason()))
                .or(() -> demand.filter(found -> found.phase() == Phase.FAILED || found.phase() == Phase.BROKEN
                        && !isEstablished(found)).map(found -> failed(cause(found))));
    }

    private static Trouble failed(String why) {
        return new Trouble(Conditions.CIRCUITS_FAILED, "light could not be moved: " + why);
    }

    private static String cause(CircuitDemand found) {
        return found.reason().orElseGet(() -> found.troubles().isEmpty() ? found.step() : found.troubles().entrySet()
                .stream().map(each -> each.getKey() + ": " + each.getValue()).collect(Collectors.joining("; ")));
    }

    /** Returns what is waited for. */
    public Trouble missing() {
        if (!pass.observed().circuits().present()) {
            return new Trouble(Conditions.CIRCUITS_MISSING, "nobody moves light: the circuit service is not there");
        }
        if (refusal.isPresent()) {
            return new Trouble(Conditions.CIRCUITS_MISSING, refusal.get().failure().reason());
        }
        if (demand.filter(this::isEstablished).isPresent()) {
            return new Trouble(Conditions.LINK_ABSENT, "light was moved, but not there: "
                    + String.join(", ", absent()));
        }
        return new Trouble(Conditions.CIRCUITS_MISSING, "light was not moved in time: " + needed + " "
                + demand.map(found -> found.step() + found.reason().map(why -> ", " + why).orElse(""))
                .orElse("not asked for"));
    }

    /** Returns from when on the fabric, which is looked at apart from demands, shows what has failed. */
    public Optional<Instant> settled() {
        return refusal.map(refused -> refused.failure().last()).or(() -> demand.flatMap(CircuitDemand::since))
                .map(since -> since.plus(SIGHT));
    }

    /** Returns what has failed, with the causes. */
    SortedMap<Circuit, String> troubles() {
        return demand.map(CircuitDemand::troubles).orElse(Collections.emptySortedMap());
    }

    /** Returns how long each phase of the move took. */
    public Map<String, Long> phaseMillis() {
        return demand.map(CircuitDemand::phaseMillis).orElse(Map.of());
    }
}
