package org.cloister.driver.ocs;

import org.cloister.driver.ocs.session.Capability;
import org.cloister.driver.ocs.session.CircuitNames;
import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitState;
import org.cloister.driver.ocs.session.CircuitStatus;
import org.cloister.driver.ocs.session.CircuitTransaction;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsSession;
import org.cloister.driver.ocs.session.PortState;
import org.cloister.driver.ocs.session.PortStatus;
import org.cloister.driver.ocs.session.Snapshot;
import org.cloister.driver.ocs.session.TransactionResult;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A switch in memory, and the sessions with it. It does at once what it is asked, or fails as it is told to. */
public final class FakeSwitch {

    /** What was asked of it, in order. */
    public final List<CircuitTransaction> transactions = new CopyOnWriteArrayList<>();
    /** The terms that sessions have set. */
    public final List<Long> terms = new CopyOnWriteArrayList<>();
    /** What it can do. */
    public final Set<Capability> capabilities = EnumSet.allOf(Capability.class);

    /** What the last session was told to ask before it writes. */
    public volatile BooleanSupplier mayWrite = () -> true;

    private final TreeMap<String, PortState> ports = new TreeMap<>();
    private final TreeMap<CircuitPorts, CircuitState> circuits = new TreeMap<>();
    private final List<Session> sessions = new CopyOnWriteArrayList<>();
    private boolean silent;
    private OcsException readFailure;
    private OcsException writeFailure;
    private CircuitStatus outcome = CircuitStatus.CONNECTED;
    private long revision;

    /** Creates a switch with ports 1 to a number, all of them lit. */
    public FakeSwitch(int ports) {
        for (int port = 1; port <= ports; port++) {
            String name = Integer.toString(port);
            this.ports.put(name, PortState.builder().name(name).number(port).enabled(true).status(PortStatus.TUNED)
                    .inputPowerDbm(-3).outputPowerDbm(-4.5).build());
        }
    }

    /** Returns a new session with it. */
    public synchronized OcsSession open() {
        Session session = new Session();
        sessions.add(session);
        return session;
    }

    /** Makes a circuit without a session. */
    public void circuit(String one, String other, String name, CircuitStatus status) {
        synchronized (this) {
            CircuitPorts joined = CircuitPorts.of(one, other);
            circuits.put(joined, CircuitState.builder().ports(joined).name(Optional.ofNullable(name)).status(status)
                    .build());
            revision++;
        }
        tell();
    }

    /** Removes a circuit without a session. */
    public void remove(String one, String other) {
        synchronized (this) {
            circuits.remove(CircuitPorts.of(one, other));
            revision++;
        }
        tell();
    }

    /** Changes a port. */
    public void port(String name, UnaryOperator<PortState> change) {
        synchronized (this) {
            ports.put(name, change.apply(ports.get(name)));
        }
        tell();
    }

    /** Takes the light from a port. */
    public void dark(String name) {
        port(name, port -> PortState.builder().from(port).inputPowerDbm(OptionalDouble.empty()).build());
    }

    /** Returns the circuits that it has. */
    public synchronized Set<CircuitPorts> circuits() {
        return Set.copyOf(circuits.keySet());
    }

    /** Has sessions show nothing from now on. */
    public synchronized void silent(boolean now) {
        silent = now;
    }

    /** Has reads fail from now on; null ends that. */
    public synchronized void failReads(OcsException failure) {
        readFailure = failure;
    }

    /** Has transactions fail from now on; null ends that. */
    public synchronized void failWrites(OcsException failure) {
        writeFailure = failure;
    }

    /** Has circuits end so from now on. */
    public synchronized void outcome(CircuitStatus status) {
        outcome = status;
    }

    /** Breaks all sessions. */
    public void breakSessions(String why) {
        for (Session session : new ArrayList<>(sessions)) {
            session.end(new OcsException(OcsException.Reason.LOST, why));
        }
    }

    /** Returns how many sessions there are now. */
    public int sessions() {
        return sessions.size();
    }

    /** Returns what it shows now. */
    public synchronized Snapshot snapshot() {
        return Snapshot.builder().revision(Long.toString(revision)).ports(ports).circuits(circuits).build();
    }

    private void tell() {
        synchronized (this) {
            if (silent) {
                return;
            }
        }
        sessions.forEach(session -> session.listeners.forEach(listener -> listener.accept(snapshot())));
    }

    private synchronized TransactionResult carryOut(CircuitTransaction transaction) {
        transactions.add(transaction);
        if (writeFailure != null) {
            throw writeFailure;
        }
        TreeMap<CircuitPorts, CircuitState> next = new TreeMap<>(circuits);
        transaction.deletes().forEach(next::remove);
        for (CircuitPorts wanted : transaction.creates()) {
            for (CircuitPorts there : next.keySet()) {
                if (there.meets(wanted) && !there.equals(wanted)) {
                    throw new OcsException(OcsException.Reason.CONFLICT, there + " is in the way of " + wanted);
                }
            }
            next.putIfAbsent(wanted, CircuitState.builder().ports(wanted).status(outcome)
                    .name(capabilities.contains(Capability.NAMED_CIRCUITS) ? Optional.of(CircuitNames.of(wanted))
                            : Optional.empty()).build());
        }
        circuits.clear();
        circuits.putAll(next);
        revision++;
        TreeMap<CircuitPorts, CircuitState> made = new TreeMap<>(circuits);
        made.keySet().retainAll(transaction.creates());
        return TransactionResult.builder().circuits(made).setting(Duration.ZERO).tuning(Duration.ZERO).build();
    }

    private final class Session implements OcsSession {

        private final List<Consumer<Snapshot>> listeners = new CopyOnWriteArrayList<>();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();

        @Override
        public Set<Capability> capabilities() {
            return capabilities;
        }

        @Override
        public CompletableFuture<Snapshot> snapshot(Duration deadline) {
            synchronized (FakeSwitch.this) {
                return readFailure != null ? CompletableFuture.failedFuture(readFailure)
                        : CompletableFuture.completedFuture(FakeSwitch.this.snapshot());
            }
        }

        @Override
        public CompletableFuture<TransactionResult> apply(CircuitTransaction transaction) {
            TransactionResult result;
            try {
                result = carryOut(transaction);
            } catch (OcsException e) {
                return CompletableFuture.failedFuture(e);
            }
            tell();
            return CompletableFuture.completedFuture(result);
        }

        @Override
        public CompletableFuture<Void> confirm(String confirmation, Duration deadline) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Void> cancel(String confirmation, Duration deadline) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Void> enable(String port, boolean enabled, Duration deadline) {
            synchronized (FakeSwitch.this) {
                if (writeFailure != null) {
                    return CompletableFuture.failedFuture(writeFailure);
                }
            }
            port(port, state -> PortState.builder().from(state).enabled(enabled).build());
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void arbitrate(long term) {
            terms.add(term);
        }

        @Override
        public void writeWhile(BooleanSupplier master) {
            mayWrite = master;
        }

        @Override
        public void watch(Consumer<Snapshot> listener) {
            listeners.add(listener);
            if (!silent) {
                listener.accept(FakeSwitch.this.snapshot());
            }
        }

        @Override
        public CompletableFuture<Void> ended() {
            return ended;
        }

        @Override
        public void close() {
            end(null);
        }

        private void end(OcsException why) {
            sessions.remove(this);
            listeners.clear();
            if (why == null) {
                ended.complete(null);
            } else {
                ended.completeExceptionally(why);
            }
        }
    }
}
