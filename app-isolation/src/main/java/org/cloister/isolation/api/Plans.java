package org.cloister.isolation.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;

import java.util.List;
import java.util.Optional;

/** What several requests would get of the fabric as it is, the best first. */
@Value.Immutable
@JsonSerialize(as = ImmutablePlans.class)
@JsonDeserialize(as = ImmutablePlans.class)
public interface Plans {

    /** The fabric that was looked at: {@link FabricView#version()}. */
    String fabricVersion();

    /**
     * One for each candidate. Those that are feasible come first: by the strength of their guarantees, then those that
     * move fewest circuits, then those that leave most links free. Those that are refused follow, those first that may
     * succeed later. Equals stay in the order of the request.
     */
    List<Plan> plans();

    /** Returns a builder. */
    static ImmutablePlans.Builder builder() {
        return ImmutablePlans.builder();
    }

    /** What one request would get. */
    @Value.Immutable
    @JsonSerialize(as = ImmutablePlan.class)
    @JsonDeserialize(as = ImmutablePlan.class)
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    interface Plan {

        /** The index of the request. */
        int candidate();

        /** Whether it would be granted. */
        boolean feasible();

        /** What it would get. */
        Optional<Allocation> allocation();

        /** Why it would be refused. */
        Optional<Problem> problem();

        /** How many optical circuits would be moved for it. */
        int circuitsToMove();

        /** How many directed links nobody would hold anything of afterwards. */
        int freeLinksAfter();

        /** Returns a builder. */
        static ImmutablePlan.Builder builder() {
            return ImmutablePlan.builder();
        }
    }
}
