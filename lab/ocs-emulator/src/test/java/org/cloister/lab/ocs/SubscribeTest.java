package org.cloister.lab.ocs;

import io.grpc.Status;
import org.cloister.gnmi.Encoding;
import org.cloister.gnmi.SetRequest;
import org.cloister.gnmi.SubscribeRequest;
import org.cloister.gnmi.Subscription;
import org.cloister.gnmi.SubscriptionList;
import org.cloister.gnmi.SubscriptionMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.lab.ocs.Client.connection;
import static org.cloister.lab.ocs.Client.path;

class SubscribeTest {

    private static final String STATUS = "/connections/port-connection[name=a]/state/status";

    private final Emulator ocs = Emulator.builder().ports(8).times(Times.ofMillis(30, 0)).start();
    private final Client client = Client.of(ocs);

    @AfterEach
    void stop() {
        client.close();
        ocs.close();
    }

    @Test
    void tellsTheStateThenThatItWasAllThenChanges() throws InterruptedException {
        client.connect("a", "1", "2");
        Client.Watch watch = client.watch(SubscriptionList.Mode.STREAM, SubscriptionMode.ON_CHANGE, "/connections", "/components")
                .synced();
        assertThat(watch.leaves).containsKey(STATUS)
                .containsEntry("/components/component[name=8]/ocp-ocs-port/state/index", "8");

        watch.until(leaves -> "CONNECTED".equals(leaves.get(STATUS)));
        assertThat(watch.leaves).containsEntry("/components/component[name=1]/ocp-ocs-port/state/status", "TUNED");
    }

    @Test
    void tellsEachStepAndWhatIsGone() throws InterruptedException {
        Client.Watch watch = client.watch(SubscriptionList.Mode.STREAM, SubscriptionMode.ON_CHANGE, "/connections", "/components")
                .synced();
        client.connect("a", "1", "2");
        List<String> steps = new ArrayList<>();
        watch.until(leaves -> {
            String now = leaves.get(STATUS);
            if (now != null && !steps.contains(now)) {
                steps.add(now);
            }
            return "CONNECTED".equals(now);
        });
        client.disconnect("a");
        watch.until(leaves -> "PENDING_DELETION".equals(leaves.get(STATUS)));
        assertThat(watch.leaves).doesNotContainKeys("/connections/port-connection[name=a]/config/name",
                "/components/component[name=1]/ocp-ocs-port/state/connection/peer");
        assertThat(watch.next().getUpdate().getDeleteList()).containsExactly(connection("a"));
        assertThat(steps).containsExactly("PENDING_CONNECTION", "CONNECTED");
        assertThat(watch.leaves).noneSatisfy((leaf, value) -> assertThat(leaf).contains("[name=a]"));
    }

    @Test
    void tellsOnlyWhatIsAskedFor() throws InterruptedException {
        Client.Watch watch = client.watch(SubscriptionList.Mode.STREAM, SubscriptionMode.TARGET_DEFINED,
                "/connections/port-connection[name=*]/state/status").synced();
        client.connect("a", "1", "2");
        watch.until(leaves -> "CONNECTED".equals(leaves.get(STATUS)));
        assertThat(watch.leaves).containsOnlyKeys(STATUS);
        client.disconnect("a");
        watch.until(leaves -> !leaves.containsKey(STATUS));
    }

    @Test
    void tellsOnceAndEnds() throws InterruptedException {
        Client.Watch watch = client.watch(SubscriptionList.Mode.ONCE, SubscriptionMode.TARGET_DEFINED, "/optical-switch").synced();
        assertThat(watch.leaves).containsEntry("/optical-switch/config/bidirectional", "true");
        assertThat(watch.end().isOk()).isTrue();
    }

    @Test
    void tellsWhenItIsPolled() throws InterruptedException {
        Client.Watch watch = client.watch(SubscriptionList.Mode.POLL, SubscriptionMode.TARGET_DEFINED, "/connections").synced();
        client.connect("a", "1", "2");
        assertThat(watch.responses.poll(100, TimeUnit.MILLISECONDS)).as("without a poll").isNull();
        watch.requests.onNext(SubscribeRequest.newBuilder().setPoll(org.cloister.gnmi.Poll.getDefaultInstance()).build());
        watch.synced();
        assertThat(watch.leaves).containsKey(STATUS);
    }

    @Test
    void tellsUpdatesOnlyIfThatIsAskedFor() throws InterruptedException {
        client.connect("a", "1", "2");
        Client.Watch watch = client.watch(SubscriptionList.newBuilder().setUpdatesOnly(true).setEncoding(Encoding.PROTO)
                .addSubscription(Subscription.newBuilder().setPath(path("/optical-switch")).setMode(SubscriptionMode.ON_CHANGE)));
        assertThat(watch.next().getSyncResponse()).isTrue();
        assertThat(watch.leaves).isEmpty();
        client.set(SetRequest.newBuilder().addUpdate(Client.update("/optical-switch/config/cold-boot-recovery", "\"REMOVE\"")));
        watch.until(leaves -> "REMOVE".equals(leaves.get("/optical-switch/config/cold-boot-recovery")));
    }

    @Test
    void samplesAndBeats() throws InterruptedException {
        String power = "/components/component[name=1]/ocp-ocs-port/state/input-optical-power";
        Client.Watch samples = client.watch(SubscriptionList.newBuilder().setEncoding(Encoding.PROTO)
                .addSubscription(Subscription.newBuilder().setPath(path(power)).setMode(SubscriptionMode.SAMPLE)
                        .setSampleInterval(20_000_000))).synced();
        String before = samples.leaves.remove(power);
        samples.until(leaves -> leaves.containsKey(power));
        assertThat(samples.leaves).containsEntry(power, before);

        Client.Watch beats = client.watch(SubscriptionList.newBuilder().setEncoding(Encoding.PROTO)
                .addSubscription(Subscription.newBuilder().setPath(path(power)).setMode(SubscriptionMode.ON_CHANGE)
                        .setHeartbeatInterval(20_000_000))).synced();
        beats.leaves.clear();
        beats.until(leaves -> leaves.containsKey(power));
    }

    @Test
    void saysNothingTwiceIfThatIsAskedFor() throws InterruptedException {
        Client.Watch watch = client.watch(SubscriptionList.newBuilder().setEncoding(Encoding.PROTO)
                .addSubscription(Subscription.newBuilder().setPath(path("/optical-switch")).setMode(SubscriptionMode.SAMPLE)
                        .setSampleInterval(10_000_000).setSuppressRedundant(true))).synced();
        assertThat(watch.responses.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void refusesPathsThatTheModelDoesNotHave() throws InterruptedException {
        assertThat(client.watch(SubscriptionList.Mode.STREAM, SubscriptionMode.ON_CHANGE, "/interfaces").end().getCode())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
}
