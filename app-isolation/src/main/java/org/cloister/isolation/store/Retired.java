package org.cloister.isolation.store;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.program.AdmitLevel;
import org.immutables.value.Value;

import java.time.Instant;
import java.util.SortedSet;

/** An allocation that a slice has moved away from. Packets may be on their way under its tag for a moment. */
@Value.Immutable
@JsonSerialize(as = ImmutableRetired.class)
@JsonDeserialize(as = ImmutableRetired.class)
public interface Retired {

    /** What it held, and holds until its rules are read back as gone. */
    Allocation allocation();

    /** Which of two priorities its host ports admitted at. */
    AdmitLevel admitLevel();

    /** The ids of the devices that may hold rules of it. */
    @Value.NaturalOrder
    SortedSet<String> devices();

    /** Since when nothing is admitted under its tag. */
    Instant since();

    /** Returns a builder. */
    static ImmutableRetired.Builder builder() {
        return ImmutableRetired.builder();
    }
}
