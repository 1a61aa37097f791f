package org.cloister.driver.ocs.netconf;

import org.cloister.driver.ocs.session.Capability;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;
import org.cloister.driver.ocs.session.Snapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.assertj.core.api.Assertions.assertThat;

/** What the servers of the contract cannot show: ports with shutters, a clock, answers that never come. */
class NetconfSessionTest {

    /** For what is not done in any time. */
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofSeconds(10);
    /** The last attempt to lock comes after half of it: what is told then comes well before the deadline. */
    private static final Duration LOCKING = Duration.ofSeconds(3);

    private boolean obeys = true;
    private final ScriptedSwitch ocs = new ScriptedSwitch(16).showing("1>9");
    private final ScriptedServer server = new ScriptedServer(List.of("base:1.1", "capability:candidate:1.0"),
            operation -> {
                if (operation.getLocalName().equals("port-set-state") && obeys) {
                    ocs.statuses.put(5, Xml.child(operation, "port-enab").isPresent() ? "ENABLED" : "DISABLED");
                }
                return ocs.apply(operation);
            });
    private NetconfSession session;

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void portIsShutAndOpened() throws Exception {
        open(LONG, Capability.PORT_ADMIN);
        session.enable("5", false, LONG).get();
        assertThat(session.snapshot(LONG).get().ports().get("5").enabled()).isFalse();
        session.enable("5", true, LONG).get();
        assertThat(session.snapshot(LONG).get().ports().get("5").enabled()).isTrue();
        assertThat(server.asked()).contains("port-set-state 5");
    }

    @Test
    void portThatIsSaidToBeShutAndIsNotIsNoSuccess() throws Exception {
        open(LONG, Capability.PORT_ADMIN);
        obeys = false;
        assertThat(failure(session.enable("5", false, SHORT)).reason()).isEqualTo(Reason.DEADLINE);
        ocs.answering("port-set-state", ScriptedSwitch.refusal("invalid-value"));
        assertThat(failure(session.enable("5", false, LONG))).hasMessageContaining("disable port 5")
                .extracting(OcsException::reason).isEqualTo(Reason.REJECTED);
        assertThat(failure(session.enable("17", false, LONG)).reason()).isEqualTo(Reason.UNKNOWN_PORT);
    }

    @Test
    void watchedSwitchIsReadFromTimeToTimeAndTellsDifferencesOnly() throws Exception {
        open(Duration.ofMillis(20));
        BlockingQueue<Snapshot> told = new LinkedBlockingQueue<>();
        session.watch(told::add);
        assertThat(told.poll(5, TimeUnit.SECONDS).circuits()).hasSize(1);
        assertThat(told.poll(200, TimeUnit.MILLISECONDS)).isNull();
        ocs.showing("1>9", "1>9 2>10");
        assertThat(told.poll(5, TimeUnit.SECONDS).circuits()).hasSize(2);
    }

    @Test
    void listenerThatFailsHarmsNoOther() throws Exception {
        open(Duration.ofMillis(20));
        BlockingQueue<Snapshot> told = new LinkedBlockingQueue<>();
        session.watch(snapshot -> {
            throw new IllegalStateException("broken listener");
        });
        session.watch(told::add);
        assertThat(told.poll(5, TimeUnit.SECONDS)).isNotNull();
        ocs.showing("2>10");
        assertThat(told.poll(5, TimeUnit.SECONDS).circuits()).hasSize(1);
    }

    @Test
    void requestThatWaitsForItsTurnEndsAtItsDeadline() throws Exception {
        open(LONG);
        ocs.answering("lock", ScriptedSwitch.refusal("lock-denied"));
        CompletableFuture<?> first = session.apply(TransactionsTest.adding().deadline(LOCKING).build());
        OcsException late = failure(session.snapshot(Duration.ofMillis(100)));
        assertThat(late.reason()).isEqualTo(Reason.DEADLINE);
        assertThat(first).isNotDone();
        assertThat(failure(first).reason()).isEqualTo(Reason.NOT_MASTER);
        assertThat(session.ended()).isNotDone();
        // the one that came too late was not carried out afterwards: these readings are this one's
        session.snapshot(LONG).get();
        assertThat(server.asked().stream().filter(each -> each.startsWith("get"))).hasSize(3);
    }

    @Test
    void writeWhoseTurnComesAfterThisNodeWasMasterIsRefused() throws Exception {
        open(LONG, Capability.PORT_ADMIN);
        AtomicBoolean master = new AtomicBoolean(true);
        session.writeWhile(master::get);
        ocs.answering("lock", ScriptedSwitch.refusal("lock-denied"));
        CompletableFuture<?> first = session.apply(TransactionsTest.adding().deadline(LOCKING).build());
        CompletableFuture<?> second = session.enable("5", false, LONG);
        master.set(false);
        failure(first);
        assertThat(failure(second).reason()).isEqualTo(Reason.NOT_MASTER);
        assertThat(server.asked()).doesNotContain("port-set-state 5");
        // reading is everybody's
        session.snapshot(LONG).get();
    }

    @Test
    void makersStreamIsSubscribedToWhereThereIsOne() throws Exception {
        open(LONG);
        assertThat(Subscription.create(Set.of("NETCONF", "Polatis"))).contains("<stream>Polatis</stream>");
        assertThat(Subscription.create(Set.of("NETCONF"))).doesNotContain("<stream>");
        assertThat(Subscription.create(Set.of())).doesNotContain("<stream>");
    }

    @Test
    void streamsAreThoseThatTheServerNames() throws Exception {
        open(LONG);
        ocs.answering("get", "<data><netconf xmlns='urn:ietf:params:xml:ns:netmod:notification'><streams><stream>"
                + "<name>NETCONF</name></stream><stream><name>Polatis</name></stream></streams></netconf></data>",
                ScriptedSwitch.refusal("operation-failed"));
        NetconfChannel channel = new ScriptedServer(List.of("base:1.1"), ocs).open();
        assertThat(Subscription.streams(channel, Deadline.in(LONG))).containsExactlyInAnyOrder("NETCONF", "Polatis");
        assertThat(Subscription.streams(channel, Deadline.in(LONG))).isEmpty();
    }

    private void open(Duration interval, Capability... capabilities) throws Exception {
        session = new NetconfSession(server.open(), server.capabilities(), Set.of(capabilities), interval);
    }

    private static OcsException failure(CompletableFuture<?> future) throws Exception {
        try {
            future.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return (OcsException) e.getCause();
        }
        throw new AssertionError("no failure");
    }
}
