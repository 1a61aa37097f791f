package org.cloister.rest;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import org.immutables.value.Value;

/** For how long a slice is to live. */
@Value.Immutable
@JsonDeserialize(as = ImmutableLeaseRequest.class)
interface LeaseRequest {

    /** From now, in seconds. */
    int leaseSeconds();
}
