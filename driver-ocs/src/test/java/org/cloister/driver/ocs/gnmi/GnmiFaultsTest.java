package org.cloister.driver.ocs.gnmi;

import org.cloister.driver.ocs.ImmutableOcsTarget;
import org.cloister.driver.ocs.OcsTarget;
import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitState;
import org.cloister.driver.ocs.session.CircuitStatus;
import org.cloister.driver.ocs.session.CircuitTransaction;
import org.cloister.driver.ocs.session.ImmutableCircuitTransaction;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;
import org.cloister.driver.ocs.session.OcsSession;
import org.cloister.driver.ocs.session.Snapshot;
import org.cloister.driver.ocs.session.TransactionResult;
import org.cloister.lab.ocs.Times;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;

/** What a session makes of a switch that misbehaves. */
@Timeout(60)
class GnmiFaultsTest {

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    /** For what is not done in any time; what comes before that is. */
    private static final Duration SHORT = Duration.ofSeconds(3);
    private static final CircuitPorts FIRST = CircuitPorts.of("1", "5");
    private static final CircuitPorts SECOND = CircuitPorts.of("2", "6");

    @TempDir
    static Path directory;
    private static EmulatorHarness harness;
    private OcsSession session;

    @BeforeAll
    static void start() throws Exception {
        harness = new EmulatorHarness(directory, 16);
        harness.start();
    }

    @AfterAll
    static void end() {
        harness.close();
    }

    @BeforeEach
    void open() throws Exception {
        harness.clear();
        session = harness.sessions().open(harness.target()).get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() {
        session.close();
        harness.emulator().times(Times.PRESETS.get("instant"));
    }

    @Test
    void telemetryThatIsRefusedIsReplacedByReading() throws Exception {
        AtomicReference<Snapshot> watched = new AtomicReference<>();
        session.watch(watched::set);
        harness.emulator().times(Times.ofMillis(200, 0));
        harness.emulator().inject("subscribe-drop", Map.of("refuse", true));
        assertThat(status(apply(adding(FIRST)))).isEqualTo(CircuitStatus.CONNECTED);
        assertThat(session.ended()).isNotDone();

        harness.emulator().clear("all");
        harness.connectForeign(SECOND);
        await(() -> watched.get().circuits().keySet().equals(Set.of(FIRST, SECOND)));
        // of light the heartbeat knows nothing
        OptionalDouble power = watched.get().ports().get("1").outputPowerDbm();
        harness.emulator().inject("degraded-power", Map.of("port", "1", "db", 6));
        await(() -> !watched.get().ports().get("1").outputPowerDbm().equals(power));
    }

    @Test
    void telemetryThatIsLateTakesNothingBack() throws Exception {
        AtomicReference<Snapshot> watched = new AtomicReference<>();
        session.watch(watched::set);
        harness.emulator().times(Times.ofMillis(50, 0));
        harness.emulator().inject("subscribe-late", Map.of("millis", 1_000));
        assertThat(status(apply(adding(FIRST)))).isEqualTo(CircuitStatus.CONNECTED);
        apply(CircuitTransaction.builder().addDeletes(FIRST).addCreates(SECOND).deadline(DEADLINE));
        harness.emulator().clear("all");
        TimeUnit.MILLISECONDS.sleep(1_500);
        assertThat(watched.get().circuits()).containsOnlyKeys(SECOND);
        assertThat(watched.get().circuits().get(SECOND).status()).isEqualTo(CircuitStatus.CONNECTED);
    }

    @Test
    void telemetryThatComesTwiceDoesNoHarm() throws Exception {
        harness.emulator().inject("subscribe-duplicate", Map.of());
        harness.emulator().times(Times.ofMillis(50, 0));
        assertThat(status(apply(adding(FIRST)))).isEqualTo(CircuitStatus.CONNECTED);
        apply(CircuitTransaction.builder().addDeletes(FIRST).deadline(DEADLINE));
        assertThat(snapshot().circuits()).isEmpty();
    }

    @Test
    void requestThatIsDoneButNotAnsweredIsADeadlineAndIsSeen() throws Exception {
        harness.emulator().inject("deadline-but-applied", Map.of("count", 1));
        assertRefused(session.apply(adding(FIRST).deadline(SHORT).build()), Reason.DEADLINE);
        assertThat(snapshot().circuits()).containsOnlyKeys(FIRST);
        // asked for again, it is there
        assertThat(status(apply(adding(FIRST)))).isEqualTo(CircuitStatus.CONNECTED);
    }

    @Test
    void circuitThatIsFoundInvalidIsReportedAndGivesWay() throws Exception {
        harness.emulator().times(Times.ofMillis(20, 0));
        harness.emulator().inject("set-then-invalid", Map.of("port", "1"));
        CircuitState invalid = apply(adding(FIRST)).circuits().get(FIRST);
        assertThat(invalid.status()).isEqualTo(CircuitStatus.INVALID);
        assertThat(invalid.reason()).isPresent();

        harness.emulator().clear("all");
        CircuitPorts other = CircuitPorts.of("1", "6");
        assertThat(apply(adding(other)).circuits().get(other).status()).isEqualTo(CircuitStatus.CONNECTED);
        assertThat(snapshot().circuits()).containsOnlyKeys(other);
    }

    @Test
    void circuitThatIsMadeAnewIsNotTakenForTheFormerOne() throws Exception {
        harness.emulator().inject("set-then-invalid", Map.of("port", "1"));
        assertThat(status(apply(adding(FIRST)))).isEqualTo(CircuitStatus.INVALID);
        harness.emulator().clear("all");
        harness.emulator().times(Times.ofMillis(50, 0));
        harness.emulator().inject("subscribe-drop", Map.of("refuse", true));
        assertThat(status(apply(adding(FIRST)))).isEqualTo(CircuitStatus.CONNECTED);
    }

    @Test
    void circuitThatDoesNotSettleIsReportedAsItIs() throws Exception {
        harness.emulator().inject("stuck-mirror", Map.of("port", "1"));
        long began = System.nanoTime();
        TransactionResult result = apply(adding(FIRST, SECOND).deadline(SHORT));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(SHORT, DEADLINE);
        assertThat(status(result)).isEqualTo(CircuitStatus.PENDING);
        assertThat(result.circuits().get(SECOND).status()).isEqualTo(CircuitStatus.CONNECTED);
    }

    @Test
    void circuitThatFailsIsReportedWithTheSwitchsWords() throws Exception {
        harness.emulator().inject("stuck-mirror", Map.of("port", "1", "mode", "failed"));
        TransactionResult result = apply(adding(FIRST));
        assertThat(status(result)).isEqualTo(CircuitStatus.FAILED);
        assertThat(result.circuits().get(FIRST).reason()).hasValueSatisfying(why -> assertThat(why).contains("port 1"));

        harness.emulator().clear("all");
        TransactionResult again = apply(adding(FIRST).addDeletes(FIRST));
        assertThat(status(again)).isEqualTo(CircuitStatus.CONNECTED);
    }

    @Test
    void lightThatNobodyConfiguredIsSomebodyElses() throws Exception {
        apply(adding(SECOND));
        harness.emulator().inject("hardware-only-connection", Map.of("one", "1", "other", "5"));
        assertThat(snapshot().circuits()).containsOnlyKeys(FIRST, SECOND);
        assertThat(snapshot().circuits().get(FIRST)).satisfies(each -> {
            assertThat(each.status()).isEqualTo(CircuitStatus.CONNECTED);
            assertThat(each.name()).isEmpty();
        });
        CircuitPorts inTheWay = CircuitPorts.of("1", "7");
        assertRefused(session.apply(adding(inTheWay).build()), Reason.CONFLICT);

        harness.emulator().clear("all");
        assertThat(snapshot().circuits()).containsOnlyKeys(SECOND);
        assertThat(apply(adding(inTheWay)).circuits().get(inTheWay).status()).isEqualTo(CircuitStatus.CONNECTED);
    }

    @Test
    void managementThatAnswersNothingEndsTheSession() throws Exception {
        // TCP and HTTP/2 are as well as ever
        harness.emulator().inject("management-dead", Map.of());
        assertThat(assertRefused(session.ended(), Reason.LOST)).hasMessageContaining("does not answer");
    }

    @Test
    void secondWriterWithAHigherElectionIdIsTheMaster() throws Exception {
        session.arbitrate(3);
        apply(adding(FIRST));
        harness.emulator().inject("second-writer", Map.of("electionId", 9));
        assertRefused(session.apply(adding(SECOND).build()), Reason.NOT_MASTER);
        assertThat(snapshot().circuits()).containsOnlyKeys(FIRST);
    }

    @Test
    void writeWhoseTurnComesAfterThisNodeWasMasterIsRefused() throws Exception {
        AtomicBoolean master = new AtomicBoolean(true);
        session.writeWhile(master::get);
        // so long that this test sees the first begin before it is the turn of the second
        harness.emulator().times(Times.ofMillis(4_000, 0));
        CompletableFuture<TransactionResult> first = session.apply(adding(FIRST).build());
        CompletableFuture<TransactionResult> second = session.apply(adding(SECOND).build());
        AtomicReference<Snapshot> watched = new AtomicReference<>();
        session.watch(watched::set);
        await(() -> watched.get() != null && watched.get().circuits().containsKey(FIRST));
        master.set(false);
        assertThat(status(first.get(20, TimeUnit.SECONDS))).isEqualTo(CircuitStatus.CONNECTED);
        assertRefused(second, Reason.NOT_MASTER);
        assertThat(snapshot().circuits()).containsOnlyKeys(FIRST);
    }

    @Test
    void switchIsNotTrustedWithAnotherCertificateOrName() throws Exception {
        Certificates others = Certificates.make(Files.createDirectory(directory.resolve("others")), "ip:127.0.0.1");
        OcsTarget target = harness.target();
        assertRefused(harness.sessions().open(ImmutableOcsTarget.copyOf(target).withTrust(others.certificate)),
                Reason.UNAUTHENTICATED);
        assertRefused(harness.sessions().open(ImmutableOcsTarget.copyOf(target).withAddress("localhost")),
                Reason.UNAUTHENTICATED);
        Path missing = directory.resolve("missing.pem");
        assertThat(assertRefused(harness.sessions().open(ImmutableOcsTarget.copyOf(target).withTrust(missing)),
                Reason.UNAUTHENTICATED)).hasMessageContaining(missing.toString());
    }

    private static ImmutableCircuitTransaction.Builder adding(CircuitPorts... circuits) {
        return CircuitTransaction.builder().addCreates(circuits).deadline(DEADLINE);
    }

    private TransactionResult apply(ImmutableCircuitTransaction.Builder transaction) throws Exception {
        return session.apply(transaction.build()).get(20, TimeUnit.SECONDS);
    }

    private static CircuitStatus status(TransactionResult result) {
        return result.circuits().get(FIRST).status();
    }

    private Snapshot snapshot() throws Exception {
        return session.snapshot(DEADLINE).get(20, TimeUnit.SECONDS);
    }

    private static void await(BooleanSupplier condition) throws Exception {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static OcsException assertRefused(CompletableFuture<?> future, Reason reason) throws Exception {
        try {
            throw new AssertionError("no failure, but " + future.get(20, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(OcsException.class);
            assertThat(((OcsException) e.getCause()).reason()).as(e.toString()).isEqualTo(reason);
            return (OcsException) e.getCause();
        }
    }
}
