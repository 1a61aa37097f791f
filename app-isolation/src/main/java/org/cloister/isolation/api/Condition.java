package org.cloister.isolation.api;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;

import java.time.Instant;

/** Something an administrator should know of a slice. */
@Value.Immutable
@JsonSerialize(as = ImmutableCondition.class)
@JsonDeserialize(as = ImmutableCondition.class)
public interface Condition {

    /** What it is about, in CamelCase, for instance {@code Degraded}. */
    String type();

    /** Whether it holds. */
    boolean status();

    /** Why, one word in CamelCase. */
    @Value.Default
    default String reason() {
        return "";
    }

    /** Why, for a person. */
    @Value.Default
    default String message() {
        return "";
    }

    /** When the status last changed. */
    Instant since();
}
