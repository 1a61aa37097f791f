package org.cloister.isolation.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether optical circuits may be moved for a slice. */
public enum CircuitPolicy {
    /** Only links that are there. */
    @JsonProperty("forbid") FORBID,
    /** Free light may be moved. */
    @JsonProperty("allow") ALLOW
}
