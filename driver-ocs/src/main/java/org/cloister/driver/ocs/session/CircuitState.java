package org.cloister.driver.ocs.session;

import org.immutables.value.Value;

import java.util.Optional;

/** A circuit as a switch shows it. */
@Value.Immutable
public interface CircuitState {

    /** What it joins. */
    CircuitPorts ports();

    /** Its name on the switch; empty where circuits have none. */
    Optional<String> name();

    /** How it fares. */
    CircuitStatus status();

    /** Why, in the switch's words. */
    Optional<String> reason();

    /** Returns a builder. */
    static ImmutableCircuitState.Builder builder() {
        return ImmutableCircuitState.builder();
    }
}
