package org.cloister.driver.ocs.provider;

import org.cloister.driver.ocs.OcsTarget;
import org.cloister.driver.ocs.SessionFactory;
import org.cloister.driver.ocs.session.Capability;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsSession;
import org.cloister.driver.ocs.session.OcsSwitch;
import org.cloister.driver.ocs.session.Snapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The session with one switch, over and over again. Everything but {@link #session()} happens on the loop; what comes
 * from elsewhere names the attempt that it belongs to, and is dropped when that is over.
 *
 * <pre>
 *   IDLE --start--> CONNECTING --opened--> READING --first snapshot--> CONNECTED
 *                       ^  |                  |                            |
 *                       |  +----failed----+---+------------ended-----------+
 *                       +----back-off---- WAITING          (stop leads to IDLE from everywhere)
 * </pre>
 */
final class Connection {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /** How long a switch may take to show its state after a session was opened. */
    static final Duration FIRST_SNAPSHOT = Duration.ofSeconds(10);

    private enum Phase { IDLE, CONNECTING, READING, CONNECTED, WAITING }

    private final String name;
    private final Loop loop;
    private final Function<OcsTarget, Optional<SessionFactory>> factories;
    private final Supplier<Role> roles;
    private final Consumer<OcsSwitch> listener;

    private Phase phase = Phase.IDLE;
    private OcsTarget target;
    private long attempt;
    private int failures;
    private CompletableFuture<OcsSession> opening;
    private Runnable timer = () -> { };
    private OcsSession raw;
    private Optional<String> trouble = Optional.empty();
    private Set<Capability> capabilities = Set.of();
    private Optional<Snapshot> snapshot = Optional.empty();
    private OptionalDouble minimumInputPowerDbm = OptionalDouble.empty();
    private long arbitrated;
    private volatile Role role = Role.NONE;
    private volatile OcsSession session;

    /**
     * Creates one that is idle.
     *
     * @param factories whoever opens sessions with switches of a dialect; nobody while that part is not there
     * @param roles     this node's role in ONOS
     * @param listener  told of everything that is new
     */
    Connection(String name, Loop loop, Function<OcsTarget, Optional<SessionFactory>> factories, Supplier<Role> roles,
               Consumer<OcsSwitch> listener) {
        this.name = name;
        this.loop = loop;
        this.factories = factories;
        this.roles = roles;
        this.listener = listener;
    }

    /** Returns the session while there is one; by any thread. */
    Optional<OcsSession> session() {
        return Optional.ofNullable(session);
    }

    /** Connects with a target from now on; the same one again leaves the session as it is. */
    void start(OcsTarget to, OptionalDouble minimumPower) {
        minimumInputPowerDbm = minimumPower;
        if (phase != Phase.IDLE && to.equals(target)) {
            publish();
            return;
        }
        halt();
        target = to;
        failures = 0;
        trouble = Optional.empty();
        connect();
    }

    /** Ends the session. The switch stays as it is. */
    void stop() {
        halt();
    }

    /** Looks at this node's role again. */
    void refreshRole() {
        Role now = roles.get();
        boolean changed = !now.equals(role);
        role = now;
        arbitrate();
        if (changed) {
            publish();
        }
    }

    /** Attempts at once if it waits for its next attempt. */
    void retry() {
        if (phase == Phase.WAITING) {
            timer.run();
            connect();
        }
    }

    private void halt() {
        attempt++;
        timer.run();
        phase = Phase.IDLE;
        if (opening != null) {
            opening.cancel(false);
            opening = null;
        }
        drop();
    }

    private void drop() {
        OcsSession last = raw;
        raw = null;
        session = null;
        arbitrated = 0;
        if (last != null) {
            last.close();
        }
    }

    private void connect() {
        phase = Phase.CONNECTING;
        long now = ++attempt;
        Optional<SessionFactory> factory = factories.apply(target);
        if (factory.isEmpty()) {
            failed(new OcsException(OcsException.Reason.UNSUPPORTED,
                    "the part that speaks " + target.dialect() + " is not active"));
            return;
        }
        try {
            opening = factory.get().open(target);
        } catch (RuntimeException e) {
            failed(e);
            return;
        }
        opening.whenComplete((opened, failure) -> loop.execute(() -> opened(now, opened, failure)));
        publish();
    }

    private void opened(long of, OcsSession opened, Throwable failure) {
        if (of != attempt) {
            if (opened != null) {
                opened.close();
            }
            return;
        }
        opening = null;
        if (failure != null) {
            failed(failure);
            return;
        }
        phase = Phase.READING;
        raw = opened;
        timer = loop.schedule(() -> silent(of), FIRST_SNAPSHOT);
        opened.ended().whenComplete((nothing, reason) -> loop.execute(() -> ended(of, reason)));
        // the switch may tell faster than it is listened to: only what it showed last counts
        AtomicReference<Snapshot> latest = new AtomicReference<>();
        opened.watch(shown -> {
            if (latest.getAndSet(shown) == null) {
                loop.execute(() -> shown(of, latest.getAndSet(null)));
            }
        });
    }

    private void shown(long of, Snapshot shown) {
        if (of != attempt) {
            return;
        }
        snapshot = Optional.of(shown);
        if (phase == Phase.READING) {
            timer.run();
            phase = Phase.CONNECTED;
            failures = 0;
            trouble = Optional.empty();
            capabilities = Set.copyOf(raw.capabilities());
            role = roles.get();
            arbitrate();
            raw.writeWhile(() -> role.isMaster());
            session = new MasteredSession(name, raw, () -> role.isMaster());
            LOG.info("Connected with optical switch {}: {} ports, {} circuits", name, shown.ports().size(),
                    shown.circuits().size());
        }
        publish();
    }

    private void silent(long of) {
        if (of == attempt && phase == Phase.READING) {
            failed(new OcsException(OcsException.Reason.DEADLINE,
                    "it is connected, but did not show its state within " + FIRST_SNAPSHOT.toSeconds() + " s"));
        }
    }

    private void ended(long of, Throwable reason) {
        if (of == attempt && raw != null) {
            failed(reason != null ? reason
                    : new OcsException(OcsException.Reason.LOST, "the session was closed"));
        }
    }

    /** Waits for the next attempt. */
    private void failed(Throwable failure) {
        attempt++;
        timer.run();
        drop();
        phase = Phase.WAITING;
        String words = Troubles.words(target, failure);
        Duration delay = Troubles.mayLockUserOut(failure) ? Backoff.REFUSED : Backoff.after(failures);
        if (trouble.equals(Optional.of(words))) {
            LOG.debug("Still no session with optical switch {}: {}", name, words);
        } else {
            LOG.warn("No session with optical switch {}: {}", name, words);
        }
        failures++;
        trouble = Optional.of(words);
        timer = loop.schedule(this::connect, delay);
        publish();
    }

    private void arbitrate() {
        if (raw != null && role.isMaster() && role.term() != arbitrated) {
            arbitrated = role.term();
            raw.arbitrate(arbitrated);
        }
    }

    private void publish() {
        listener.accept(OcsSwitch.builder().name(name).dialect(target.dialect().toString())
                .connected(session != null).master(session != null && role.isMaster()).trouble(trouble)
                .capabilities(capabilities).snapshot(snapshot).minimumInputPowerDbm(minimumInputPowerDbm).build());
    }
}
