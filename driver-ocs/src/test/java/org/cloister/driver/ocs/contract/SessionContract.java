package org.cloister.driver.ocs.contract;

import org.cloister.driver.ocs.ImmutableOcsTarget;
import org.cloister.driver.ocs.OcsTarget;
import org.cloister.driver.ocs.session.Capability;
import org.cloister.driver.ocs.session.CircuitNames;
import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitStatus;
import org.cloister.driver.ocs.session.CircuitTransaction;
import org.cloister.driver.ocs.session.CircuitTransaction.Mode;
import org.cloister.driver.ocs.session.ImmutableCircuitTransaction;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;
import org.cloister.driver.ocs.session.OcsSession;
import org.cloister.driver.ocs.session.PortState;
import org.cloister.driver.ocs.session.PortStatus;
import org.cloister.driver.ocs.session.Snapshot;
import org.cloister.driver.ocs.session.TransactionResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every session with every server does. A subclass says which server; what it declares to lack is tried all the
 * same, and has to be refused with that reason, or shown as unknown.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SessionTally.class)
@Timeout(60)
public abstract class SessionContract {

    /** For what a server answers at once. */
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofSeconds(1);
    /** No session outlives its peer by more. */
    private static final Duration DEAD_PEER = Duration.ofSeconds(15);
    /** For what is not confirmed. */
    private static final Duration CONFIRMATION = Duration.ofSeconds(2);
    /** For what is confirmed, or cancelled, well before. */
    private static final Duration LONG_CONFIRMATION = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    private final Queue<OcsSession> opened = new ConcurrentLinkedQueue<>();
    private SwitchHarness harness;
    private Relay relay;
    private OcsSession session;
    private boolean refusal;
    private List<CircuitPorts> pairs;

    /** Returns the server, not started yet. */
    protected abstract SwitchHarness harness() throws Exception;

    /** Returns whether the test that ran last saw something that the server is declared to lack. */
    final boolean sawRefusal() {
        return refusal;
    }

    /** Returns the server's name. */
    final String serverName() {
        return harness.name();
    }

    @BeforeAll
    @Timeout(120)
    void startServer() throws Exception {
        harness = harness();
        harness.start();
        relay = new Relay(new InetSocketAddress(harness.target().address(), harness.target().port()));
        List<String> ports = harness.ports();
        pairs = IntStream.range(0, ports.size() / 2)
                .mapToObj(i -> CircuitPorts.of(ports.get(2 * i), ports.get(2 * i + 1))).collect(Collectors.toList());
    }

    @AfterAll
    void endServer() throws Exception {
        relay.close();
        harness.close();
    }

    @BeforeEach
    void openSession() throws Exception {
        refusal = false;
        harness.clear();
        session = open();
    }

    @AfterEach
    void closeSessions() {
        relay.resume();
        opened.forEach(OcsSession::close);
        opened.clear();
    }

    // connecting

    @Test
    void sessionSaysWhatTheSwitchCanDo() {
        assertThat(session.capabilities()).isEqualTo(harness.capabilities());
        assertThat(session.ended()).isNotDone();
    }

    @Test
    void wrongPasswordIsRefused() throws Exception {
        Path wrong = Files.writeString(directory.resolve("wrong"), "not the password\n");
        OcsTarget target = ImmutableOcsTarget.copyOf(relayed()).withPasswordFile(wrong);
        if (harness.checksPasswords()) {
            assertRefused(harness.sessions().open(target), Reason.UNAUTHENTICATED);
        } else {
            opened.add(await(harness.sessions().open(target)));
            refusal = true;
        }
    }

    @Test
    void passwordFileThatIsMissingIsNamed() throws Exception {
        Path missing = directory.resolve("missing");
        OcsTarget target = ImmutableOcsTarget.copyOf(relayed()).withPasswordFile(missing);
        assertThat(assertRefused(harness.sessions().open(target), Reason.UNAUTHENTICATED))
                .hasMessageContaining(missing.toString());
    }

    @Test
    void switchThatDoesNotListenIsLost() throws Exception {
        Relay gone = new Relay(new InetSocketAddress("127.0.0.1", 1));
        int port = gone.port();
        gone.close();
        assertRefused(harness.sessions().open(ImmutableOcsTarget.copyOf(relayed()).withPort(port)), Reason.LOST);
    }

    @Test
    void sessionEndsWhenItIsClosedAndCircuitsStay() throws Exception {
        connect(pairs.get(0));
        session.close();
        await(session.ended());
        assertRefused(session.snapshot(DEADLINE), Reason.LOST);
        assertThat(circuits(open())).containsExactly(pairs.get(0));
    }

    @Test
    void connectionThatBreaksEndsTheSessionAndAnotherOneShowsTheCircuits() throws Exception {
        connect(pairs.get(0), pairs.get(1));
        relay.cut();
        assertFails(session.ended());
        assertRefused(session.apply(adding(pairs.get(2)).build()), Reason.LOST);
        session = open();
        assertThat(circuits(session)).containsExactlyInAnyOrder(pairs.get(0), pairs.get(1));
        connect(pairs.get(2));
    }

    @Test
    void requestUnderWayEndsWithTheConnection() throws Exception {
        relay.stall();
        CompletableFuture<TransactionResult> pending = session.apply(adding(pairs.get(0)).build());
        relay.cut();
        assertRefused(pending, Reason.LOST);
    }

    @Test
    void serverThatRestartsEndsTheSession() throws Exception {
        connect(pairs.get(0));
        harness.restart();
        assertFails(session.ended());
        session = open();
        if (harness.keepsCircuits()) {
            assertThat(circuits(session)).containsExactly(pairs.get(0));
        } else {
            assertThat(circuits(session)).isEmpty();
            refusal = true;
        }
        connect(pairs.get(1));
    }

    @Test
    void peerThatFallsSilentIsNoticed() throws Exception {
        relay.stall();
        assertFails(session.ended());
    }

    @Test
    void replyThatDoesNotComeIsADeadline() throws Exception {
        relay.stall();
        long began = System.nanoTime();
        assertRefused(session.snapshot(SHORT), Reason.DEADLINE);
        assertRefused(session.apply(adding(pairs.get(0)).deadline(SHORT).build()), Reason.DEADLINE);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(DEADLINE);
        relay.resume();
        // done or not: a session from now on shows the truth, and the same transaction ends in the same state
        session = open();
        connect(pairs.get(0));
        assertThat(circuits(session)).containsExactly(pairs.get(0));
    }

    // reading

    @Test
    void snapshotShowsPortsAndNoCircuits() throws Exception {
        Snapshot snapshot = snapshot();
        assertThat(snapshot.circuits()).isEmpty();
        assertThat(snapshot.ports()).containsKeys(harness.ports().toArray(new String[0]))
                .doesNotContainKey(harness.absentPort());
        assertThat(snapshot.ports().values()).extracting(PortState::number).doesNotHaveDuplicates()
                .allMatch(number -> number >= 1);
        assertThat(snapshot.ports().values()).allMatch(PortState::enabled);
        snapshot.ports().forEach((name, port) -> assertThat(port.name()).isEqualTo(name));
    }

    @Test
    void revisionChangesWithCircuitsOnly() throws Exception {
        String none = snapshot().revision();
        assertThat(snapshot().revision()).isEqualTo(none);
        connect(pairs.get(0));
        String one = snapshot().revision();
        assertThat(one).isNotEqualTo(none);
        assertThat(snapshot(open()).revision()).isEqualTo(one);
    }

    @Test
    void circuitsBearOurNames() throws Exception {
        connect(pairs.get(0));
        if (has(Capability.NAMED_CIRCUITS)) {
            assertThat(snapshot().circuits().get(pairs.get(0)).name()).contains(CircuitNames.of(pairs.get(0)));
        } else {
            assertThat(snapshot().circuits().get(pairs.get(0)).name()).isEmpty();
        }
    }

    @Test
    void circuitsHaveStates() throws Exception {
        TransactionResult result = connect(pairs.get(0));
        CircuitStatus expected = has(Capability.CIRCUIT_STATE) ? CircuitStatus.CONNECTED : CircuitStatus.UNKNOWN;
        assertThat(result.circuits().get(pairs.get(0)).status()).isEqualTo(expected);
        assertThat(snapshot().circuits().get(pairs.get(0)).status()).isEqualTo(expected);
    }

    @Test
    void portsHaveStatesAndPeers() throws Exception {
        connect(pairs.get(0));
        String port = pairs.get(0).one();
        if (has(Capability.PORT_STATE)) {
            Snapshot tuned = awaitSnapshot(each -> each.ports().get(port).status() == PortStatus.TUNED);
            assertThat(tuned.ports().get(port).peer()).contains(pairs.get(0).other());
        } else {
            assertThat(snapshot().ports().get(port).status()).isEqualTo(PortStatus.UNKNOWN);
        }
    }

    @Test
    void lightIsMeasured() throws Exception {
        connect(pairs.get(0));
        String port = pairs.get(0).one();
        if (has(Capability.OPTICAL_POWER)) {
            Snapshot lit = awaitSnapshot(each -> each.ports().get(port).inputPowerDbm().isPresent());
            assertThat(lit.ports().get(port).inputPowerDbm().getAsDouble()).isBetween(-40.0, 20.0);
        } else {
            assertThat(snapshot().ports().get(port).inputPowerDbm()).isEmpty();
        }
    }

    @Test
    void watcherIsToldOfWhatAnotherControllerDoes() throws Exception {
        BlockingQueue<Snapshot> told = new LinkedBlockingQueue<>();
        session.watch(told::add);
        assertThat(told.poll(DEADLINE.toMillis(), TimeUnit.MILLISECONDS).circuits()).isEmpty();
        harness.connectForeign(pairs.get(0));
        awaitTold(told, each -> each.circuits().containsKey(pairs.get(0)));
        harness.clear();
        awaitTold(told, each -> each.circuits().isEmpty());
    }

    // circuits

    @Test
    void circuitIsAdded() throws Exception {
        TransactionResult result = connect(pairs.get(0));
        assertThat(result.circuits()).containsOnlyKeys(pairs.get(0));
        assertThat(result.confirmation()).isEmpty();
        assertThat(circuits(session)).containsExactly(pairs.get(0));
    }

    @Test
    void circuitThatIsThereIsLeftAsItIs() throws Exception {
        connect(pairs.get(0));
        String revision = snapshot().revision();
        assertThat(connect(pairs.get(0)).circuits()).containsOnlyKeys(pairs.get(0));
        assertThat(snapshot().revision()).isEqualTo(revision);
    }

    @Test
    void circuitIsDeleted() throws Exception {
        connect(pairs.get(0), pairs.get(1));
        await(session.apply(deleting(pairs.get(0)).build()));
        assertThat(circuits(session)).containsExactly(pairs.get(1));
    }

    @Test
    void circuitThatIsNotThereIsDeletedWithoutComplaint() throws Exception {
        connect(pairs.get(1));
        await(session.apply(deleting(pairs.get(0)).build()));
        assertThat(circuits(session)).containsExactly(pairs.get(1));
    }

    @Test
    void twoCircuitsSwapTheirPortsInOneTransaction() throws Exception {
        connect(pairs.get(0), pairs.get(1));
        await(session.apply(swap().build()));
        assertThat(circuits(session)).containsExactlyInAnyOrderElementsOf(swapped());
    }

    @Test
    void allPortsAreConnectedInOneTransaction() throws Exception {
        TransactionResult result = connect(pairs.toArray(new CircuitPorts[0]));
        assertThat(result.circuits()).containsOnlyKeys(pairs.toArray(new CircuitPorts[0]));
        assertThat(circuits(session)).containsExactlyInAnyOrderElementsOf(pairs);
    }

    @Test
    void transactionsOfSeveralThreadsAreCarriedOutOneAfterTheOther() throws Exception {
        List<CompletableFuture<TransactionResult>> results = pairs.stream()
                .map(pair -> CompletableFuture.supplyAsync(() -> session.apply(adding(pair).build()))
                        .thenCompose(result -> result)).collect(Collectors.toList());
        for (CompletableFuture<TransactionResult> each : results) {
            await(each);
        }
        assertThat(circuits(session)).containsExactlyInAnyOrderElementsOf(pairs);
    }

    @Test
    void unknownPortIsRefusedAndNothingChanges() throws Exception {
        connect(pairs.get(0));
        CircuitPorts impossible = CircuitPorts.of(pairs.get(2).one(), harness.absentPort());
        assertUnchangedAfter(deleting(pairs.get(0)).addCreates(pairs.get(1), impossible), Reason.UNKNOWN_PORT,
                harness.absentPort());
    }

    @Test
    void twoCircuitsAtOnePortAreRefusedAndNothingChanges() throws Exception {
        CircuitPorts other = CircuitPorts.of(pairs.get(0).one(), pairs.get(1).one());
        assertUnchangedAfter(adding(pairs.get(0)).addCreates(other), Reason.CONFLICT, pairs.get(0).one());
    }

    @Test
    void circuitInTheWayIsAConflict() throws Exception {
        connect(pairs.get(0), pairs.get(1));
        assertUnchangedAfter(adding(pairs.get(2), swapped().get(0)), Reason.CONFLICT, pairs.get(0).one());
    }

    @Test
    void updateReplacesOurCircuitsThatAreInTheWay() throws Exception {
        connect(pairs.get(0), pairs.get(1), pairs.get(2));
        ImmutableCircuitTransaction.Builder update = adding(swapped().get(0)).mode(Mode.UPDATE);
        if (has(Capability.OVERWRITE)) {
            await(session.apply(update.build()));
            assertThat(circuits(session)).containsExactlyInAnyOrder(swapped().get(0), pairs.get(2));
        } else {
            assertUnchangedAfter(update, Reason.UNSUPPORTED, "");
        }
    }

    @Test
    void overwriteRemovesAllOthersOfOurs() throws Exception {
        connect(pairs.get(0), pairs.get(1), pairs.get(2));
        ImmutableCircuitTransaction.Builder overwrite = adding(pairs.get(1), pairs.get(3)).mode(Mode.OVERWRITE);
        if (has(Capability.OVERWRITE)) {
            await(session.apply(overwrite.build()));
            assertThat(circuits(session)).containsExactlyInAnyOrder(pairs.get(1), pairs.get(3));
        } else {
            assertUnchangedAfter(overwrite, Reason.UNSUPPORTED, "");
        }
    }

    @Test
    void circuitsOfOthersAreNeverTouched() throws Exception {
        harness.connectForeign(pairs.get(0));
        connect(pairs.get(1));
        CircuitPorts inTheWay = CircuitPorts.of(pairs.get(0).one(), pairs.get(2).one());
        assertUnchangedAfter(adding(inTheWay), Reason.CONFLICT, pairs.get(0).one());
        if (has(Capability.NAMED_CIRCUITS)) {
            assertThat(snapshot().circuits().get(pairs.get(0)).name()).isPresent()
                    .hasValueSatisfying(name -> assertThat(CircuitNames.areOurs(name)).isFalse());
            assertUnchangedAfter(deleting(pairs.get(0)), Reason.CONFLICT, pairs.get(0).one());
            assertUnchangedAfter(adding(inTheWay).mode(Mode.UPDATE), Reason.CONFLICT, pairs.get(0).one());
            await(session.apply(adding(pairs.get(3)).mode(Mode.OVERWRITE).build()));
            assertThat(circuits(session)).containsExactlyInAnyOrder(pairs.get(0), pairs.get(3));
        }
    }

    @Test
    void transactionThatWasPlannedOnAnotherRevisionIsStale() throws Exception {
        String revision = snapshot().revision();
        harness.connectForeign(pairs.get(0));
        assertUnchangedAfter(adding(pairs.get(1)).expectedRevision(revision), Reason.STALE, "");
        await(session.apply(adding(pairs.get(1)).expectedRevision(snapshot().revision()).build()));
        assertThat(circuits(session)).containsExactlyInAnyOrder(pairs.get(0), pairs.get(1));
    }

    // confirmation

    @Test
    void confirmedTransactionLasts() throws Exception {
        if (confirmationIsRefused()) {
            return;
        }
        String confirmation = await(session.apply(adding(pairs.get(0)).confirmWithin(LONG_CONFIRMATION).build()))
                .confirmation().orElseThrow();
        await(session.confirm(confirmation, DEADLINE));
        TimeUnit.MILLISECONDS.sleep(LONG_CONFIRMATION.plusSeconds(1).toMillis());
        assertThat(circuits(session)).containsExactly(pairs.get(0));
    }

    @Test
    void cancelledTransactionIsUndone() throws Exception {
        if (confirmationIsRefused()) {
            return;
        }
        connect(pairs.get(0), pairs.get(1));
        String confirmation = await(session.apply(swap().confirmWithin(LONG_CONFIRMATION).build()))
                .confirmation().orElseThrow();
        assertThat(circuits(session)).containsExactlyInAnyOrderElementsOf(swapped());
        await(session.cancel(confirmation, DEADLINE));
        assertThat(circuits(session)).containsExactlyInAnyOrder(pairs.get(0), pairs.get(1));
        connect(pairs.get(2));
    }

    @Test
    void transactionThatIsNotConfirmedIsUndone() throws Exception {
        if (confirmationIsRefused()) {
            return;
        }
        connect(pairs.get(0), pairs.get(1));
        await(session.apply(swap().confirmWithin(CONFIRMATION).build()));
        awaitSnapshot(each -> each.circuits().keySet().equals(Set.of(pairs.get(0), pairs.get(1))));
        connect(pairs.get(2));
    }

    @Test
    void transactionThatIsNotConfirmedIsUndoneWithoutItsController() throws Exception {
        if (confirmationIsRefused()) {
            return;
        }
        await(session.apply(adding(pairs.get(0)).confirmWithin(CONFIRMATION).build()));
        relay.cut();
        session = open();
        awaitSnapshot(each -> each.circuits().isEmpty());
    }

    // who may write, and ports

    @Test
    void lowerTermIsNotTheMaster() throws Exception {
        OcsSession former = session;
        OcsSession present = open();
        former.arbitrate(4);
        present.arbitrate(5);
        await(present.apply(adding(pairs.get(0)).build()));
        if (has(Capability.ARBITRATION)) {
            assertUnchangedAfter(adding(pairs.get(1)), Reason.NOT_MASTER, "");
            session = present;
            former.arbitrate(6);
            await(former.apply(adding(pairs.get(1)).build()));
        } else {
            await(former.apply(adding(pairs.get(1)).build()));
        }
        assertThat(circuits(former)).containsExactlyInAnyOrder(pairs.get(0), pairs.get(1));
    }

    @Test
    void portIsSwitchedOffAndOn() throws Exception {
        String port = harness.ports().get(0);
        if (has(Capability.PORT_ADMIN)) {
            await(session.enable(port, false, DEADLINE));
            Snapshot off = snapshot();
            assertThat(off.ports().get(port).enabled()).isFalse();
            assertThat(off.ports().get(harness.ports().get(1)).enabled()).isTrue();
            await(session.enable(port, true, DEADLINE));
        } else {
            assertRefused(session.enable(port, false, DEADLINE), Reason.UNSUPPORTED);
        }
        assertThat(snapshot().ports().get(port).enabled()).isTrue();
    }

    @Test
    void portThatIsNotThereCannotBeSwitchedOff() throws Exception {
        Reason reason = has(Capability.PORT_ADMIN) ? Reason.UNKNOWN_PORT : Reason.UNSUPPORTED;
        assertRefused(session.enable(harness.absentPort(), false, DEADLINE), reason);
    }

    // words that the tests above are written in

    private boolean has(Capability capability) {
        boolean has = harness.capabilities().contains(capability);
        refusal |= !has;
        return has;
    }

    /** Asserts the refusal where a switch knows no confirmation. */
    private boolean confirmationIsRefused() throws Exception {
        if (has(Capability.CONFIRMED_COMMIT)) {
            return false;
        }
        assertUnchangedAfter(adding(pairs.get(0)).confirmWithin(CONFIRMATION), Reason.UNSUPPORTED, "");
        assertRefused(session.confirm("1", DEADLINE), Reason.UNSUPPORTED);
        assertRefused(session.cancel("1", DEADLINE), Reason.UNSUPPORTED);
        return true;
    }

    private OcsTarget relayed() {
        return ImmutableOcsTarget.copyOf(harness.target()).withAddress("127.0.0.1").withPort(relay.port());
    }

    private OcsSession open() throws Exception {
        OcsSession another = await(harness.sessions().open(relayed()));
        opened.add(another);
        return another;
    }

    private TransactionResult connect(CircuitPorts... circuits) throws Exception {
        return await(session.apply(adding(circuits).build()));
    }

    private Snapshot snapshot() throws Exception {
        return snapshot(session);
    }

    private static Snapshot snapshot(OcsSession session) throws Exception {
        return await(session.snapshot(DEADLINE));
    }

    private static Set<CircuitPorts> circuits(OcsSession session) throws Exception {
        return snapshot(session).circuits().keySet();
    }

    private static ImmutableCircuitTransaction.Builder adding(CircuitPorts... circuits) {
        return CircuitTransaction.builder().addCreates(circuits).deadline(DEADLINE);
    }

    private static ImmutableCircuitTransaction.Builder deleting(CircuitPorts... circuits) {
        return CircuitTransaction.builder().addDeletes(circuits).deadline(DEADLINE);
    }

    /** The first two circuits with their second ports exchanged. */
    private List<CircuitPorts> swapped() {
        return List.of(CircuitPorts.of(pairs.get(0).one(), pairs.get(1).other()),
                CircuitPorts.of(pairs.get(1).one(), pairs.get(0).other()));
    }

    private ImmutableCircuitTransaction.Builder swap() {
        return deleting(pairs.get(0), pairs.get(1)).addAllCreates(swapped());
    }

    private void assertUnchangedAfter(ImmutableCircuitTransaction.Builder transaction, Reason reason, String named)
            throws Exception {
        Snapshot before = snapshot();
        assertThat(assertRefused(session.apply(transaction.build()), reason)).hasMessageContaining(named);
        assertThat(snapshot().circuits().keySet()).isEqualTo(before.circuits().keySet());
        assertThat(snapshot().revision()).isEqualTo(before.revision());
    }

    private static OcsException assertRefused(CompletableFuture<?> future, Reason reason) throws Exception {
        Throwable failure = assertFails(future);
        assertThat(failure).isInstanceOf(OcsException.class);
        assertThat(((OcsException) failure).reason()).as(failure.toString()).isEqualTo(reason);
        return (OcsException) failure;
    }

    private static Throwable assertFails(CompletableFuture<?> future) throws Exception {
        try {
            Object result = future.get(DEAD_PEER.toMillis(), TimeUnit.MILLISECONDS);
            throw new AssertionError("no failure, but " + result);
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    private static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(2 * DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Snapshot awaitSnapshot(Predicate<Snapshot> expected) throws Exception {
        long end = System.nanoTime() + DEADLINE.toNanos();
        Snapshot snapshot = snapshot();
        while (!expected.test(snapshot)) {
            if (System.nanoTime() > end) {
                throw new TimeoutException("still " + snapshot);
            }
            TimeUnit.MILLISECONDS.sleep(harness.restBetweenReadings().toMillis());
            snapshot = snapshot();
        }
        return snapshot;
    }

    private static void awaitTold(BlockingQueue<Snapshot> told, Predicate<Snapshot> expected) throws Exception {
        long end = System.nanoTime() + DEADLINE.toNanos();
        List<Set<CircuitPorts>> seen = new ArrayList<>();
        Snapshot next;
        do {
            next = told.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new TimeoutException("told of " + seen);
            }
            seen.add(next.circuits().keySet());
        } while (!expected.test(next));
    }
}
