package org.cloister.isolation.control.environment;

import org.cloister.isolation.fabric.Circuit;

import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/** Has circuits made for slices, which are named by what they want: {@code slice:ID}. */
public interface CircuitRequests {

    /**
     * Sets all circuits that an owner wants; kept before this returns.
     *
     * @return why they cannot be had; empty if they were asked for
     */
    Optional<Refused> demand(String owner, SortedSet<Circuit> circuits);

    /**
     * Ends an owner's demand; its circuits stay where they are.
     *
     * @return why it could not be ended
     */
    Optional<Refused> release(String owner);

    /** Returns what is demanded for slices, by owner, at once. */
    Map<String, CircuitDemand> demands();

    /** Why a demand was refused. Nothing was kept. */
    final class Refused {

        private final String message;
        private final boolean passing;

        /**
         * Creates a refusal.
         *
         * @param message names switch, port and holder
         * @param passing whether the same may be granted a little later, though nothing else has changed
         */
        public Refused(String message, boolean passing) {
            this.message = message;
            this.passing = passing;
        }

        /** Returns what was wrong: names switch, port and holder. */
        public String message() {
            return message;
        }

        /** Returns whether the same may be granted a little later, though nothing else has changed. */
        public boolean passing() {
            return passing;
        }
    }
}
