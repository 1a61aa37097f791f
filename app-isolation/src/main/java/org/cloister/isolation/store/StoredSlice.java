package org.cloister.isolation.store;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Condition;
import org.cloister.isolation.api.Lease;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.api.SliceState;
import org.cloister.isolation.program.AdmitLevel;
import org.immutables.value.Value;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;

/** All that is kept of a slice. Whatever a new leader needs to carry on is here; nothing that can be observed is. */
@Value.Immutable
@JsonSerialize(as = ImmutableStoredSlice.class)
@JsonDeserialize(as = ImmutableStoredSlice.class)
public interface StoredSlice {

    /** Its name. */
    SliceId id();

    /** The principal that asked for it. */
    String owner();

    /** When it was asked for; requests are decided in this order. */
    Instant created();

    /** Counts the specifications, from 1. */
    @Value.Default
    default long generation() {
        return 1;
    }

    /** The generation that the switches were last seen to carry out; 0 before the first. */
    @Value.Default
    default long observedGeneration() {
        return 0;
    }

    /** What was asked, defaults filled in. */
    SliceSpec spec();

    /** What carries or carried its traffic; links, hosts and tag are the slice's as long as this is here. */
    Optional<Allocation> allocation();

    /** The ids of the devices that may hold rules of {@link #allocation()}; written before the first rule is sent. */
    @Value.NaturalOrder
    SortedSet<String> devices();

    /** Which of two priorities the host ports of {@link #allocation()} admit at. */
    @Value.Default
    default AdmitLevel admitLevel() {
        return AdmitLevel.FIRST;
    }

    /** The meters that are this slice's. */
    List<StoredMeter> meters();

    /** A request for another specification that the leader has not decided on. */
    Optional<Proposal> proposal();

    /** The allocation that is being brought in, in place of {@link #allocation()}. */
    Optional<Move> move();

    /** Allocations on their way out, whose rules are not gone yet: earlier ones, and all of a slice that leaves. */
    List<Retired> retired();

    /** Where it is in its life. */
    SliceState state();

    /** Since when. */
    Instant since();

    /** When a transient state is given up. */
    Optional<Instant> deadline();

    /** How often light was moved in vain for the links of {@link #allocation()}, before it was installed. */
    @Value.Default
    default int vain() {
        return 0;
    }

    /** What an administrator should know. */
    List<Condition> conditions();

    /** How long each phase took, in milliseconds. */
    Map<String, Long> phaseMillis();

    /** Its lease, when it has one. */
    Optional<Lease> lease();

    /** For how long the last renewal let it live, in seconds, where that is not what the specification says. */
    OptionalInt renewedFor();

    /** Why it was refused: the leader's answer to the node that waits for it. Such a document is about to go. */
    Optional<Problem> refusal();

    /** Returns a builder. */
    static ImmutableStoredSlice.Builder builder() {
        return ImmutableStoredSlice.builder();
    }

    /** Returns a builder that starts from a slice. */
    static ImmutableStoredSlice.Builder builder(StoredSlice slice) {
        return ImmutableStoredSlice.builder().from(slice);
    }
}
