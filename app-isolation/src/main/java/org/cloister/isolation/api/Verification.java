package org.cloister.isolation.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a slice needs on its switches, against what they hold. */
@Value.Immutable
@JsonSerialize(as = ImmutableVerification.class)
@JsonDeserialize(as = ImmutableVerification.class)
@JsonPropertyOrder({"slice", "state", "ok", "moving", "at", "switches", "differences"})
public interface Verification {

    /** The slice. */
    SliceId slice();

    /** Where it is in its life. */
    SliceState state();

    /** Whether everything is there as it should be, and nothing else under the slice's tags. */
    @JsonProperty
    default boolean ok() {
        return differences().isEmpty();
    }

    /** Whether the slice is on its way to another allocation, so that rules of two are in place. */
    boolean moving();

    /** When it was looked. */
    Instant at();

    /** What was compared, by switch, sorted by name. */
    List<SwitchCheck> switches();

    /** What is not as it should be, by switch. */
    List<Difference> differences();

    /** Returns a builder. */
    static ImmutableVerification.Builder builder() {
        return ImmutableVerification.builder();
    }

    /** One switch. Rules that deny by default count, too: the slice's packets are safe only with them. */
    @Value.Immutable
    @JsonSerialize(as = ImmutableSwitchCheck.class)
    @JsonDeserialize(as = ImmutableSwitchCheck.class)
    @JsonPropertyOrder({"name", "device", "available", "lastRead", "expected", "present", "missing", "different",
        "extra", "metersExpected", "metersPresent"})
    interface SwitchCheck {

        /** The switch's name. */
        String name();

        /** Its ONOS device id. */
        String device();

        /** Whether ONOS reaches it. */
        boolean available();

        /** When ONOS last read a rule from it, by the clock of the switch's master; empty if never. */
        Optional<Instant> lastRead();

        /** Rules that must be there. */
        int expected();

        /** Rules that must be there, and were shown by the last reads as they should be. */
        int present();

        /** Rules that must be there and were not shown. */
        int missing();

        /** Rules that are there and do something else than they should. */
        int different();

        /** Rules under one of the slice's tags that nothing asks for. */
        int extra();

        /** Meters that the slice needs. */
        int metersExpected();

        /** Meters that the slice needs and the switch's statistics show. */
        int metersPresent();

        /** Returns a builder. */
        static ImmutableSwitchCheck.Builder builder() {
            return ImmutableSwitchCheck.builder();
        }
    }

    /** One thing that is not as it should be. */
    @Value.Immutable
    @JsonSerialize(as = ImmutableDifference.class)
    @JsonDeserialize(as = ImmutableDifference.class)
    @JsonPropertyOrder({"at", "kind", "message"})
    interface Difference {

        /** The switch's name. */
        String at();

        /** What kind. */
        Kind kind();

        /** The rule or meter, for a person. */
        String message();

        /** Returns a difference. */
        static Difference of(String at, Kind kind, String message) {
            return ImmutableDifference.builder().at(at).kind(kind).message(message).build();
        }
    }

    /** Kinds of differences. */
    enum Kind {
        /** A rule that must be there was not shown by the switch. */
        @JsonProperty("missing") MISSING,
        /** A rule does something else than it should. */
        @JsonProperty("different") DIFFERENT,
        /** A rule has one of the slice's tags, and nothing asks for it. */
        @JsonProperty("extra") EXTRA,
        /** A meter that the slice needs is not there, or limits to something else. */
        @JsonProperty("meter") METER,
        /** ONOS does not reach the switch, so nothing is known of it. */
        @JsonProperty("unreachable") UNREACHABLE,
        /** The switch is not in the configuration, and is never touched. */
        @JsonProperty("not-configured") NOT_CONFIGURED
    }
}
