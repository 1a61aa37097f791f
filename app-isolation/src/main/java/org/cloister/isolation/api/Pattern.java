package org.cloister.isolation.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;

import java.util.List;
import java.util.Optional;

/**
 * Which members send at the same time. Entries and groups run concurrently unless they share an
 * {@link #exclusiveGroup()}.
 */
@Value.Immutable
@JsonSerialize(as = ImmutablePattern.class)
@JsonDeserialize(as = ImmutablePattern.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public interface Pattern {

    /** The kind of collective, as the scheduler wrote it; checked against {@link PatternType} by validation. */
    String type();

    /** The groups, each a list of ranks; one group of all ranks when empty. */
    List<List<Integer>> groups();

    /** Whether each group falls apart into one group per NIC index. */
    @Value.Default
    default boolean perRail() {
        return false;
    }

    /** For {@code steps}: step, pair, (source rank, destination rank). */
    List<List<List<Integer>>> steps();

    /** Whether the ranks' order is the one the job will use; unknown is planned as {@link PatternType#ANY}. */
    @Value.Default
    default RankOrder rankOrder() {
        return RankOrder.GIVEN;
    }

    /** Patterns with the same text never run at the same time. */
    Optional<String> exclusiveGroup();

    /** Returns the pattern of one group of all ranks. */
    static Pattern of(PatternType type) {
        return ImmutablePattern.builder().type(type.toString()).build();
    }

    /** Whether ranks are known. */
    enum RankOrder {
        /** Ranks are the order of the members. */
        @JsonProperty("given") GIVEN,
        /** The job decides later. */
        @JsonProperty("unknown") UNKNOWN
    }
}
