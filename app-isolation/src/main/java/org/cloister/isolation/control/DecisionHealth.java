package org.cloister.isolation.control;

import java.util.Optional;

/** Whether what decides on slices does so, as far as this node knows: how the leader fares only the leader knows. */
public interface DecisionHealth {

    /** Returns why nothing is decided, in words for a person that name no slice, host, switch or node. */
    Optional<String> trouble();
}
