package org.cloister.isolation.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a slice's own flows can do to each other; no other job's packets share its links in any case. */
public enum Guarantee {
    /** At most one flow's worth of load on each link, however far the ranks drift apart. */
    @JsonProperty("any-timing") ANY_TIMING,
    /** At most one flow on each link as long as the ranks of a group are in the same step. */
    @JsonProperty("lock-step") LOCK_STEP,
    /** Own flows may share links, at most {@code maxFlowsPerLink}. */
    @JsonProperty("isolated") ISOLATED,
    /** A rate per member on shared links. */
    @JsonProperty("rate") RATE
}
