package org.cloister.driver.ocs.provider;

import org.cloister.driver.ocs.Dialect;
import org.cloister.driver.ocs.FakeSwitch;
import org.cloister.driver.ocs.OcsTarget;
import org.cloister.driver.ocs.SessionFactory;
import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitStatus;
import org.cloister.driver.ocs.session.CircuitTransaction;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;
import org.cloister.driver.ocs.session.OcsSession;
import org.cloister.driver.ocs.session.OcsSwitch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionTest {

    private static final OcsTarget TARGET = OcsTarget.builder().dialect(Dialect.OCP_GNMI).address("192.0.2.11")
            .username("cloister").passwordFile(Path.of("/etc/cloister/ocs-1")).build();

    private final ManualLoop loop = new ManualLoop();
    private final FakeSwitch opticalSwitch = new FakeSwitch(4);
    private final List<Long> attempts = new ArrayList<>();
    private Supplier<CompletableFuture<OcsSession>> answer =
            () -> CompletableFuture.completedFuture(opticalSwitch.open());
    private Role role = new Role(true, 7);
    private OcsSwitch known;
    private Connection connection;

    @BeforeEach
    void create() {
        SessionFactory factory = new SessionFactory() {
            @Override
            public Dialect dialect() {
                return Dialect.OCP_GNMI;
            }

            @Override
            public CompletableFuture<OcsSession> open(OcsTarget target) {
                attempts.add(loop.millis());
                return answer.get();
            }

            @Override
            public void close() {
            }
        };
        connection = new Connection("ocs-1", loop, target -> Optional.of(factory), () -> role, now -> known = now);
    }

    @Test
    void sessionIsThereAfterTheFirstSnapshotAndNotBefore() {
        opticalSwitch.silent(true);
        start();
        assertThat(connection.session()).isEmpty();
        assertThat(known.connected()).isFalse();

        opticalSwitch.silent(false);
        opticalSwitch.circuit("1", "2", "theirs", CircuitStatus.CONNECTED);
        loop.settle();
        assertThat(connection.session()).isPresent();
        assertThat(known.connected()).isTrue();
        assertThat(known.trouble()).isEmpty();
        assertThat(known.snapshot().orElseThrow().circuits()).containsOnlyKeys(CircuitPorts.of("1", "2"));
    }

    @Test
    void switchThatShowsNothingIsLeftAfterTenSeconds() {
        opticalSwitch.silent(true);
        start();
        loop.pass(Connection.FIRST_SNAPSHOT);
        assertThat(known.trouble().orElseThrow()).contains("192.0.2.11:9339").contains("did not show its state");
        assertThat(opticalSwitch.sessions()).isZero();
    }

    @Test
    void attemptsBecomeRarer() {
        answer = () -> CompletableFuture.failedFuture(new OcsException(Reason.LOST, "connection refused"));
        start();
        loop.pass(Duration.ofSeconds(60));
        assertThat(attempts).startsWith(0L, 500L, 1_500L, 3_500L, 7_500L, 12_500L, 17_500L);
        assertThat(known.trouble()).contains("192.0.2.11:9339: connection refused");
    }

    @Test
    void wrongPasswordIsNotTriedOften() {
        answer = () -> CompletableFuture.failedFuture(
                new OcsException(Reason.UNAUTHENTICATED, "user cloister or its password is wrong"));
        start();
        loop.pass(Duration.ofSeconds(60));
        assertThat(attempts).containsExactly(0L, 15_000L, 30_000L, 45_000L, 60_000L);
        assertThat(known.trouble().orElseThrow()).contains("password is wrong");
    }

    @Test
    void brokenSessionIsReplacedSoonAndWhatWasSeenStays() {
        opticalSwitch.circuit("1", "2", "theirs", CircuitStatus.CONNECTED);
        start();
        for (int time = 1; time <= 100; time++) {
            opticalSwitch.breakSessions("connection reset");
            loop.settle();
            assertThat(known.connected()).isFalse();
            assertThat(known.trouble().orElseThrow()).contains("connection reset");
            assertThat(known.snapshot().orElseThrow().circuits()).hasSize(1);
            loop.pass(Backoff.FIRST);
            assertThat(known.connected()).as("after break %s", time).isTrue();
        }
        assertThat(attempts).hasSize(101);
        assertThat(opticalSwitch.transactions).isEmpty();
        assertThat(opticalSwitch.sessions()).isEqualTo(1);
    }

    @Test
    void stoppedConnectionClosesWhatComesLate() {
        CompletableFuture<OcsSession> late = new CompletableFuture<>();
        answer = () -> late.copy();
        start();
        connection.stop();
        late.complete(opticalSwitch.open());
        loop.settle();
        loop.pass(Duration.ofMinutes(1));
        assertThat(connection.session()).isEmpty();
        assertThat(attempts).hasSize(1);
    }

    @Test
    void otherTargetEndsTheSession() {
        start();
        connection.start(OcsTarget.builder().from(TARGET).port(9340).build(), OptionalDouble.empty());
        loop.settle();
        assertThat(attempts).hasSize(2);
        assertThat(opticalSwitch.sessions()).isEqualTo(1);
        assertThat(known.connected()).isTrue();
    }

    @Test
    void sameTargetLeavesTheSession() {
        start();
        connection.start(OcsTarget.builder().from(TARGET).build(), OptionalDouble.of(-20));
        loop.settle();
        assertThat(attempts).hasSize(1);
        assertThat(known.minimumInputPowerDbm()).hasValue(-20);
    }

    @Test
    void masterWritesWithTheTermOfItsMastershipAndNobodyElse() {
        start();
        assertThat(opticalSwitch.terms).containsExactly(7L);
        assertThat(known.master()).isTrue();
        assertThat(write()).isCompleted();

        role = Role.NONE;
        connection.refreshRole();
        assertThat(known.master()).isFalse();
        assertThat(write()).isCompletedExceptionally();
        assertThat(opticalSwitch.transactions).hasSize(1);

        role = new Role(true, 9);
        connection.refreshRole();
        assertThat(opticalSwitch.terms).containsExactly(7L, 9L);
        assertThat(write()).isCompleted();
    }

    @Test
    void newSessionIsToldTheTermAgain() {
        start();
        opticalSwitch.breakSessions("connection reset");
        loop.pass(Backoff.FIRST);
        assertThat(opticalSwitch.terms).containsExactly(7L, 7L);
    }

    private CompletableFuture<?> write() {
        return connection.session().orElseThrow().apply(CircuitTransaction.builder()
                .addCreates(CircuitPorts.of("3", "4")).deadline(Duration.ofSeconds(1)).build());
    }

    private void start() {
        connection.start(TARGET, OptionalDouble.empty());
        loop.settle();
    }
}
