package org.cloister.driver.ocs.session;

import org.immutables.value.Value;

import java.util.Optional;
import java.util.OptionalDouble;

/** A port as a switch shows it. */
@Value.Immutable
public interface PortState {

    /** Its name on the switch. */
    String name();

    /** Its number in ONOS, from 1, the same at all times. */
    long number();

    /** Whether an administrator lets light through. */
    boolean enabled();

    /** How it fares. */
    PortStatus status();

    /** Power of the light that comes in from the fibre, dBm; empty where it is not measured or there is none. */
    OptionalDouble inputPowerDbm();

    /** Power of the light that leaves into the fibre, dBm. */
    OptionalDouble outputPowerDbm();

    /** The port that it says it is joined with. */
    Optional<String> peer();

    /** Returns a builder. */
    static ImmutablePortState.Builder builder() {
        return ImmutablePortState.builder();
    }
}
