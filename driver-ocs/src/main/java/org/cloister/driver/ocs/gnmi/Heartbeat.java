package org.cloister.driver.ocs.gnmi;

import io.grpc.Deadline;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;
import org.cloister.gnmi.Encoding;
import org.cloister.gnmi.Notification;
import org.cloister.gnmi.Update;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Asks a switch every few seconds when its connections changed last. One that does not answer is gone, and a time that
 * nobody told of means that telemetry was lost. HTTP/2's own pings would show less, and many servers take those of a
 * client that sends them so often for an attack.
 */
final class Heartbeat {

    /** How long a switch may take to answer. */
    static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(3);
    /** Ports have no time of their last change: they are read again every so many beats. */
    private static final int BEATS_TO_READ_ALL = 10;

    private final GnmiClient client;
    private final Encoding encoding;
    private final ScheduledExecutorService timer;
    private final Supplier<String> revision;
    private final Runnable missed;
    private final Consumer<OcsException> dead;
    private int beats;
    private volatile boolean ended;

    /**
     * Creates one that does not beat.
     *
     * @param revision what is known as the time of the last change
     * @param missed   has the switch read
     * @param dead     ends the session
     */
    Heartbeat(GnmiClient client, Encoding encoding, ScheduledExecutorService timer, Supplier<String> revision,
            Runnable missed, Consumer<OcsException> dead) {
        this.client = client;
        this.encoding = encoding;
        this.timer = timer;
        this.revision = revision;
        this.missed = missed;
        this.dead = dead;
    }

    void start() {
        timer.schedule(this::beat, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    void end() {
        ended = true;
    }

    private void beat() {
        if (ended) {
            return;
        }
        client.get(encoding, Deadline.after(PATIENCE.toNanos(), TimeUnit.NANOSECONDS),
                OcsTree.path(OcsTree.CONNECTIONS, OcsTree.LAST_CHANGE)).whenComplete(this::answered);
    }

    private void answered(List<Notification> answer, Throwable failure) {
        if (failure != null && GnmiErrors.isTransport(failure)) {
            OcsException reason = GnmiErrors.of(failure);
            dead.accept(new OcsException(reason.reason() == Reason.DEADLINE ? Reason.LOST : reason.reason(),
                    "the switch does not answer: " + reason.getMessage(), failure));
            return;
        }
        beats++;
        if (failure == null && changed(answer) || beats % BEATS_TO_READ_ALL == 0) {
            missed.run();
        }
        start();
    }

    private boolean changed(List<Notification> answer) {
        boolean[] changed = new boolean[1];
        for (Notification part : answer) {
            for (Update update : part.getUpdateList()) {
                Values.read(Location.of(part.getPrefix(), update.getPath()), update.getVal(), (location, value) ->
                        changed[0] |= location.rest.equals(OcsTree.LAST_CHANGE) && !value.equals(revision.get()));
            }
        }
        return changed[0];
    }
}
