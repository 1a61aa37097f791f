package org.cloister.driver.ocs.gnmi;

import com.google.common.util.concurrent.MoreExecutors;
import io.grpc.Deadline;
import org.cloister.driver.ocs.session.Capability;
import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitState;
import org.cloister.driver.ocs.session.CircuitStatus;
import org.cloister.driver.ocs.session.CircuitTransaction;
import org.cloister.driver.ocs.session.ImmutableTransactionResult;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;
import org.cloister.driver.ocs.session.OcsSession;
import org.cloister.driver.ocs.session.Snapshot;
import org.cloister.driver.ocs.session.TransactionResult;
import org.cloister.gnmi.Encoding;
import org.cloister.gnmi.Notification;
import org.cloister.gnmi.Path;
import org.cloister.gnmi.SetRequest;
import org.cloister.gnmi.SetResponse;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One connection with a switch. Reads take turns among themselves, so that of two answers the later one is later, and
 * writes among themselves. A {@link Mirror} holds what was shown; whatever changes it wakes who follows a write, and
 * soon afterwards the watchers.
 */
final class GnmiSession implements OcsSession {

    private static final String[] ROOTS = {OcsTree.CONNECTIONS, OcsTree.COMPONENTS};
    /** Changes that follow each other within this are told together. */
    private static final Duration TELLING = Duration.ofMillis(10);
    /** How long a broken stream may take to say why. */
    private static final Duration LAST_WORDS = Duration.ofMillis(100);

    private final GnmiClient client;
    private final Encoding encoding;
    private final Executor executor;
    private final ScheduledExecutorService timer;
    private final Executor telling;
    private final Mirror mirror = new Mirror();
    private final Turns reads;
    private final Turns writes;
    private final Telemetry telemetry;
    private final Heartbeat heartbeat;
    private final List<Consumer<Snapshot>> watchers = new CopyOnWriteArrayList<>();
    private final AtomicBoolean toBeTold = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile Set<Capability> capabilities = Set.of();
    private volatile Following following;
    /** Who writes, once it is known; read and written by whoever comes. */
    private volatile Long term;
    private volatile BooleanSupplier mayWrite = () -> true;

    GnmiSession(GnmiClient client, Encoding encoding, Executor executor, ScheduledExecutorService timer) {
        this.client = client;
        this.encoding = encoding;
        this.executor = executor;
        this.timer = timer;
        telling = MoreExecutors.newSequentialExecutor(executor);
        reads = new Turns(timer);
        writes = new Turns(timer);
        telemetry = new Telemetry(client, encoding, timer, new Telemetry.Listener() {
            @Override
            public void told(Notification change) {
                changed(mirror.told(change));
            }

            @Override
            public void synced() {
                // what was deleted while there was no stream was not told
                refresh();
            }

            @Override
            public void lost(Throwable reason) {
                end(new OcsException(Reason.LOST, "the connection broke: " + GnmiErrors.of(reason).getMessage(), reason));
            }
        });
        heartbeat = new Heartbeat(client, encoding, timer, mirror::revision, this::refresh, this::end);
    }

    /** Reads the switch for the first time and begins to listen to it. */
    CompletableFuture<Void> start(Deadline deadline) {
        return read(deadline, ROOTS).thenRun(() -> {
            if (mirror.snapshot().ports().isEmpty()) {
                throw new OcsException(Reason.UNSUPPORTED, "the switch shows no ports: no component has "
                        + OcsTree.PORT_INDEX);
            }
            capabilities = capabilitiesOf(mirror);
            telemetry.start();
            heartbeat.start();
            client.whenDisconnected(this::disconnected);
        });
    }

    private void disconnected() {
        if (!over.get()) {
            timer.schedule(() -> end(new OcsException(Reason.LOST, "the connection broke")), LAST_WORDS.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    /** The model has all of it; what a switch may leave out is to measure. */
    private static Set<Capability> capabilitiesOf(Mirror mirror) {
        Set<Capability> all = EnumSet.allOf(Capability.class);
        if (!mirror.measuresPower()) {
            all.remove(Capability.OPTICAL_POWER);
        }
        return Set.copyOf(all);
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public CompletableFuture<Snapshot> snapshot(Duration deadline) {
        return handedOver(read(after(deadline), ROOTS).thenApply(read -> mirror.snapshot()));
    }

    @Override
    public CompletableFuture<TransactionResult> apply(CircuitTransaction transaction) {
        Deadline deadline = after(transaction.deadline());
        return handedOver(writes.take(deadline, () -> read(deadline, OcsTree.CONNECTIONS)
                .thenCompose(read -> carryOut(transaction, deadline))));
    }

    private CompletableFuture<TransactionResult> carryOut(CircuitTransaction transaction, Deadline deadline) {
        String revision = mirror.revision();
        transaction.expectedRevision().filter(expected -> !expected.equals(revision)).ifPresent(expected -> {
            throw new OcsException(Reason.STALE, "planned on revision " + expected + " of the switch, which has "
                    + revision);
        });
        TransactionPlan plan = TransactionPlan.of(transaction, mirror.connections(), mirror.snapshot().ports().keySet());
        ImmutableTransactionResult.Builder result = TransactionResult.builder();
        if (plan.isEmpty()) {
            return follow(() -> isDone(plan), deadline, result.setting(Duration.ZERO), plan);
        }
        SetRequest request = SetRequests.of(plan);
        if (transaction.confirmWithin().isPresent()) {
            String confirmation = transaction.confirmation().orElseGet(() ->
                    "cloister:" + (term == null ? 0 : term) + ":" + revision);
            result.confirmation(confirmation);
            request = SetRequests.within(transaction.confirmWithin().get(), confirmation, request);
        }
        long began = System.nanoTime();
        return set(request, deadline).thenCompose(answer -> {
            Set<String> anew = new HashSet<>(plan.deletes());
            anew.retainAll(plan.creates().keySet());
            mirror.forgetStates(anew);
            return follow(() -> isDone(plan), deadline, result.setting(Duration.ofNanos(System.nanoTime() - began)), plan);
        });
    }

    private boolean isDone(TransactionPlan plan) {
        return plan.wanted().values().stream().allMatch(name -> mirror.connection(name).map(CircuitState::status)
                        .filter(GnmiSession::isSettled).isPresent())
                && plan.deletes().stream().allMatch(name -> plan.creates().containsKey(name)
                        || !mirror.shows(name));
    }

    private static boolean isSettled(CircuitStatus status) {
        return status == CircuitStatus.CONNECTED || status == CircuitStatus.FAILED || status == CircuitStatus.INVALID;
    }

    private CompletableFuture<TransactionResult> follow(BooleanSupplier settled, Deadline deadline,
            ImmutableTransactionResult.Builder result, TransactionPlan plan) {
        long began = System.nanoTime();
        return follow(settled, deadline).thenApply(done -> {
            plan.wanted().forEach((ports, name) -> result.putCircuits(ports, state(ports, name)));
            return result.tuning(Duration.ofNanos(System.nanoTime() - began)).build();
        });
    }

    private CompletableFuture<Void> follow(BooleanSupplier settled, Deadline deadline) {
        Following now = new Following(settled, this::refresh, timer);
        following = now;
        if (over.get()) {
            now.fail(lost());
        }
        return now.until(deadline);
    }

    private CircuitState state(CircuitPorts ports, String name) {
        return mirror.connection(name).orElseGet(() -> CircuitState.builder().ports(ports).name(name)
                .status(CircuitStatus.FAILED).reason("the switch shows no such circuit").build());
    }

    @Override
    public CompletableFuture<Void> confirm(String confirmation, Duration within) {
        return write(SetRequests.confirm(confirmation), after(within));
    }

    @Override
    public CompletableFuture<Void> cancel(String confirmation, Duration within) {
        Deadline deadline = after(within);
        return handedOver(writes.take(deadline, () -> set(SetRequests.cancel(confirmation), deadline)
                .thenCompose(answer -> read(deadline, OcsTree.CONNECTIONS))
                .thenCompose(read -> follow(mirror::isQuiet, deadline))));
    }

    @Override
    public CompletableFuture<Void> enable(String port, boolean enabled, Duration within) {
        if (!mirror.hasPort(port)) {
            return CompletableFuture.failedFuture(new OcsException(Reason.UNKNOWN_PORT, "the switch has no port " + port));
        }
        return write(SetRequests.enabled(port, enabled), after(within));
    }

    private CompletableFuture<Void> write(SetRequest request, Deadline deadline) {
        return handedOver(writes.take(deadline, () -> set(request, deadline).thenApply(answer -> null)));
    }

    @Override
    public void arbitrate(long of) {
        term = of;
    }

    @Override
    public void writeWhile(BooleanSupplier master) {
        mayWrite = master;
    }

    @Override
    public void watch(Consumer<Snapshot> listener) {
        telling.execute(() -> shown().ifPresent(now -> {
            listener.accept(now);
            watchers.add(listener);
        }));
    }

    @Override
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void close() {
        end(null);
    }

    private void end(OcsException reason) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        telemetry.end();
        heartbeat.end();
        client.close();
        Following now = following;
        if (now != null) {
            now.fail(lost());
        }
        if (reason == null) {
            ended.complete(null);
        } else {
            ended.completeExceptionally(reason);
        }
    }

    private CompletableFuture<Void> read(Deadline deadline, String... roots) {
        Path[] paths = new Path[roots.length];
        for (int i = 0; i < roots.length; i++) {
            paths[i] = OcsTree.path(roots[i]);
        }
        return reads.take(deadline, () -> {
            if (over.get()) {
                return CompletableFuture.failedFuture(lost());
            }
            mirror.ask(roots);
            return client.get(encoding, deadline, paths).thenAccept(answer -> changed(mirror.took(answer, roots)));
        });
    }

    /** Reads all without anybody who waits for it; if it fails, the heartbeat will too. */
    private void refresh() {
        read(after(Heartbeat.PATIENCE), ROOTS);
    }

    private CompletableFuture<SetResponse> set(SetRequest request, Deadline deadline) {
        if (!mayWrite.getAsBoolean()) {
            return CompletableFuture.failedFuture(new OcsException(Reason.NOT_MASTER,
                    "this node is not the switch's master any more"));
        }
        Long writer = term;
        return over.get() ? CompletableFuture.failedFuture(lost())
                : client.set(writer == null ? request : SetRequests.by(writer, request), deadline);
    }

    private void changed(boolean news) {
        Following now = following;
        if (now != null) {
            now.check();
        }
        if (news && toBeTold.compareAndSet(false, true)) {
            timer.schedule(() -> telling.execute(this::tell), TELLING.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void tell() {
        toBeTold.set(false);
        shown().ifPresent(now -> {
            for (Consumer<Snapshot> each : watchers) {
                if (!over.get()) {
                    each.accept(now);
                }
            }
        });
    }

    /** Returns what is shown while the session lasts, which it does not beyond what makes no sense. */
    private Optional<Snapshot> shown() {
        try {
            return over.get() ? Optional.empty() : Optional.of(mirror.snapshot());
        } catch (OcsException e) {
            end(e);
            return Optional.empty();
        }
    }

    private static OcsException lost() {
        return new OcsException(Reason.LOST, "the session has ended");
    }

    private static Deadline after(Duration time) {
        return Deadline.after(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Returns a future with a thread of its own for whoever waits for it, who may ask for more and wait for that; the
     * threads that bring answers must not. Failures are without the wrapping that futures give those of others.
     */
    private <T> CompletableFuture<T> handedOver(CompletableFuture<T> future) {
        CompletableFuture<T> result = new CompletableFuture<>();
        future.whenCompleteAsync((value, failure) -> {
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(GnmiErrors.of(failure));
            }
        }, executor);
        return result;
    }
}
