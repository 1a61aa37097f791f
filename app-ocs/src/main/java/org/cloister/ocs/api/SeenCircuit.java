package org.cloister.ocs.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.cloister.ocs.api.OpticalView.CircuitView;
import org.immutables.value.Value;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A circuit as people see it, by HTTP and in the shell: {@code {"switch":"ocs-1","ports":["1","5"],...}}. */
@Value.Immutable
@JsonSerialize(as = ImmutableSeenCircuit.class)
@JsonDeserialize(as = ImmutableSeenCircuit.class)
@JsonPropertyOrder({"switch", "ports", "ends", "state", "reason", "name", "foreign", "inUse", "owners", "demand"})
public interface SeenCircuit {

    /** The optical switch. */
    @JsonProperty("switch")
    String opticalSwitch();

    /** The two ports, sorted. */
    List<String> ports();

    /** The fabric ports that it joins, where fibres are configured at both. */
    List<String> ends();

    /** How it fares. */
    State state();

    /** Why. */
    Optional<String> reason();

    /** Its name on the switch. */
    Optional<String> name();

    /** Whether somebody else made it. */
    boolean foreign();

    /** Whether anybody wants it; the same for everybody. */
    boolean inUse();

    /** Who wants it; over HTTP without slices that do not exist for the caller. */
    List<String> owners();

    /** How far it is, if it was asked for by hand; over HTTP for those alone who may see everything. */
    Optional<Demanded> demand();

    /**
     * Returns how a circuit is seen.
     *
     * @param demand how far it is, if it was asked for by hand
     */
    static SeenCircuit of(CircuitView view, Optional<DemandStatus> demand) {
        return ImmutableSeenCircuit.builder().opticalSwitch(view.circuit().opticalSwitch())
                .addPorts(view.circuit().one(), view.circuit().other()).ends(view.ends())
                .state(State.valueOf(view.state())).reason(view.reason()).name(view.name())
                .foreign(view.foreign()).inUse(!view.owners().isEmpty()).owners(view.owners())
                .demand(demand.map(Demanded::of)).build();
    }

    /** Returns a circuit that was asked for by hand and that nobody has seen yet. */
    static SeenCircuit asked(OpticalCircuit circuit, Optional<DemandStatus> demand) {
        return of(CircuitView.builder().circuit(circuit).state(State.PLANNED.name()).foreign(false)
                .addOwners(DirectCircuits.owner(circuit)).build(), demand);
    }

    /** What a circuit can be: the words of {@link CircuitView#state()}. */
    enum State {
        /** Wanted, and not there. */
        PLANNED,
        /** Being made. */
        PENDING,
        /** Light passes. */
        CONNECTED,
        /** Being removed. */
        PENDING_DELETION,
        /** Valid, but broken. */
        FAILED,
        /** Found to be impossible. */
        INVALID,
        /** The switch does not tell. */
        UNKNOWN
    }

    /** How far a circuit is that was asked for by hand. */
    @Value.Immutable
    @JsonSerialize(as = ImmutableDemanded.class)
    @JsonDeserialize(as = ImmutableDemanded.class)
    @JsonPropertyOrder({"phase", "since", "deadline", "reason", "phaseMillis"})
    interface Demanded {

        /** The phases of a move as they follow each other. */
        List<String> PHASES = List.of("draining", "preparing", "setting", "tuning", "verifying", "discovering");

        /** How far it is. */
        DemandPhase phase();

        /** Since when. */
        Instant since();

        /** When the phase is given up. */
        Optional<Instant> deadline();

        /** Why it is FAILED or BROKEN. */
        Optional<String> reason();

        /** How long each phase of the last move took. */
        Map<String, Long> phaseMillis();

        /** Returns how far a demand is. */
        static Demanded of(DemandStatus demand) {
            return ImmutableDemanded.builder().phase(demand.phase()).since(demand.since())
                    .deadline(demand.deadline()).reason(demand.reason()).phaseMillis(inOrder(demand.phaseMillis()))
                    .build();
        }

        private static Map<String, Long> inOrder(Map<String, Long> phaseMillis) {
            Map<String, Long> sorted = new TreeMap<>(Comparator.<String>comparingInt(PHASES::indexOf)
                    .thenComparing(Comparator.naturalOrder()));
            sorted.putAll(phaseMillis);
            return sorted;
        }
    }
}
