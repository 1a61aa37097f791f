package org.cloister.lab.ocs.gnmi;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.cloister.gnmi.CapabilityRequest;
import org.cloister.gnmi.CapabilityResponse;
import org.cloister.gnmi.Encoding;
import org.cloister.gnmi.GetRequest;
import org.cloister.gnmi.GetResponse;
import org.cloister.gnmi.ModelData;
import org.cloister.gnmi.Notification;
import org.cloister.gnmi.Path;
import org.cloister.gnmi.SetRequest;
import org.cloister.gnmi.SetResponse;
import org.cloister.gnmi.SubscribeRequest;
import org.cloister.gnmi.SubscribeResponse;
import org.cloister.gnmi.gNMIGrpc;
import org.cloister.lab.ocs.Later;
import org.cloister.lab.ocs.Times;
import org.cloister.lab.ocs.device.OpticalSwitch;
import org.cloister.lab.ocs.device.Refusal;
import org.cloister.lab.ocs.device.Writer;
import org.cloister.lab.ocs.fault.Fault;
import org.cloister.lab.ocs.fault.FaultKind;
import org.cloister.lab.ocs.fault.Faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Answers gNMI's requests, all on the switch's thread, one after the other. */
public final class GnmiService extends gNMIGrpc.gNMIImplBase {

    private static final Logger LOG = Logger.getLogger(GnmiService.class.getName());
    private static final Set<Encoding> ENCODINGS = Set.of(Encoding.JSON, Encoding.JSON_IETF, Encoding.PROTO);
    private static final double LATE_MS = 60_000;

    private final Executor owner;
    private final OpticalSwitch device;
    private final Writer writer;
    private final Tree tree;
    private final Faults faults;
    private final Later later;
    private final LongSupplier epochNs;
    private final List<Subscriber> subscribers = new ArrayList<>();

    /**
     * Creates the service of a switch.
     *
     * @param owner runs tasks on the thread that owns the switch
     */
    public GnmiService(String name, Executor owner, OpticalSwitch device, Writer writer, Faults faults, Later later,
            LongSupplier epochNs) {
        this.owner = owner;
        this.device = device;
        this.writer = writer;
        this.tree = new Tree(device, name);
        this.faults = faults;
        this.later = later;
        this.epochNs = epochNs;
    }

    /** Tells subscribers what is different; on the switch's thread. */
    public void changed(Set<String> connections, Set<String> ports) {
        Tree.Change change = tree.look(connections, ports);
        subscribers.removeIf(Subscriber::isOver);
        if (!change.isEmpty()) {
            subscribers.forEach(subscriber -> subscriber.tell(change));
        }
    }

    /** Ends all subscriptions; on the switch's thread. */
    public void dropSubscribers(String reason) {
        subscribers.forEach(subscriber -> subscriber.end(Status.UNAVAILABLE.withDescription(reason)));
        subscribers.clear();
    }

    @Override
    public void capabilities(CapabilityRequest request, StreamObserver<CapabilityResponse> client) {
        CapabilityResponse.Builder answer = CapabilityResponse.newBuilder().setGNMIVersion("0.10.0")
                .addAllSupportedEncodings(List.of(Encoding.PROTO, Encoding.JSON_IETF, Encoding.JSON));
        for (String model : List.of("ocp-ocs", "ocp-ocs-port", "ocp-ocs-connections")) {
            answer.addSupportedModels(ModelData.newBuilder().setName(model).setOrganization("Open Compute Project")
                    .setVersion("0.8.0"));
        }
        client.onNext(answer.build());
        client.onCompleted();
    }

    @Override
    public void get(GetRequest request, StreamObserver<GetResponse> client) {
        run(client, () -> {
            check(request.getEncoding());
            List<Path> asked = request.getPathCount() == 0 ? List.of(Path.getDefaultInstance()) : request.getPathList();
            Notifications notifications = new Notifications(epochNs, request.getEncoding(), request.getPrefix().getTarget());
            GetResponse.Builder answer = GetResponse.newBuilder();
            for (Path path : asked) {
                answer.addNotification(read(Model.known(request.getPrefix(), path), request.getType(), notifications));
            }
            client.onNext(answer.build());
            client.onCompleted();
        });
    }

    private Notification read(Path path, GetRequest.DataType type, Notifications notifications) {
        List<Leaf> leaves = new ArrayList<>();
        tree.forEach(leaf -> {
            boolean wanted = type == GetRequest.DataType.ALL || leaf.isConfig() == (type == GetRequest.DataType.CONFIG);
            if (wanted && Paths.contains(path, leaf.path())) {
                leaves.add(leaf);
            }
        });
        boolean one = path.getElemList().stream().flatMap(elem -> elem.getKeyMap().values().stream())
                .anyMatch(key -> !key.equals("*"));
        if (leaves.isEmpty() && one && type == GetRequest.DataType.ALL) {
            throw new Refusal(Refusal.Cause.NOT_FOUND, Paths.text(path) + " is not there");
        }
        return notifications.of(leaves, List.of());
    }

    @Override
    public void set(SetRequest request, StreamObserver<SetResponse> client) {
        run(client, () -> {
            Extensions extensions = Extensions.of(request.getExtensionList());
            writer.write(extensions.election(), extensions.commit(), configuration -> SetReader.read(request, configuration,
                    device.connections().keySet(), device.ports().names()));
            LOG.info(() -> "set: " + request.getDeleteCount() + " deletes, " + request.getReplaceCount() + " replaces, "
                    + request.getUpdateCount() + " updates" + extensions.commit().map(commit -> ", commit " + commit).orElse(""));
            SetResponse answer = Answers.of(request, epochNs.getAsLong());
            later(() -> {
                client.onNext(answer);
                client.onCompleted();
            });
        });
    }

    /** Answers now, or when the client no longer listens. */
    private void later(Runnable answer) {
        Optional<Fault> fault = faults.any(FaultKind.DEADLINE_BUT_APPLIED);
        if (fault.isEmpty()) {
            answer.run();
            return;
        }
        Duration late = Times.millis(fault.get().numberOr("millis", LATE_MS, 0, 3_600_000));
        fault.get().countDown(() -> faults.remove(fault.get()));
        later.after(late, () -> {
            try {
                answer.run();
            } catch (RuntimeException e) {
                LOG.info("an answer came too late: " + e.getMessage());
            }
        });
    }

    @Override
    public StreamObserver<SubscribeRequest> subscribe(StreamObserver<SubscribeResponse> client) {
        // without a handler, writing to a client that went away would be an error
        ((ServerCallStreamObserver<SubscribeResponse>) client).setOnCancelHandler(() -> { });
        return new Stream((ServerCallStreamObserver<SubscribeResponse>) client);
    }

    private void run(StreamObserver<?> client, Runnable task) {
        owner.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                client.onError(Answers.of(e).asRuntimeException());
            }
        });
    }

    private static void check(Encoding encoding) {
        if (!ENCODINGS.contains(encoding)) {
            throw new Refusal(Refusal.Cause.UNSUPPORTED, "encoding " + encoding + " is not supported");
        }
    }

    /** One call of Subscribe. */
    private final class Stream implements StreamObserver<SubscribeRequest> {

        private final ServerCallStreamObserver<SubscribeResponse> client;
        private Subscriber subscriber;

        Stream(ServerCallStreamObserver<SubscribeResponse> client) {
            this.client = client;
        }

        @Override
        public void onNext(SubscribeRequest request) {
            run(client, () -> {
                if (subscriber != null && subscriber.isOver()) {
                    return;
                }
                if (request.hasPoll() && subscriber != null) {
                    subscriber.poll();
                } else if (request.hasSubscribe() && subscriber == null) {
                    begin(request);
                } else {
                    throw new Refusal(Refusal.Cause.MALFORMED, "subscribe: a list of subscriptions comes first, and only once");
                }
            });
        }

        private void begin(SubscribeRequest request) {
            if (faults.any(FaultKind.SUBSCRIBE_DROP).flatMap(fault -> fault.text("refuse")).filter("true"::equals).isPresent()) {
                throw Status.UNAVAILABLE.withDescription("no subscriptions now").asRuntimeException();
            }
            check(request.getSubscribe().getEncoding());
            subscriber = new Subscriber(client, request.getSubscribe(), tree, faults, later, epochNs);
            subscribers.add(subscriber);
            subscriber.start();
        }

        @Override
        public void onError(Throwable problem) {
            LOG.log(Level.FINE, "a subscriber went away", problem);
        }

        @Override
        public void onCompleted() {
            run(client, () -> {
                if (subscriber == null) {
                    client.onCompleted();
                } else {
                    subscriber.end(Status.OK);
                    subscribers.remove(subscriber);
                }
            });
        }
    }
}
