package org.cloister.driver.ocs.netconf;

import org.cloister.driver.ocs.ImmutableOcsTarget;
import org.cloister.driver.ocs.contract.SessionContract;
import org.cloister.driver.ocs.contract.SwitchHarness;
import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitTransaction;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;
import org.cloister.driver.ocs.session.OcsSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What NETCONF adds to the contract of sessions. */
abstract class NetconfContract extends SessionContract {

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final CircuitPorts FIRST = CircuitPorts.of("1", "2");

    @TempDir
    Path files;

    final NetconfHarness server;

    NetconfContract(NetconfHarness server) {
        this.server = server;
    }

    @Override
    protected SwitchHarness harness() {
        return server;
    }

    @Test
    void editThatTheServerFindsInvalidChangesNothing() throws Exception {
        server.connectForeign(FIRST);
        CrossConnects before = server.other().read().pairs();
        // one removed, one good, and an egress that the model does not allow
        String bad = new CrossConnects(Map.of(3, 4, 5, 70_000)).changeFrom(before);
        assertThatThrownBy(() -> server.other().edit(bad)).isInstanceOf(RpcRefused.class).hasMessageContaining("range");
        assertThat(server.other().read().pairs().egresses()).isEqualTo(before.egresses());
        server.clear();
    }

    @Test
    void switchWhoseHostKeyIsNotKnownIsNotTrusted() throws Exception {
        Path nobody = Files.createFile(files.resolve("known_hosts"));
        CompletableFuture<OcsSession> opening = server.sessions()
                .open(ImmutableOcsTarget.copyOf(server.target()).withKnownHosts(nobody));
        OcsException refused = failure(opening);
        assertThat(refused.reason()).isEqualTo(Reason.UNAUTHENTICATED);
        assertThat(refused).hasMessageContaining("SHA256:").hasMessageContaining(nobody.toString());
        assertThat(nobody).isEmptyFile();
    }

    @Test
    void circuitsThatOthersMadeTheOtherWayRoundAreRemovedToo() throws Exception {
        server.connectForeign(FIRST);
        try (OcsSession session = open()) {
            await(session.apply(CircuitTransaction.builder().addDeletes(FIRST).deadline(DEADLINE).build()));
            assertThat(server.other().read().pairs().egresses()).isEmpty();
        }
    }

    @Test
    void circuitIsAPairFromTheLowerPort() throws Exception {
        try (OcsSession session = open()) {
            await(session.apply(CircuitTransaction.builder().addCreates(CircuitPorts.of("9", "10")).deadline(DEADLINE)
                    .build()));
            assertThat(server.other().read().pairs().egresses()).isEqualTo(Map.of(9, 10));
        }
    }

    @Test
    void lockIsGivenBack() throws Exception {
        try (OcsSession session = open()) {
            await(session.apply(CircuitTransaction.builder().addCreates(FIRST).deadline(DEADLINE).build()));
            // another controller writes, and then this one again
            server.clear();
            await(session.apply(CircuitTransaction.builder().addCreates(FIRST).deadline(DEADLINE).build()));
        }
    }

    final OcsSession open() throws Exception {
        return await(server.sessions().open(server.target()));
    }

    static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    }

    static OcsException failure(CompletableFuture<?> future) throws Exception {
        try {
            await(future);
        } catch (ExecutionException e) {
            return (OcsException) e.getCause();
        }
        throw new AssertionError("no failure");
    }
}
