package org.cloister.isolation.api;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A slice as its owner sees it: what was asked, where it stands, what it got. */
@Value.Immutable
@JsonSerialize(as = ImmutableSlice.class)
@JsonDeserialize(as = ImmutableSlice.class)
@JsonPropertyOrder({"id", "owner", "generation", "observedGeneration", "state", "stateSince", "stateDeadline",
    "conditions", "spec", "allocation", "phaseMillis", "lease", "environment"})
public interface Slice {

    /** Its name. */
    SliceId id();

    /** The principal that made it. */
    String owner();

    /** Counts the specifications, from 1. */
    long generation();

    /** The generation that the switches were last seen to carry out; 0 before the first. */
    long observedGeneration();

    /** Where it is in its life. */
    SliceState state();

    /** Since when. */
    Instant stateSince();

    /** When a transient state is given up; empty for a state that lasts. */
    Optional<Instant> stateDeadline();

    /** What an administrator should know. */
    List<Condition> conditions();

    /** What was asked, defaults filled in. */
    SliceSpec spec();

    /** What it got; empty before that is decided and after it was given back. */
    Optional<Allocation> allocation();

    /**
     * How long each phase took, in milliseconds: {@code allocating}, {@code switching}, {@code installing}. Of light
     * that was moved {@code switching} is the whole, and {@code draining}, {@code preparing}, {@code setting},
     * {@code tuning}, {@code verifying} and {@code discovering} are its parts.
     */
    Map<String, Long> phaseMillis();

    /** Its lease, when it has one. */
    Optional<Lease> lease();

    /** Variables for the job. */
    Map<String, String> environment();

    /** Returns a builder. */
    static ImmutableSlice.Builder builder() {
        return ImmutableSlice.builder();
    }
}
