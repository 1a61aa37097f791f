package org.cloister.ocs.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;

/** The optical switches at one moment. */
@Value.Immutable
@JsonSerialize(as = ImmutableOpticalView.class)
@JsonDeserialize(as = ImmutableOpticalView.class)
public interface OpticalView {

    /** Changes whenever anything below does but measured power; serves as the ETag. */
    String version();

    /** The configured optical switches, by name. */
    List<SwitchView> switches();

    /** The circuits that are there or wanted, sorted. */
    List<CircuitView> circuits();

    /** Returns a builder. */
    static ImmutableOpticalView.Builder builder() {
        return ImmutableOpticalView.builder();
    }

    /** An optical switch. */
    @Value.Immutable
    @JsonSerialize(as = ImmutableSwitchView.class)
    @JsonDeserialize(as = ImmutableSwitchView.class)
    interface SwitchView {

        /** Its name. */
        String name();

        /** Its ONOS device id. */
        String device();

        /** What it speaks. */
        String dialect();

        /** Whether it is connected and may be told to move light. */
        boolean available();

        /** Why it is not available. */
        Optional<String> trouble();

        /** What it can do, sorted. */
        List<String> capabilities();

        /** Its ports, in the order of their numbers. */
        List<PortView> ports();

        /** Returns a builder. */
        static ImmutableSwitchView.Builder builder() {
            return ImmutableSwitchView.builder();
        }
    }

    /** A port of an optical switch. */
    @Value.Immutable
    @JsonSerialize(as = ImmutablePortView.class)
    @JsonDeserialize(as = ImmutablePortView.class)
    interface PortView {

        /** Its name. */
        String name();

        /** The fabric port at the other end of its fibre, for instance {@code leaf-1/5}. */
        Optional<String> end();

        /** What the switch says of it: BLOCKED, FAILED, TUNING, TUNED or UNKNOWN. */
        String status();

        /** Whether light may pass. */
        boolean enabled();

        /** Power that comes in from the fibre, dBm. */
        OptionalDouble inputPowerDbm();

        /** Power that leaves into the fibre, dBm. */
        OptionalDouble outputPowerDbm();

        /** Why no circuit is planned over it, if it is quarantined. */
        Optional<String> quarantine();

        /** Returns a builder. */
        static ImmutablePortView.Builder builder() {
            return ImmutablePortView.builder();
        }
    }

    /** A circuit. */
    @Value.Immutable
    @JsonSerialize(as = ImmutableCircuitView.class)
    @JsonDeserialize(as = ImmutableCircuitView.class)
    interface CircuitView {

        /** What it joins. */
        OpticalCircuit circuit();

        /** Its name on the switch. */
        Optional<String> name();

        /** PLANNED, PENDING, CONNECTED, PENDING_DELETION, FAILED, INVALID or UNKNOWN. */
        String state();

        /** Why. */
        Optional<String> reason();

        /** Whether somebody else made it: it is shown and never touched. */
        boolean foreign();

        /** Who wants it, sorted; nobody where it is idle. */
        @Value.NaturalOrder
        SortedSet<String> owners();

        /** The fabric ports that it joins, where fibres are configured at both. */
        @JsonProperty("ends")
        List<String> ends();

        /** Returns a builder. */
        static ImmutableCircuitView.Builder builder() {
            return ImmutableCircuitView.builder();
        }
    }
}
