package org.cloister.isolation.control.environment;

import org.onosproject.net.flow.FlowRule;

import java.util.Optional;

/** What switches had to say about rules that they refused; ONOS's flow rule service reports only that they did. */
@FunctionalInterface
public interface SwitchErrors {

    /** Returns the last error about a rule, for a person. */
    Optional<String> about(FlowRule rule);

    /** Knows nothing. */
    static SwitchErrors none() {
        return rule -> Optional.empty();
    }
}
