package org.cloister.driver.ocs.gnmi;

import io.grpc.Deadline;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;
import org.cloister.gnmi.Encoding;
import org.cloister.gnmi.Notification;
import org.cloister.gnmi.Update;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
    /** A switch that does not show the single leaf is read as a whole each time, which costs it more. */
    private static final Duration LONG_PAUSE = Duration.ofSeconds(10);
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
        beatAfter(PAUSE);
    }

    private void beatAfter(Duration pause) {
        timer.schedule(this::beat, pause.toMillis(), TimeUnit.MILLISECONDS);
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
        Optional<String> now = failure == null ? lastChange(answer) : Optional.empty();
        beats++;
        if (now.isEmpty() || !now.get().equals(revision.get()) || beats % BEATS_TO_READ_ALL == 0) {
            missed.run();
        }
        beatAfter(now.isEmpty() ? LONG_PAUSE : PAUSE);
    }

    private static Optional<String> lastChange(List<Notification> answer) {
        String[] shown = new String[1];
        for (Notification part : answer) {
            for (Update update : part.getUpdateList()) {
                Values.read(Location.of(part.getPrefix(), update.getPath()), update.getVal(), (location, value) -> {
                    if (location.rest.equals(OcsTree.LAST_CHANGE)) {
                        shown[0] = value;
                    }
                });
            }
        }
        return Optional.ofNullable(shown[0]);
    }
}
