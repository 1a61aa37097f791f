package org.cloister.lab.ocs.device;

import java.time.Duration;
import java.util.Optional;

/**
 * What a request says of confirmation.
 *
 * @param id     names the change that is to be confirmed
 * @param within how long to wait; with {@link Kind#BEGIN} only, and by default {@link Writer#DEFAULT_WITHIN}
 */
public record CommitAction(Kind kind, String id, Optional<Duration> within) {

    /** What is to be done. */
    public enum Kind {
        /** Change, and change back unless it is confirmed. */
        BEGIN,
        /** The change lasts. */
        CONFIRM,
        /** Change back now. */
        CANCEL,
        /** Wait longer, or less long, from now on. */
        EXTEND
    }
}
