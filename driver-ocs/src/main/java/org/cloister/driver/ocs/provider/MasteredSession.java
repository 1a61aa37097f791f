package org.cloister.driver.ocs.provider;

import org.cloister.driver.ocs.session.Capability;
import org.cloister.driver.ocs.session.CircuitTransaction;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsSession;
import org.cloister.driver.ocs.session.Snapshot;
import org.cloister.driver.ocs.session.TransactionResult;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A session that writes only while this node is the switch's master. Switches with arbitration would refuse what
 * another node writes; the others would not, and no node shall have to ask which kind it talks to. What has to wait behind
 * other writes is checked by the session itself once more ({@link OcsSession#writeWhile}).
 */
final class MasteredSession implements OcsSession {

    private final String name;
    private final OcsSession session;
    private final BooleanSupplier master;

    MasteredSession(String name, OcsSession session, BooleanSupplier master) {
        this.name = name;
        this.session = session;
        this.master = master;
    }

    @Override
    public Set<Capability> capabilities() {
        return session.capabilities();
    }

    @Override
    public CompletableFuture<Snapshot> snapshot(Duration deadline) {
        return session.snapshot(deadline);
    }

    @Override
    public CompletableFuture<TransactionResult> apply(CircuitTransaction transaction) {
        return asMaster(() -> session.apply(transaction));
    }

    @Override
    public CompletableFuture<Void> confirm(String confirmation, Duration deadline) {
        return asMaster(() -> session.confirm(confirmation, deadline));
    }

    @Override
    public CompletableFuture<Void> cancel(String confirmation, Duration deadline) {
        return asMaster(() -> session.cancel(confirmation, deadline));
    }

    @Override
    public CompletableFuture<Void> enable(String port, boolean enabled, Duration deadline) {
        return asMaster(() -> session.enable(port, enabled, deadline));
    }

    /** Does nothing: the term is that of ONOS's mastership, and nobody else's to set. */
    @Override
    public void arbitrate(long term) {
    }

    /** Does nothing, for the same reason. */
    @Override
    public void writeWhile(BooleanSupplier other) {
    }

    @Override
    public void watch(Consumer<Snapshot> listener) {
        session.watch(listener);
    }

    @Override
    public CompletableFuture<Void> ended() {
        return session.ended();
    }

    /** Ends the session for all who use it; another one is opened, as after any loss. */
    @Override
    public void close() {
        session.close();
    }

    private <T> CompletableFuture<T> asMaster(Supplier<CompletableFuture<T>> write) {
        if (master.getAsBoolean()) {
            return write.get();
        }
        return CompletableFuture.failedFuture(new OcsException(OcsException.Reason.NOT_MASTER,
                name + ": this node is not its master"));
    }
}
