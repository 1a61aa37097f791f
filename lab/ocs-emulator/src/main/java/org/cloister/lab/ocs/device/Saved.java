package org.cloister.lab.ocs.device;

import java.util.Optional;
import java.util.Set;

/**
 * What a switch remembers when its process ends.
 *
 * @param invalid connections that were found invalid
 * @param pending the change that waits for confirmation
 */
public record Saved(Configuration configuration, Set<String> invalid, Optional<Pending> pending) {

    /** What a switch fresh from the factory knows. */
    public static final Saved NOTHING = new Saved(Configuration.EMPTY, Set.of(), Optional.empty());

    /**
     * A change that waits for confirmation.
     *
     * @param before     what was configured before it
     * @param deadlineNs when it is changed back, nanoseconds since the epoch
     */
    public record Pending(String id, Configuration before, long deadlineNs) {
    }
}
