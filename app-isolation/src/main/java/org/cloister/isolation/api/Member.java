package org.cloister.isolation.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;

import java.util.Optional;

/** A host of a slice; its rank is its index in {@link SliceSpec#members()}. */
@Value.Immutable
@JsonSerialize(as = ImmutableMember.class)
@JsonDeserialize(as = ImmutableMember.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public interface Member {

    /** The name of a host of the fabric: one NIC port. */
    String host();

    /** What the member does in a {@code parameter-server} pattern. */
    Optional<Role> role();

    /** Returns a member without a role. */
    static Member of(String host) {
        return ImmutableMember.builder().host(host).build();
    }

    /** Roles of TensorFlow's cluster definition. */
    enum Role {
        /** Holds parameters. */
        @JsonProperty("ps") PARAMETER_SERVER,
        /** Computes gradients. */
        @JsonProperty("worker") WORKER
    }
}
