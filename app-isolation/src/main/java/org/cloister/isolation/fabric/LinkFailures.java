package org.cloister.isolation.fabric;

import org.cloister.isolation.api.FabricPort;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a link that cannot be used counts as failed. Nothing may be done about a link merely because it has not been
 * discovered yet, so how sure it is depends on what is known of it:
 * <ol>
 * <li>one with a port that is down has failed, if its switch is reached: at once;
 * <li>one that was there and is not: after {@link #GONE};
 * <li>one that this node has never seen: {@link #UNSEEN} after it began to look.
 * </ol>
 * While a switch is away its links are, too, and when it is back they come back one by one as they are discovered. So
 * all these times begin anew when a switch at either end comes back, and that its ports are up may take {@link #SETTLE}
 * to be told.
 */
public final class LinkFailures {

    /** How long a link may be away: ONOS misses discovery frames for a moment when it is busy. */
    public static final Duration GONE = Duration.ofSeconds(10);

    /** How long links may take to be discovered. */
    public static final Duration UNSEEN = Duration.ofSeconds(60);

    /** How long the ports of a switch that came back may count as down: ONOS learns of the switch first. */
    public static final Duration SETTLE = Duration.ofSeconds(1);

    /** How long a link that has come back is the last choice: it may go again. */
    public static final Duration PROBATION = Duration.ofSeconds(30);

    private LinkFailures() {
    }

    /** Returns when a link counts as failed, a time that is past if at once; empty if it can be used. */
    public static Optional<Instant> at(Fabric fabric, Link link) {
        if (fabric.links().contains(link)) {
            return Optional.empty();
        }
        Instant gone = fabric.gone().get(link);
        Instant away = gone == null ? fabric.watchedSince() : gone;
        Instant reached = later(reachedSince(fabric, link.from()), reachedSince(fabric, link.to()));
        Instant at = later(away, reached).plus(gone == null ? UNSEEN : GONE);
        for (FabricPort port : List.of(link.from(), link.to())) {
            if (isDown(fabric, port)) {
                at = earlier(at, reachedSince(fabric, port).plus(SETTLE));
            }
        }
        return Optional.of(at);
    }

    /** Returns whether a link came back so lately that a slice that needs another one had better not take it. */
    public static boolean isOnProbation(Fabric fabric, Link link, Instant now) {
        Instant returned = fabric.returned().get(link);
        return returned != null && returned.plus(PROBATION).isAfter(now);
    }

    /**
     * Returns whether a switch is reached, and what is said of its ports can be believed: ONOS takes all ports of a
     * switch that it has lost for down before it says that the switch is away, and until it has heard of them when the
     * switch is back. If they really are all down, the ports at the other ends are, too.
     */
    public static boolean isReached(Fabric fabric, Switch which) {
        return fabric.availableDevices().contains(which.device()) && (which.fabricPorts().isEmpty()
                || which.fabricPorts().stream().anyMatch(number ->
                        !fabric.downPorts().contains(FabricPort.of(which.name(), number))));
    }

    private static boolean isDown(Fabric fabric, FabricPort port) {
        Switch which = fabric.switches().get(port.switchName());
        return fabric.downPorts().contains(port) && (which == null || isReached(fabric, which));
    }

    private static Instant reachedSince(Fabric fabric, FabricPort port) {
        return fabric.reachedSince().getOrDefault(port.switchName(), Instant.EPOCH);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
