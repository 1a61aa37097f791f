package org.cloister.rest;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import org.cloister.isolation.api.SliceSpec;
import org.immutables.value.Value;

import java.util.List;

/** Requests to be compared. */
@Value.Immutable
@JsonDeserialize(as = ImmutableCandidates.class)
interface Candidates {

    /** The requests. */
    List<SliceSpec> candidates();
}
