package org.cloister.driver.ocs.gnmi;

import org.cloister.driver.ocs.ImmutableOcsTarget;
import org.cloister.driver.ocs.contract.Relay;
import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitTransaction;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;
import org.cloister.driver.ocs.session.OcsSession;
import org.cloister.driver.ocs.session.Snapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Sessions with what they share: threads, and the end of all of them. */
@Timeout(60)
class GnmiSessionsTest {

    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final CircuitPorts CIRCUIT = CircuitPorts.of("1", "5");

    @TempDir
    Path directory;
    private Set<Thread> before;
    private EmulatorHarness harness;

    @BeforeEach
    void start() throws Exception {
        before = Set.copyOf(ours());
        harness = new EmulatorHarness(directory, 16);
        harness.start();
    }

    @AfterEach
    void end() {
        harness.close();
    }

    @Test
    void threadsEndWithThem() throws Exception {
        OcsSession session = open().get(10, TimeUnit.SECONDS);
        assertThat(ours()).isNotEqualTo(before);
        harness.sessions().close();
        session.ended().get(10, TimeUnit.SECONDS);
        await(() -> before.containsAll(ours()));
    }

    @Test
    void whatIsAskedForAfterTheEndFails() throws Exception {
        OcsSession session = open().get(10, TimeUnit.SECONDS);
        harness.sessions().close();
        assertLost(session.snapshot(DEADLINE));
        assertLost(session.apply(CircuitTransaction.builder().addCreates(CIRCUIT).deadline(DEADLINE).build()));
        assertLost(open());
    }

    @Test
    void sessionThatNobodyWantsAnyMoreIsClosed() throws Exception {
        try (Relay relay = new Relay(new InetSocketAddress("127.0.0.1", harness.target().port()))) {
            relay.stall();
            CompletableFuture<OcsSession> opening = harness.sessions().open(
                    ImmutableOcsTarget.copyOf(harness.target()).withPort(relay.port()));
            await(() -> relay.connections() == 1);
            opening.cancel(false);
            relay.resume();
            await(() -> relay.connections() == 0);
        }
    }

    @Test
    void whoIsToldOfAnAnswerMayAskAndWait() throws Exception {
        OcsSession session = open().get(10, TimeUnit.SECONDS);
        Snapshot snapshot = session.apply(CircuitTransaction.builder().addCreates(CIRCUIT).deadline(DEADLINE).build())
                .thenApply(result -> session.snapshot(DEADLINE).join()).get(10, TimeUnit.SECONDS);
        assertThat(snapshot.circuits()).containsOnlyKeys(CIRCUIT);
        assertThat(session.snapshot(DEADLINE).thenApply(first -> session.snapshot(DEADLINE).join())
                .get(10, TimeUnit.SECONDS)).isEqualTo(snapshot);
    }

    private CompletableFuture<OcsSession> open() {
        return harness.sessions().open(harness.target());
    }

    private static void assertLost(CompletableFuture<?> future) {
        assertThatThrownBy(() -> future.get(10, TimeUnit.SECONDS)).cause().isInstanceOfSatisfying(OcsException.class,
                failure -> assertThat(failure.reason()).isEqualTo(Reason.LOST));
    }

    private static void await(BooleanSupplier condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static Set<Thread> ours() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith("ocs-gnmi"))
                .collect(Collectors.toSet());
    }
}
