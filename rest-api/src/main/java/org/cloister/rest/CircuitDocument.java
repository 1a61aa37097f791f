package org.cloister.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.cloister.ocs.api.DemandPhase;
import org.immutables.value.Value;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A circuit as a caller sees it. */
@Value.Immutable
@JsonSerialize(as = ImmutableCircuitDocument.class)
@JsonPropertyOrder({"switch", "ports", "ends", "state", "reason", "name", "foreign", "inUse", "owners", "demand"})
interface CircuitDocument {

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

    /** Who wants it, without slices that do not exist for the caller. */
    List<String> owners();

    /** How far it is, if it was asked for by hand and the caller may see everything. */
    Optional<Demanded> demand();

    /** What a circuit can be: the words of {@code OpticalView.CircuitView}. */
    enum State { PLANNED, PENDING, CONNECTED, PENDING_DELETION, FAILED, INVALID, UNKNOWN }

    /** How far a circuit is that was asked for by hand. */
    @Value.Immutable
    @JsonSerialize(as = ImmutableDemanded.class)
    @JsonPropertyOrder({"phase", "since", "deadline", "reason", "phaseMillis"})
    interface Demanded {

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
    }
}
