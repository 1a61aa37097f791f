package org.cloister.isolation.fabric;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a link that cannot be used counts as failed. Nothing may be done about a link merely because it has not been
 * discovered yet, so how sure it is depends on what is known of it:
 * <ol>
 * <li>one with a port that is down has failed, if its device is reached: at once;
 * <li>one that was there and is not: after {@link #GONE};
 * <li>one that this node has never seen: {@link #UNSEEN} after it began to look.
 * </ol>
 */
public final class LinkFailures {

    /** How long a link may be away: ONOS misses discovery frames for a moment when it is busy. */
    public static final Duration GONE = Duration.ofSeconds(10);

    /** How long links may take to be discovered. */
    public static final Duration UNSEEN = Duration.ofSeconds(60);

    private LinkFailures() {
    }

    /** Returns when a link counts as failed: {@link Instant#EPOCH} if at once, empty if it can be used. */
    public static Optional<Instant> at(Fabric fabric, Link link) {
        if (fabric.links().contains(link)) {
            return Optional.empty();
        }
        if (fabric.downPorts().contains(link.from()) || fabric.downPorts().contains(link.to())) {
            return Optional.of(Instant.EPOCH);
        }
        Instant gone = fabric.gone().get(link);
        return Optional.of(gone == null ? fabric.watchedSince().plus(UNSEEN) : gone.plus(GONE));
    }
}
