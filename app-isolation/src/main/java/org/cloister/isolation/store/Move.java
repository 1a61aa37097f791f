package org.cloister.isolation.store;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.SliceSpec;
import org.immutables.value.Value;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;

/** A slice on its way from one allocation to another, make before break. */
@Value.Immutable
@JsonSerialize(as = ImmutableMove.class)
@JsonDeserialize(as = ImmutableMove.class)
public interface Move {

    /** Why. */
    Reason reason();

    /** How far. */
    Phase phase();

    /** Where to. Its host ports admit at the other level than the slice's. */
    Allocation allocation();

    /** The ids of the devices that may hold rules of {@link #allocation()}; written before the first rule is sent. */
    @Value.NaturalOrder
    SortedSet<String> devices();

    /** What the slice goes back to if this cannot be installed: the specification before a change. */
    Optional<SliceSpec> previousSpec();

    /** When it began. */
    Instant since();

    /** When it is given up, unless packets are admitted under the new tag already. */
    Instant deadline();

    /** Returns a builder. */
    static ImmutableMove.Builder builder() {
        return ImmutableMove.builder();
    }

    /** How often light was moved for it in vain. */
    @Value.Default
    default int vain() {
        return 0;
    }

    /** Why a slice moves. */
    enum Reason {
        /** Its owner asked for something else. */
        CHANGE,
        /** A link of it failed. */
        REPAIR,
        /** A link of it is drained. */
        DRAIN,
        /** Its links are to be others', for it allows that. */
        REPACK
    }

    /** How far a slice has moved. */
    enum Phase {
        /** Light is moved for its links; nothing is on a switch yet. */
        MOVING_LIGHT,
        /** Everything is brought in under the new tag, except what admits packets at host ports. */
        INSTALLING,
        /** Host ports change over: they admit under the new tag, then no longer under the old one. */
        SWITCHING
    }
}
