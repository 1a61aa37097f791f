package org.cloister.ocs.store;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.cloister.ocs.api.DemandPhase;
import org.cloister.ocs.api.OpticalCircuit;
import org.immutables.value.Value;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/** All that is kept of a demand. Whatever a new leader needs to carry on is here; what can be observed is not. */
@Value.Immutable
@JsonSerialize(as = ImmutableStoredDemand.class)
@JsonDeserialize(as = ImmutableStoredDemand.class)
public interface StoredDemand {

    /** Who wants it. */
    String owner();

    /** What is wanted. */
    @Value.NaturalOrder
    SortedSet<OpticalCircuit> circuits();

    /** Counts what the owner said: changes of its mind, and wishes to try again. */
    long generation();

    /** When the owner last said so; of two demands for one port the earlier one gets it. */
    Instant requested();

    /** Those of the circuits that were established for this owner: nobody may take them, whatever became of the rest. */
    @Value.NaturalOrder
    SortedSet<OpticalCircuit> established();

    /** How far it is. */
    DemandPhase phase();

    /** Since when. */
    Instant since();

    /** Why it is FAILED or BROKEN. */
    Optional<String> reason();

    /** Circuits that are not as they should be. */
    List<StoredTrouble> troubles();

    /** How long each phase of the last move took, in milliseconds. */
    Map<String, Long> phaseMillis();

    /** What is being done for it. */
    Optional<StoredMove> move();

    /** How it ends; empty as long as the owner wants it. */
    Optional<Ending> ending();

    /** How often in a row lost circuits were made again in vain. */
    @Value.Default
    default int repairs() {
        return 0;
    }

    /** When they may be tried again. */
    Optional<Instant> nextRepair();

    /** Returns a builder. */
    static ImmutableStoredDemand.Builder builder() {
        return ImmutableStoredDemand.builder();
    }
}
