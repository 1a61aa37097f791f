package org.cloister.isolation.api;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;

import java.time.Instant;

/** How long a slice lives without a sign of life from its owner. */
@Value.Immutable
@JsonSerialize(as = ImmutableLease.class)
@JsonDeserialize(as = ImmutableLease.class)
public interface Lease {

    /** The shortest time that a lease can be asked for, in seconds. */
    int LEAST_SECONDS = 60;

    /** The longest time that a lease can be asked for, in seconds: 30 days. */
    int MOST_SECONDS = 2_592_000;

    /** When it runs out. */
    Instant expiresAt();
}
