package org.cloister.driver.ocs.gnmi;

import io.grpc.stub.StreamObserver;
import org.cloister.gnmi.Encoding;
import org.cloister.gnmi.Notification;
import org.cloister.gnmi.SubscribeRequest;
import org.cloister.gnmi.SubscribeResponse;
import org.cloister.gnmi.Subscription;
import org.cloister.gnmi.SubscriptionList;
import org.cloister.gnmi.SubscriptionMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A Subscribe to all changes, begun again after a while whenever the switch or something on the way ends it, for as
 * long as the connection is there. What changed while there was none is for the listener to read.
 */
final class Telemetry {

    private static final Logger LOG = LoggerFactory.getLogger(Telemetry.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final GnmiClient client;
    private final Encoding encoding;
    private final ScheduledExecutorService timer;
    private final Listener listener;
    private Duration pause = FIRST_PAUSE;
    private boolean ended;

    /** Who is told. */
    interface Listener {
        /** Takes a change. */
        void told(Notification change);

        /** Takes note that the state from before the stream was told, and all changes are from now on. */
        void synced();

        /** Takes note that a stream ended together with the connection. */
        void lost(Throwable reason);
    }

    Telemetry(GnmiClient client, Encoding encoding, ScheduledExecutorService timer, Listener listener) {
        this.client = client;
        this.encoding = encoding;
        this.timer = timer;
        this.listener = listener;
    }

    /** Begins. */
    void start() {
        SubscriptionList.Builder list = SubscriptionList.newBuilder().setMode(SubscriptionList.Mode.STREAM)
                .setEncoding(encoding);
        for (String root : new String[] {OcsTree.CONNECTIONS, OcsTree.COMPONENTS}) {
            list.addSubscription(Subscription.newBuilder().setPath(OcsTree.path(root))
                    .setMode(SubscriptionMode.ON_CHANGE));
        }
        client.subscribe(new Stream()).onNext(SubscribeRequest.newBuilder().setSubscribe(list).build());
    }

    /** Begins no more streams; the one that there is ends with the connection. */
    synchronized void end() {
        ended = true;
    }

    private synchronized void broken(Throwable reason) {
        if (ended) {
            return;
        }
        if (!client.isConnected()) {
            listener.lost(reason);
            return;
        }
        LOG.debug("Telemetry broke, next attempt in {}", pause, reason);
        timer.schedule(this::restart, pause.toMillis(), TimeUnit.MILLISECONDS);
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    private void restart() {
        synchronized (this) {
            if (ended) {
                return;
            }
        }
        start();
    }

    private synchronized void synced() {
        pause = FIRST_PAUSE;
    }

    private final class Stream implements StreamObserver<SubscribeResponse> {
        @Override
        public void onNext(SubscribeResponse response) {
            if (response.hasUpdate()) {
                listener.told(response.getUpdate());
            } else if (response.getSyncResponse()) {
                Telemetry.this.synced();
                listener.synced();
            }
        }

        @Override
        public void onError(Throwable failure) {
            broken(failure);
        }

        @Override
        public void onCompleted() {
            broken(new IllegalStateException("the switch ended it"));
        }
    }
}
