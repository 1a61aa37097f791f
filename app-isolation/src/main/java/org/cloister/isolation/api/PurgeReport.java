package org.cloister.isolation.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;

import java.util.List;
import java.util.Optional;

/** What is there of Cloister: what a purge would take away, or has not taken away yet. */
@Value.Immutable
@JsonSerialize(as = ImmutablePurgeReport.class)
@JsonDeserialize(as = ImmutablePurgeReport.class)
@JsonPropertyOrder({"purge", "done", "slices", "drains", "switches"})
public interface PurgeReport {

    /** The purge that holds; empty if none does. */
    Optional<Purge> purge();

    /** Whether a purge holds and nothing is left. */
    @JsonProperty
    default boolean done() {
        return purge().isPresent() && slices().isEmpty() && drains().isEmpty()
                && switches().stream().allMatch(each -> each.available() && each.rules() == 0 && each.meters() == 0);
    }

    /** The stored slices, by name; also those whose documents this version cannot read. */
    List<String> slices();

    /** The stored drains, by name. */
    List<String> drains();

    /** The configured switches, sorted by name. */
    List<SwitchContent> switches();

    /** Returns a builder. */
    static ImmutablePurgeReport.Builder builder() {
        return ImmutablePurgeReport.builder();
    }

    /** What ONOS knows of ours on a switch. */
    @Value.Immutable
    @JsonSerialize(as = ImmutableSwitchContent.class)
    @JsonDeserialize(as = ImmutableSwitchContent.class)
    @JsonPropertyOrder({"name", "device", "available", "rules", "meters"})
    interface SwitchContent {

        /** The switch's name. */
        String name();

        /** Its ONOS device id. */
        String device();

        /** Whether ONOS reaches it; else it may hold what ONOS has forgotten. */
        boolean available();

        /** Rules, those that deny by default included. */
        int rules();

        /** Meters. */
        int meters();

        /** Returns the content of a switch. */
        static SwitchContent of(String name, String device, boolean available, int rules, int meters) {
            return ImmutableSwitchContent.builder().name(name).device(device).available(available).rules(rules)
                    .meters(meters).build();
        }
    }
}
