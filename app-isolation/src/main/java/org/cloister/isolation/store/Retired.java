package org.cloister.isolation.store;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.program.AdmitLevel;
import org.immutables.value.Value;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;

/** An allocation that a slice has moved away from. Packets may be on their way under its tag for a moment. */
@Value.Immutable
@JsonSerialize(as = ImmutableRetired.class)
@JsonDeserialize(as = ImmutableRetired.class)
public interface Retired {

    /** What it held; its tag is held until its rules are read back as gone, the rest unless it is {@link #released}. */
    Allocation allocation();

    /** Which of two priorities its host ports admitted at. */
    AdmitLevel admitLevel();

    /** The ids of the devices that may hold rules of it. */
    @Value.NaturalOrder
    SortedSet<String> devices();

    /** Since when nothing is admitted under its tag. */
    Instant since();

    /** Since when that is known of every leaf of a member; only noted where its removal is held up. */
    Optional<Instant> quiet();

    /** Whether its links and hosts are free for others although rules may remain somewhere. */
    @Value.Default
    default boolean released() {
        return false;
    }

    /** Returns a builder. */
    static ImmutableRetired.Builder builder() {
        return ImmutableRetired.builder();
    }
}
