package org.cloister.isolation.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a running slice may be moved to other links so that others find room. */
public enum RepackPolicy {
    /** It stays where it is as long as its links are there and in use. */
    @JsonProperty("forbid") FORBID,
    /** It may be moved as it is, without losing a packet. */
    @JsonProperty("allow") ALLOW
}
