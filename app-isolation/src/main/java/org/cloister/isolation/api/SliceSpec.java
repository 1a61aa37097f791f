package org.cloister.isolation.api;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a scheduler asks for: the body of {@code PUT /slices/{id}}.
 *
 * <p>Hosts are given in one of three ways: {@link #members()}, {@link #nodes()} or {@link #placement()}.
 */
@Value.Immutable
@JsonSerialize(as = ImmutableSliceSpec.class)
@JsonDeserialize(as = ImmutableSliceSpec.class)
@JsonPropertyOrder({"labels", "leaseSeconds", "members", "nodes", "placement", "patterns", "bandwidth", "circuits",
    "repack"})
public interface SliceSpec {

    /** Free text for the scheduler's own use. */
    Map<String, String> labels();

    /** How long the slice lives without a sign of life, in seconds, 60 to 2,592,000; for ever when empty. */
    OptionalInt leaseSeconds();

    /** The hosts in rank order. */
    List<Member> members();

    /** Nodes in rank order, each standing for all of its hosts in NIC order. */
    List<String> nodes();

    /** A number of hosts, for Cloister to choose. */
    Optional<Placement> placement();

    /** Which members send at the same time; one group of all ranks and {@link PatternType#ANY} when empty. */
    List<Pattern> patterns();

    /** Whole links, or a rate on shared ones. */
    @Value.Default
    default Bandwidth bandwidth() {
        return Bandwidth.exclusive();
    }

    /** Whether light may be moved to make room. */
    @Value.Default
    default CircuitPolicy circuits() {
        return CircuitPolicy.FORBID;
    }

    /** Whether it may be moved to other links later, so that others find room. */
    @Value.Default
    default RepackPolicy repack() {
        return RepackPolicy.FORBID;
    }

    /** Returns a builder. */
    static ImmutableSliceSpec.Builder builder() {
        return ImmutableSliceSpec.builder();
    }
}
