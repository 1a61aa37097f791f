package org.cloister.driver.ocs.gnmi;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import org.cloister.driver.ocs.Dialect;
import org.cloister.driver.ocs.OcsTarget;
import org.cloister.driver.ocs.SessionFactory;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;
import org.cloister.driver.ocs.session.OcsSession;
import org.cloister.gnmi.CapabilityResponse;
import org.cloister.gnmi.Encoding;
import org.cloister.gnmi.ModelData;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Opens sessions over gNMI. */
@Component(immediate = true, service = SessionFactory.class)
public final class GnmiSessions implements SessionFactory {

    /** How long all of opening may take. */
    private static final Duration OPENING = Duration.ofSeconds(10);
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final ExecutorService executor = Executors.newCachedThreadPool(threads("ocs-gnmi-%d"));
    private final ScheduledExecutorService timer = timer();
    private final Channels channels = new Channels(executor, timer);
    private final Set<ManagedChannel> open = ConcurrentHashMap.newKeySet();
    private final Set<GnmiSession> sessions = ConcurrentHashMap.newKeySet();

    @Override
    public Dialect dialect() {
        return Dialect.OCP_GNMI;
    }

    @Override
    public CompletableFuture<OcsSession> open(OcsTarget target) {
        CompletableFuture<OcsSession> result = new CompletableFuture<>();
        try {
            executor.execute(() -> connect(target, result));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new OcsException(Reason.LOST, "no more sessions over gNMI are opened", e));
        }
        return result;
    }

    private void connect(OcsTarget target, CompletableFuture<OcsSession> result) {
        ManagedChannel channel;
        try {
            channel = channels.to(target);
        } catch (RuntimeException e) {
            result.completeExceptionally(GnmiErrors.of(e));
            return;
        }
        open.add(channel);
        GnmiClient client = new GnmiClient(channel);
        Deadline deadline = Deadline.after(OPENING.toNanos(), TimeUnit.NANOSECONDS);
        client.capabilities(deadline).thenCompose(answer -> {
            GnmiSession session = new GnmiSession(client, encoding(answer), this::run, timer);
            return session.start(deadline).thenApply(started -> session);
        }).whenComplete((session, failure) -> {
            if (failure != null) {
                OcsException reason = opening(failure, client.isConnected());
                client.close();
                open.remove(channel);
                result.completeExceptionally(reason);
                return;
            }
            sessions.add(session);
            session.ended().whenComplete((nothing, reason) -> {
                sessions.remove(session);
                open.remove(channel);
            });
            if (!result.complete(session)) {
                session.close();
            }
        });
    }

    /** Returns what values are to be encoded as: the shortest that the switch knows. */
    private static Encoding encoding(CapabilityResponse answer) {
        if (answer.getSupportedModelsList().stream().noneMatch(model -> model.getName().startsWith(OcsTree.MODEL))) {
            throw new OcsException(Reason.UNSUPPORTED, "the switch has not the model " + OcsTree.MODEL + ", but "
                    + answer.getSupportedModelsList().stream().map(ModelData::getName).collect(Collectors.joining(", ")));
        }
        if (!answer.getSupportedEncodingsList().contains(Encoding.JSON_IETF)) {
            throw new OcsException(Reason.UNSUPPORTED, "the switch does not take JSON_IETF, but "
                    + answer.getSupportedEncodingsList());
        }
        return answer.getSupportedEncodingsList().contains(Encoding.PROTO) ? Encoding.PROTO : Encoding.JSON_IETF;
    }

    private static OcsException opening(Throwable failure, boolean connected) {
        OcsException reason = GnmiErrors.of(failure);
        if (reason.reason() == Reason.DEADLINE && !connected) {
            return new OcsException(Reason.LOST, "no connection within " + OPENING.toSeconds() + " s: "
                    + reason.getMessage(), failure);
        }
        if (reason.reason() == Reason.NOT_MASTER) {
            return new OcsException(Reason.UNAUTHENTICATED, reason.getMessage(), failure);
        }
        return reason;
    }

    @Override
    @Deactivate
    public void close() {
        Set<ManagedChannel> last = Set.copyOf(open);
        sessions.forEach(GnmiSession::close);
        last.forEach(ManagedChannel::shutdownNow);
        long end = System.nanoTime() + CLOSING.toNanos();
        try {
            // gRPC's last tasks need the threads
            for (ManagedChannel each : last) {
                each.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        timer.shutdownNow();
        executor.shutdown();
    }

    /** Whoever still waits when the threads have gone is told by the one that knows. */
    private void run(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    private static ScheduledExecutorService timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, threads("ocs-gnmi-timer"));
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    private static ThreadFactory threads(String name) {
        return new ThreadFactoryBuilder().setNameFormat(name).setDaemon(true).build();
    }
}
