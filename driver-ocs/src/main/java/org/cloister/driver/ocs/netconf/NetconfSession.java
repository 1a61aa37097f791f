package org.cloister.driver.ocs.netconf;

import org.cloister.driver.ocs.session.Capability;
import org.cloister.driver.ocs.session.CircuitTransaction;
import org.cloister.driver.ocs.session.CircuitTransaction.Mode;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;
import org.cloister.driver.ocs.session.OcsSession;
import org.cloister.driver.ocs.session.Snapshot;
import org.cloister.driver.ocs.session.TransactionResult;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A session with a switch that has Polatis' model. One request at a time goes to it; a request without an answer ends
 * the session (see {@link NetconfChannel}).
 *
 * <p>Not to be had, whatever the switch: {@link Capability#NAMED_CIRCUITS} and with it the modes that let circuits of
 * ours give way, since nothing tells ours from others'; {@link Capability#CIRCUIT_STATE} and
 * {@link Capability#PORT_STATE}, of which the model has no more than what fails;
 * {@link Capability#ARBITRATION}: what keeps two writers apart is the lock, for one transaction at a time.
 */
final class NetconfSession implements OcsSession {

    private final NetconfChannel channel;
    private final Set<Capability> capabilities;
    private final Worker worker = new Worker();
    private final Transactions transactions;
    private final Ports ports;
    private final Watch watch;
    private volatile BooleanSupplier mayWrite = () -> true;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /**
     * @param channel is open, and ends with the session
     * @param interval how often a watched switch is read without reason
     */
    NetconfSession(NetconfChannel channel, ServerCapabilities server, Set<Capability> capabilities, Duration interval) {
        this.channel = channel;
        this.capabilities = Set.copyOf(capabilities);
        this.transactions = new Transactions(channel, Datastore.of(channel, server),
                "cloister-" + server.session());
        this.ports = new Ports(channel);
        this.watch = new Watch(interval, this::snapshot);
        channel.ended().whenComplete((closed, why) -> {
            watch.close();
            if (why == null) {
                worker.end(new OcsException(Reason.LOST, "the session was closed"));
                ended.complete(null);
            } else {
                worker.end((OcsException) why);
                ended.completeExceptionally(why);
            }
        });
    }

    /** Says that something has changed on the switch. */
    void changed() {
        watch.changed();
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public CompletableFuture<Snapshot> snapshot(Duration deadline) {
        return worker.run("reading", deadline, until -> transactions.read(until).snapshot());
    }

    @Override
    public CompletableFuture<TransactionResult> apply(CircuitTransaction transaction) {
        if (transaction.mode() != Mode.SAFE) {
            return refused("mode " + transaction.mode() + " needs to know which circuits are ours", Capability.OVERWRITE);
        }
        if (transaction.confirmWithin().isPresent() && !capabilities.contains(Capability.CONFIRMED_COMMIT)) {
            return refused("the switch announces no :confirmed-commit:1.1", Capability.CONFIRMED_COMMIT);
        }
        return watched(write("the transaction", transaction.deadline(),
                until -> transactions.apply(transaction, until)));
    }

    @Override
    public CompletableFuture<Void> confirm(String confirmation, Duration deadline) {
        return settle("confirm", Datastore.Confirmation.confirm(confirmation), confirmation, deadline);
    }

    @Override
    public CompletableFuture<Void> cancel(String confirmation, Duration deadline) {
        return settle("cancel", Datastore.Confirmation.cancel(confirmation), confirmation, deadline);
    }

    private CompletableFuture<Void> settle(String what, String operation, String confirmation, Duration deadline) {
        if (!capabilities.contains(Capability.CONFIRMED_COMMIT)) {
            return refused("the switch announces no :confirmed-commit:1.1", Capability.CONFIRMED_COMMIT);
        }
        return watched(write(what, deadline, until -> {
            try {
                channel.ask(operation, until);
                return null;
            } catch (RpcRefused e) {
                throw e.toOcsException(what + " transaction " + confirmation);
            }
        }));
    }

    @Override
    public CompletableFuture<Void> enable(String port, boolean enabled, Duration deadline) {
        if (!capabilities.contains(Capability.PORT_ADMIN)) {
            return refused("the switch shows no port as ENABLED or DISABLED", Capability.PORT_ADMIN);
        }
        return watched(write("switching port " + port, deadline, until -> {
            ports.enable(transactions.read(until).port(port), enabled, transactions::read, until);
            return null;
        }));
    }

    @Override
    public void arbitrate(long term) {
        // the protocol has none
    }

    @Override
    public void writeWhile(BooleanSupplier master) {
        mayWrite = master;
    }

    @Override
    public void watch(Consumer<Snapshot> listener) {
        watch.add(listener);
    }

    @Override
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void close() {
        channel.close();
    }

    private <T> CompletableFuture<T> write(String what, Duration time, Worker.Job<T> job) {
        return worker.run(what, time, until -> {
            if (!mayWrite.getAsBoolean()) {
                throw new OcsException(Reason.NOT_MASTER, "this node is not the switch's master any more");
            }
            return job.run(until);
        });
    }

    /** Not the future that comes of it: that would fail with a wrapped reason. */
    private <T> CompletableFuture<T> watched(CompletableFuture<T> change) {
        change.whenComplete((done, failed) -> watch.changed());
        return change;
    }

    private static <T> CompletableFuture<T> refused(String why, Capability missing) {
        return CompletableFuture.failedFuture(new OcsException(Reason.UNSUPPORTED, why + " (" + missing + ")"));
    }
}
