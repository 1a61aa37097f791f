package org.cloister.rest;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;

/** The outcome of a probe that found nothing wrong. */
@Value.Immutable
@JsonSerialize(as = ImmutableProbeResult.class)
interface ProbeResult {

    /** Nothing is wrong. */
    ProbeResult PASS = ImmutableProbeResult.builder().status("pass").build();

    /** Always {@code pass}: what fails is a problem. */
    String status();
}
