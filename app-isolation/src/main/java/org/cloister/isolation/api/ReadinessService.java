package org.cloister.isolation.api;

import java.util.List;

/** Tells whether slices can be asked for on this node. */
public interface ReadinessService {

    /**
     * Returns what is missing for it, each in words for a person that name no slice, host, switch or node; empty if
     * nothing is.
     */
    List<String> missing();
}
