package org.cloister.lab.ocs;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import org.cloister.gnmi.Encoding;
import org.cloister.gnmi.GetRequest;
import org.cloister.gnmi.Notification;
import org.cloister.gnmi.Path;
import org.cloister.gnmi.PathElem;
import org.cloister.gnmi.SetRequest;
import org.cloister.gnmi.SetResponse;
import org.cloister.gnmi.SubscribeRequest;
import org.cloister.gnmi.SubscribeResponse;
import org.cloister.gnmi.Subscription;
import org.cloister.gnmi.SubscriptionList;
import org.cloister.gnmi.SubscriptionMode;
import org.cloister.gnmi.TypedValue;
import org.cloister.gnmi.Update;
import org.cloister.gnmi.gNMIGrpc;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A client of gNMI that writes paths as text. */
final class Client implements AutoCloseable {

    private static final Pattern STEP = Pattern.compile("/([^/\\[]+)(?:\\[([^=]+)=([^]]+)])?");
    private static final long SECONDS = 20;

    private final ManagedChannel channel;
    private final Channel authorized;

    private Client(ManagedChannel channel, String username, String password) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("username", Metadata.ASCII_STRING_MARSHALLER), username);
        headers.put(Metadata.Key.of("password", Metadata.ASCII_STRING_MARSHALLER), password);
        this.channel = channel;
        this.authorized = ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    static Client of(Emulator emulator) {
        return of(emulator, "admin", "admin");
    }

    static Client of(Emulator emulator, String username, String password) {
        return new Client(NettyChannelBuilder.forAddress(emulator.address()).usePlaintext().build(), username, password);
    }

    gNMIGrpc.gNMIBlockingStub blocking() {
        return gNMIGrpc.newBlockingStub(authorized).withDeadlineAfter(SECONDS, TimeUnit.SECONDS);
    }

    static Path path(String text) {
        Path.Builder path = Path.newBuilder();
        Matcher step = STEP.matcher(text);
        while (step.find()) {
            PathElem.Builder elem = PathElem.newBuilder().setName(step.group(1));
            if (step.group(2) != null) {
                elem.putKey(step.group(2), step.group(3));
            }
            path.addElem(elem);
        }
        return path.build();
    }

    static String text(Path path) {
        return path.getElemList().stream().map(elem -> "/" + elem.getName() + elem.getKeyMap().entrySet().stream()
                .map(key -> "[" + key.getKey() + "=" + key.getValue() + "]").collect(Collectors.joining()))
                .collect(Collectors.joining());
    }

    static TypedValue json(String text) {
        return TypedValue.newBuilder().setJsonIetfVal(ByteString.copyFromUtf8(text)).build();
    }

    static Update update(String path, String json) {
        return Update.newBuilder().setPath(path(path)).setVal(json(json)).build();
    }

    static Update circuit(String name, String one, String other) {
        return update("/connections/port-connection[name=" + name + "]/config", "{\"name\":\"" + name
                + "\",\"input-port-name\":\"" + one + "\",\"output-port-name\":\"" + other + "\"}");
    }

    static Path connection(String name) {
        return path("/connections/port-connection[name=" + name + "]");
    }

    SetResponse set(SetRequest.Builder request) {
        return blocking().set(request.build());
    }

    SetResponse connect(String name, String one, String other) {
        return set(SetRequest.newBuilder().addUpdate(circuit(name, one, other)));
    }

    SetResponse disconnect(String name) {
        return set(SetRequest.newBuilder().addDelete(connection(name)));
    }

    Status refused(SetRequest.Builder request) {
        return refused(() -> set(request));
    }

    static Status refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        StatusRuntimeException problem = catchThrowableOfType(call, StatusRuntimeException.class);
        assertThat(problem).as("the refusal").isNotNull();
        return problem.getStatus();
    }

    /** Reads scalars below a path. */
    Map<String, String> get(String path) {
        return get(path, Encoding.PROTO);
    }

    Map<String, String> get(String path, Encoding encoding) {
        Map<String, String> leaves = new TreeMap<>();
        blocking().get(GetRequest.newBuilder().addPath(path(path)).setEncoding(encoding).build()).getNotificationList()
                .forEach(notification -> collect(notification, leaves));
        return leaves;
    }

    String status(String connection) {
        return get("/connections/port-connection").get("/connections/port-connection[name=" + connection + "]/state/status");
    }

    String port(String port, String leaf) {
        return get("/components/component[name=" + port + "]/ocp-ocs-port")
                .get("/components/component[name=" + port + "]/ocp-ocs-port/" + leaf);
    }

    static void collect(Notification notification, Map<String, String> leaves) {
        notification.getDeleteList().forEach(path -> leaves.keySet().removeIf(leaf -> leaf.equals(text(path))
                || leaf.startsWith(text(path) + "/")));
        notification.getUpdateList().forEach(update -> leaves.put(text(update.getPath()), value(update.getVal())));
    }

    private static String value(TypedValue value) {
        switch (value.getValueCase()) {
            case STRING_VAL:
                return value.getStringVal();
            case UINT_VAL:
                return String.valueOf(value.getUintVal());
            case BOOL_VAL:
                return String.valueOf(value.getBoolVal());
            case DOUBLE_VAL:
                return String.valueOf(value.getDoubleVal());
            case JSON_IETF_VAL:
                return value.getJsonIetfVal().toStringUtf8();
            default:
                throw new AssertionError("value of kind " + value.getValueCase());
        }
    }

    Watch watch(SubscriptionList.Mode mode, SubscriptionMode how, String... paths) {
        SubscriptionList.Builder list = SubscriptionList.newBuilder().setMode(mode).setEncoding(Encoding.PROTO);
        for (String path : paths) {
            list.addSubscription(Subscription.newBuilder().setPath(path(path)).setMode(how));
        }
        return watch(list);
    }

    Watch watch(SubscriptionList.Builder list) {
        Watch watch = new Watch();
        watch.requests = gNMIGrpc.newStub(authorized).subscribe(watch);
        watch.requests.onNext(SubscribeRequest.newBuilder().setSubscribe(list).build());
        return watch;
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    /** A subscription, and what is known by it. */
    static final class Watch implements StreamObserver<SubscribeResponse> {

        final Map<String, String> leaves = new TreeMap<>();
        final BlockingQueue<SubscribeResponse> responses = new LinkedBlockingQueue<>();
        final BlockingQueue<Status> ended = new LinkedBlockingQueue<>();
        StreamObserver<SubscribeRequest> requests;

        @Override
        public void onNext(SubscribeResponse response) {
            responses.add(response);
        }

        @Override
        public void onError(Throwable problem) {
            ended.add(Status.fromThrowable(problem));
        }

        @Override
        public void onCompleted() {
            ended.add(Status.OK);
        }

        SubscribeResponse next() throws InterruptedException {
            SubscribeResponse response = responses.poll(SECONDS, TimeUnit.SECONDS);
            assertThat(response).as("a response to the subscription").isNotNull();
            if (response.hasUpdate()) {
                collect(response.getUpdate(), leaves);
            }
            return response;
        }

        Watch synced() throws InterruptedException {
            while (!next().getSyncResponse()) {
                continue;
            }
            return this;
        }

        void until(Predicate<Map<String, String>> known) throws InterruptedException {
            while (!known.test(leaves)) {
                next();
            }
        }

        Status end() throws InterruptedException {
            Status status = ended.poll(SECONDS, TimeUnit.SECONDS);
            assertThat(status).as("the end of the subscription").isNotNull();
            return status;
        }
    }
}
