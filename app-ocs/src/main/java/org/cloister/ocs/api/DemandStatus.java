package org.cloister.ocs.api;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/** What an owner wants, and how far it is. */
@Value.Immutable
@JsonSerialize(as = ImmutableDemandStatus.class)
@JsonDeserialize(as = ImmutableDemandStatus.class)
public interface DemandStatus {

    /** Who wants it, for instance {@code slice:slurma-4711}. */
    String owner();

    /** What is wanted: the circuits of the last demand. */
    @Value.NaturalOrder
    SortedSet<OpticalCircuit> circuits();

    /** How far it is. */
    DemandPhase phase();

    /** Since when. */
    Instant since();

    /** When the phase is given up; empty where nothing is waited for. */
    Optional<Instant> deadline();

    /** Circuits of the demand that are not as they should be, with the reason. */
    @Value.NaturalOrder
    SortedMap<OpticalCircuit, String> troubles();

    /** Why it is FAILED or BROKEN, in words that name switch and port. */
    Optional<String> reason();

    /** How long each phase of the last move took: {@code draining}, {@code preparing}, {@code setting}, {@code tuning}, {@code verifying}, {@code discovering}. */
    Map<String, Long> phaseMillis();

    /** Returns a builder. */
    static ImmutableDemandStatus.Builder builder() {
        return ImmutableDemandStatus.builder();
    }
}
