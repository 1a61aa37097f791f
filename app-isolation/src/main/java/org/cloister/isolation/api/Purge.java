package org.cloister.isolation.api;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;

import java.time.Instant;

/** An administrator's word that nothing is wanted any more. It holds until it is taken back. */
@Value.Immutable
@JsonSerialize(as = ImmutablePurge.class)
@JsonDeserialize(as = ImmutablePurge.class)
public interface Purge {

    /** Who said so. */
    String by();

    /** Since when. */
    Instant since();

    /** Returns a purge. */
    static Purge of(String by, Instant since) {
        return ImmutablePurge.builder().by(by).since(since).build();
    }
}
