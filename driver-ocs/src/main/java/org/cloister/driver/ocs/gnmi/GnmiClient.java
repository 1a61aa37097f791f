package org.cloister.driver.ocs.gnmi;

import io.grpc.ConnectivityState;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import org.cloister.gnmi.CapabilityRequest;
import org.cloister.gnmi.CapabilityResponse;
import org.cloister.gnmi.Encoding;
import org.cloister.gnmi.GetRequest;
import org.cloister.gnmi.GetResponse;
import org.cloister.gnmi.Notification;
import org.cloister.gnmi.Path;
import org.cloister.gnmi.SetRequest;
import org.cloister.gnmi.SetResponse;
import org.cloister.gnmi.SubscribeRequest;
import org.cloister.gnmi.SubscribeResponse;
import org.cloister.gnmi.gNMIGrpc;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** gNMI's calls as futures, which fail with what {@link GnmiErrors} makes of gRPC's failures. */
final class GnmiClient {

    private final ManagedChannel channel;
    private final gNMIGrpc.gNMIStub calls;

    GnmiClient(ManagedChannel channel) {
        this.channel = channel;
        calls = gNMIGrpc.newStub(channel);
    }

    CompletableFuture<CapabilityResponse> capabilities(Deadline deadline) {
        Answer<CapabilityResponse> answer = new Answer<>();
        calls.withDeadline(deadline).capabilities(CapabilityRequest.getDefaultInstance(), answer);
        return answer.future;
    }

    CompletableFuture<List<Notification>> get(Encoding encoding, Deadline deadline, Path... paths) {
        GetRequest request = GetRequest.newBuilder().setEncoding(encoding).addAllPath(List.of(paths)).build();
        Answer<GetResponse> answer = new Answer<>();
        calls.withDeadline(deadline).get(request, answer);
        return answer.future.thenApply(GetResponse::getNotificationList);
    }

    CompletableFuture<SetResponse> set(SetRequest request, Deadline deadline) {
        Answer<SetResponse> answer = new Answer<>();
        calls.withDeadline(deadline).set(request, answer);
        return answer.future;
    }

    /** Opens a stream that lasts until either side ends it. */
    StreamObserver<SubscribeRequest> subscribe(StreamObserver<SubscribeResponse> listener) {
        return calls.subscribe(listener);
    }

    /** Returns whether there is a connection. */
    boolean isConnected() {
        return channel.getState(false) == ConnectivityState.READY;
    }

    /** Has something done when the connection is there no more. */
    void whenDisconnected(Runnable action) {
        channel.notifyWhenStateChanged(ConnectivityState.READY, action);
    }

    /** Ends all calls and the connection. */
    void close() {
        channel.shutdownNow();
    }

    private static final class Answer<T> implements StreamObserver<T> {
        private final CompletableFuture<T> future = new CompletableFuture<>();
        private T value;

        @Override
        public void onNext(T next) {
            value = next;
        }

        @Override
        public void onError(Throwable failure) {
            future.completeExceptionally(GnmiErrors.of(failure));
        }

        @Override
        public void onCompleted() {
            future.complete(value);
        }
    }
}
