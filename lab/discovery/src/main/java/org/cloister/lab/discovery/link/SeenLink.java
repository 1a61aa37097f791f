package org.cloister.lab.discovery.link;

import java.time.Duration;
import java.util.Optional;
import org.onosproject.net.link.LinkDescription;

/** A link that a received frame speaks of, and how long the frame itself says that this holds. */
final class SeenLink {

    private final LinkDescription description;
    private final Duration timeToLive;

    SeenLink(LinkDescription description, Duration timeToLive) {
        this.description = description;
        this.timeToLive = timeToLive;
    }

    LinkDescription description() {
        return description;
    }

    /** Returns the time to live, if it is not the provider's to decide. */
    Optional<Duration> timeToLive() {
        return Optional.ofNullable(timeToLive);
    }
}
