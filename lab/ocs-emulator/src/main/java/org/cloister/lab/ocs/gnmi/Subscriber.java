package org.cloister.lab.ocs.gnmi;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import org.cloister.gnmi.Path;
import org.cloister.gnmi.SubscribeResponse;
import org.cloister.gnmi.Subscription;
import org.cloister.gnmi.SubscriptionList;
import org.cloister.gnmi.SubscriptionMode;
import org.cloister.lab.ocs.Later;
import org.cloister.lab.ocs.Times;
import org.cloister.lab.ocs.fault.FaultKind;
import org.cloister.lab.ocs.fault.Faults;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A client that subscribed: told the state first, then what its subscriptions ask for. */
final class Subscriber {

    /** So many leaves make one message, far below what a client takes. */
    private static final int LEAVES = 1_000;
    private static final Duration LEAST_INTERVAL = Duration.ofMillis(10);
    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);

    private final ServerCallStreamObserver<SubscribeResponse> client;
    private final SubscriptionList asked;
    private final Tree tree;
    private final Faults faults;
    private final Later later;
    private final Notifications notifications;
    private final Map<Subscription, Path> paths = new HashMap<>();
    private final Map<Path, Object> sampled = new HashMap<>();
    private final Queue<SubscribeResponse> delayed = new ArrayDeque<>();
    private boolean over;

    Subscriber(ServerCallStreamObserver<SubscribeResponse> client, SubscriptionList asked, Tree tree, Faults faults,
            Later later, LongSupplier epochNs) {
        this.client = client;
        this.asked = asked;
        this.tree = tree;
        this.faults = faults;
        this.later = later;
        this.notifications = new Notifications(epochNs, asked.getEncoding(), asked.getPrefix().getTarget());
        for (Subscription subscription : asked.getSubscriptionList()) {
            paths.put(subscription, Model.known(asked.getPrefix(), subscription.getPath()));
        }
    }

    /** Sends the state and starts what goes by time. */
    void start() {
        if (asked.getMode() == SubscriptionList.Mode.STREAM && asked.getUpdatesOnly()) {
            sync();
        } else {
            poll();
        }
        if (asked.getMode() == SubscriptionList.Mode.ONCE) {
            end(Status.OK);
        } else if (asked.getMode() == SubscriptionList.Mode.STREAM) {
            asked.getSubscriptionList().forEach(this::repeat);
        }
    }

    /** Sends the state and that it was all. */
    void poll() {
        sendAll(path -> paths.values().stream().anyMatch(one -> Paths.contains(one, path)), false);
        sync();
    }

    /** Sends what is different, as far as it is watched. */
    void tell(Tree.Change change) {
        if (asked.getMode() != SubscriptionList.Mode.STREAM) {
            return;
        }
        List<Path> watched = asked.getSubscriptionList().stream().filter(one -> one.getMode() != SubscriptionMode.SAMPLE)
                .map(paths::get).collect(Collectors.toList());
        List<Leaf> updates = change.updates().stream()
                .filter(leaf -> watched.stream().anyMatch(one -> Paths.contains(one, leaf.path())))
                .collect(Collectors.toList());
        // what is gone is told to samplers, too: nothing else would ever tell them
        List<Path> deletes = new ArrayList<>();
        for (Tree.Gone gone : change.gone()) {
            if (paths.values().stream().anyMatch(one -> Paths.contains(one, gone.path()))) {
                deletes.add(gone.path());
            } else {
                gone.leaves().stream().map(Leaf::path)
                        .filter(leaf -> paths.values().stream().anyMatch(one -> Paths.contains(one, leaf)))
                        .forEach(deletes::add);
            }
        }
        send(updates, deletes);
    }

    /** Ends the stream. */
    void end(Status status) {
        if (over) {
            return;
        }
        over = true;
        if (status.isOk()) {
            client.onCompleted();
        } else {
            client.onError(status.asRuntimeException());
        }
    }

    boolean isOver() {
        return over || client.isCancelled();
    }

    private void repeat(Subscription subscription) {
        boolean sample = subscription.getMode() == SubscriptionMode.SAMPLE;
        long nanos = sample ? subscription.getSampleInterval() : subscription.getHeartbeatInterval();
        if (!sample && nanos == 0) {
            return;
        }
        Duration interval = nanos == 0 ? DEFAULT_INTERVAL : Duration.ofNanos(nanos);
        again(subscription, interval.compareTo(LEAST_INTERVAL) < 0 ? LEAST_INTERVAL : interval,
                sample && subscription.getSuppressRedundant());
    }

    private void again(Subscription subscription, Duration interval, boolean changedOnly) {
        later.after(interval, () -> {
            if (!isOver()) {
                sendAll(path -> Paths.contains(paths.get(subscription), path), changedOnly);
                again(subscription, interval, changedOnly);
            }
        });
    }

    private void sendAll(Predicate<Path> wanted, boolean changedOnly) {
        List<Leaf> leaves = new ArrayList<>();
        tree.forEach(leaf -> {
            if (wanted.test(leaf.path()) && !(leaf.value().equals(sampled.put(leaf.path(), leaf.value())) && changedOnly)) {
                leaves.add(leaf);
            }
        });
        send(leaves, List.of());
    }

    private void send(List<Leaf> updates, List<Path> deletes) {
        if (updates.isEmpty() && deletes.isEmpty()) {
            return;
        }
        for (int from = 0; from == 0 || from < updates.size(); from += LEAVES) {
            List<Leaf> some = updates.subList(from, Math.min(updates.size(), from + LEAVES));
            // deletes come first: what is told after them may bring the same path back
            deliver(SubscribeResponse.newBuilder().setUpdate(notifications.of(some, from == 0 ? deletes : List.of())).build());
        }
    }

    private void sync() {
        deliver(SubscribeResponse.newBuilder().setSyncResponse(true).build());
    }

    private void deliver(SubscribeResponse response) {
        int times = faults.any(FaultKind.SUBSCRIBE_DUPLICATE).isPresent() ? 2 : 1;
        Duration late = faults.any(FaultKind.SUBSCRIBE_LATE)
                .map(fault -> Times.millis(fault.number("millis", 0, 3_600_000))).orElse(Duration.ZERO);
        for (int time = 0; time < times; time++) {
            if (late.isZero() && delayed.isEmpty()) {
                pass(response);
            } else {
                // one leaves the queue for each that entered it, so that the order stays
                delayed.add(response);
                later.after(late, () -> {
                    if (!delayed.isEmpty()) {
                        pass(delayed.remove());
                    }
                });
            }
        }
    }

    private void pass(SubscribeResponse response) {
        if (!isOver() && faults.any(FaultKind.MANAGEMENT_DEAD).isEmpty()) {
            client.onNext(response);
        }
    }
}
