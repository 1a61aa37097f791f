package org.cloister.isolation.control.observed;

import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.control.admission.Refusal;
import org.cloister.isolation.control.environment.CircuitDemand;
import org.cloister.isolation.fabric.Circuit;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** What is known of the circuits that slices demand. */
public final class SeenDemands {

    private final boolean present;
    private final SortedMap<SliceId, CircuitDemand> demands;
    private final Map<SliceId, Refusal> refusals;
    private final Map<SliceId, Instant> asked;

    private SeenDemands(boolean present, Map<SliceId, CircuitDemand> demands, Map<SliceId, Refusal> refusals,
                        Map<SliceId, Instant> asked) {
        this.present = present;
        this.demands = new TreeMap<>(demands);
        this.refusals = Map.copyOf(refusals);
        this.asked = Map.copyOf(asked);
    }

    /** Returns what is known where nobody makes circuits. */
    public static SeenDemands none() {
        return new SeenDemands(false, Map.of(), Map.of(), Map.of());
    }

    /**
     * Returns what is known of demands.
     *
     * @param refusals the last answers that said no, by slice
     * @param asked when this leader asked last, by slice
     */
    public static SeenDemands of(Map<SliceId, CircuitDemand> demands, Map<SliceId, Refusal> refusals,
                                 Map<SliceId, Instant> asked) {
        return new SeenDemands(true, demands, refusals, asked);
    }

    /** Returns whether there is anybody who makes circuits. */
    public boolean present() {
        return present;
    }

    /** All demands, by slice. */
    public SortedMap<SliceId, CircuitDemand> all() {
        return demands;
    }

    /** Returns what is demanded for a slice; empty if nothing is. */
    public Optional<CircuitDemand> of(SliceId slice) {
        return Optional.ofNullable(demands.get(slice));
    }

    /** Returns why just these circuits were refused to a slice when they were asked for last. */
    public Optional<Refusal> refusal(SliceId slice, SortedSet<Circuit> circuits) {
        return Optional.ofNullable(refusals.get(slice)).filter(refusal -> refusal.circuits.equals(circuits));
    }

    /** Returns when this leader asked for a slice's circuits last. */
    public Optional<Instant> asked(SliceId slice) {
        return Optional.ofNullable(asked.get(slice));
    }

    /** A demand that was not taken. */
    public static final class Refusal {

        private final SortedSet<Circuit> circuits;
        private final Failure failure;
        private final boolean passing;

        /** Creates the refusal of just these circuits. */
        public Refusal(SortedSet<Circuit> circuits, Failure failure, boolean passing) {
            this.circuits = circuits;
            this.failure = failure;
            this.passing = passing;
        }

        /** Returns why, how often in a row, and when to ask again. */
        public Failure failure() {
            return failure;
        }

        /** Returns whether the same may be granted a little later, though nothing else has changed. */
        public boolean passing() {
            return passing;
        }
    }
}
