package org.cloister.isolation.store;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.SliceSpec;
import org.immutables.value.Value;

import java.time.Instant;
import java.util.Optional;

/**
 * A wish to change a slice that exists. The leader either takes it up, and it is the slice's next generation, or
 * answers why not; the slice is untouched till then.
 */
@Value.Immutable
@JsonSerialize(as = ImmutableProposal.class)
@JsonDeserialize(as = ImmutableProposal.class)
public interface Proposal {

    /** What is asked, defaults filled in. */
    SliceSpec spec();

    /** When it was asked for; wishes are decided in this order, along with those for new slices. */
    Instant created();

    /** When nobody waits for the decision any more. */
    Instant deadline();

    /** Why it was refused: the leader's answer to the node that waits for it. */
    Optional<Problem> refusal();

    /** Returns a builder. */
    static ImmutableProposal.Builder builder() {
        return ImmutableProposal.builder();
    }
}
