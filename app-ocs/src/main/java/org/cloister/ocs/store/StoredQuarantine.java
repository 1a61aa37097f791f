package org.cloister.ocs.store;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import org.immutables.value.Value;

import java.time.Instant;

/** A port over which nothing is planned. */
@Value.Immutable
@JsonSerialize(as = ImmutableStoredQuarantine.class)
@JsonDeserialize(as = ImmutableStoredQuarantine.class)
public interface StoredQuarantine {

    /** The optical switch's name. */
    String opticalSwitch();

    /** The port's. */
    String port();

    /** Why, in words for an administrator. */
    String reason();

    /** Since when. */
    Instant since();

    /** Returns a port that is quarantined from now on. */
    static StoredQuarantine of(String opticalSwitch, String port, String reason, Instant since) {
        return ImmutableStoredQuarantine.builder().opticalSwitch(opticalSwitch).port(port).reason(reason).since(since)
                .build();
    }

    /** Returns the key of its document. */
    static String key(String opticalSwitch, String port) {
        return opticalSwitch + "/" + port;
    }
}
