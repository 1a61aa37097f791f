package org.cloister.driver.ocs.gnmi;

import io.grpc.Deadline;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.StreamObserver;
import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;
import org.cloister.driver.ocs.session.Snapshot;
import org.cloister.gnmi.Encoding;
import org.cloister.gnmi.GetRequest;
import org.cloister.gnmi.GetResponse;
import org.cloister.gnmi.Notification;
import org.cloister.gnmi.SubscribeRequest;
import org.cloister.gnmi.SubscribeResponse;
import org.cloister.gnmi.gNMIGrpc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a session makes of a switch that serves the model otherwise than the emulator does. */
@Timeout(60)
class OddSwitchTest extends gNMIGrpc.gNMIImplBase {

    private static final String INDEX = "/components/component[name=1]/ocp-ocs-port/state/index";

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final CompletableFuture<StreamObserver<SubscribeResponse>> telemetry = new CompletableFuture<>();
    private final BlockingQueue<Snapshot> told = new LinkedBlockingQueue<>();
    private volatile Notification connections = Told.connection(10, "a", "1", "5", "CONNECTED");
    private Server server;
    private GnmiSession session;

    @BeforeEach
    void open() throws Exception {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(this).build().start();
        session = new GnmiSession(new GnmiClient(OkHttpChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext().build()), Encoding.PROTO, executor, timer);
        session.start(Deadline.after(10, TimeUnit.SECONDS)).get(10, TimeUnit.SECONDS);
        session.watch(told::add);
        assertThat(told.poll(10, TimeUnit.SECONDS)).isNotNull();
    }

    @AfterEach
    void close() {
        session.close();
        server.shutdownNow();
        timer.shutdownNow();
        executor.shutdownNow();
    }

    /** It shows whole roots only. */
    @Override
    public void get(GetRequest request, StreamObserver<GetResponse> answer) {
        if (request.getPath(0).getElemCount() > 1) {
            answer.onError(Status.INVALID_ARGUMENT.withDescription("whole roots only").asRuntimeException());
            return;
        }
        answer.onNext(GetResponse.newBuilder().addNotification(connections)
                .addNotification(Told.at(10).addUpdate(Told.leaf(INDEX, "1"))).build());
        answer.onCompleted();
    }

    @Override
    public StreamObserver<SubscribeRequest> subscribe(StreamObserver<SubscribeResponse> listener) {
        telemetry.complete(listener);
        return new StreamObserver<>() {
            @Override
            public void onNext(SubscribeRequest request) {
            }

            @Override
            public void onError(Throwable failure) {
            }

            @Override
            public void onCompleted() {
            }
        };
    }

    @Test
    void switchThatRefusesTheSingleLeafIsReadAsAWhole() throws Exception {
        connections = Told.connection(20, "b", "2", "6", "CONNECTED");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        Snapshot read;
        do {
            read = told.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            assertThat(read).as("nobody told, and ten beats are half a minute").isNotNull();
        } while (!read.circuits().keySet().equals(Set.of(CircuitPorts.of("2", "6"))));
        assertThat(session.ended()).isNotDone();
    }

    @Test
    void numberThatIsNoneEndsTheSessionAndIsNamed() throws Exception {
        telemetry.get(10, TimeUnit.SECONDS).onNext(SubscribeResponse.newBuilder()
                .setUpdate(Told.at(20).addUpdate(Told.leaf(INDEX, "one"))).build());
        assertThatThrownBy(() -> session.ended().get(10, TimeUnit.SECONDS)).cause()
                .hasMessageContaining(INDEX).hasMessageContaining("one")
                .isInstanceOfSatisfying(OcsException.class, why -> assertThat(why.reason()).isEqualTo(Reason.REJECTED));
    }
}
