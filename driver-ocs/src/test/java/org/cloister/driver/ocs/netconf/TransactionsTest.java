package org.cloister.driver.ocs.netconf;

import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitStatus;
import org.cloister.driver.ocs.session.CircuitTransaction;
import org.cloister.driver.ocs.session.ImmutableCircuitTransaction;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;
import org.cloister.driver.ocs.session.TransactionResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TransactionsTest {

    private static final CircuitPorts CIRCUIT = CircuitPorts.of("1", "9");
    private static final List<String> CANDIDATE = List.of("base:1.1", "capability:candidate:1.0",
            "capability:confirmed-commit:1.1");
    private static final List<String> RUNNING = List.of("base:1.1", "capability:writable-running:1.0",
            "capability:rollback-on-error:1.0");
    private static final List<String> BOTH = List.of("base:1.1", "capability:candidate:1.0",
            "capability:writable-running:1.0");

    private final ScriptedSwitch ocs = new ScriptedSwitch(16).showing("", "1>9");
    private ScriptedServer server;
    private Duration deadline = Duration.ofSeconds(20);

    @Test
    void candidateIsLockedChangedCommittedAndUnlocked() throws Exception {
        apply(CANDIDATE, adding());
        assertThat(writes()).containsExactly("lock candidate", "discard-changes", "edit-config candidate", "commit",
                "unlock candidate");
    }

    @Test
    void runningConfigurationIsChangedWhereThereIsNoCandidate() throws Exception {
        apply(RUNNING, adding());
        assertThat(writes()).containsExactly("lock running", "edit-config running", "unlock running");
    }

    @Test
    void bothAreLockedWhereOthersCouldWritePastTheCandidate() throws Exception {
        apply(BOTH, adding());
        assertThat(writes()).containsExactly("lock candidate", "lock running", "discard-changes",
                "edit-config candidate", "commit", "unlock running", "unlock candidate");
    }

    @Test
    void serverThatMightDoHalfIsRefused() {
        assertThatThrownBy(() -> apply(List.of("base:1.1", "capability:writable-running:1.0"), adding()))
                .isInstanceOfSatisfying(OcsException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.UNSUPPORTED));
    }

    @ParameterizedTest
    @CsvSource({
        "data-exists, STALE", "data-missing, STALE", "operation-not-supported, UNSUPPORTED",
        "unknown-namespace, UNSUPPORTED", "in-use, NOT_MASTER", "lock-denied, NOT_MASTER", "rollback-failed, LOST",
        "partial-operation, LOST", "access-denied, REJECTED", "invalid-value, REJECTED", "operation-failed, REJECTED"
    })
    void refusedEditIsDiscardedAndUnlocked(String tag, Reason reason) throws Exception {
        ocs.answering("edit-config", ScriptedSwitch.refusal(tag));
        assertRefused(CANDIDATE, adding(), reason, tag);
        assertThat(writes()).containsExactly("lock candidate", "discard-changes", "edit-config candidate",
                "discard-changes", "unlock candidate");
    }

    @Test
    void refusedCommitIsDiscardedAndUnlocked() throws Exception {
        ocs.answering("commit", ScriptedSwitch.refusal("operation-failed"));
        assertRefused(CANDIDATE, adding(), Reason.REJECTED, "operation-failed");
        assertThat(writes()).endsWith("commit", "discard-changes", "unlock candidate");
    }

    @Test
    void lockOfAnotherIsWaitedFor() throws Exception {
        ocs.answering("lock", ScriptedSwitch.refusal("lock-denied"), ScriptedSwitch.refusal("in-use"),
                ScriptedServer.OK);
        apply(CANDIDATE, adding());
        assertThat(writes()).startsWith("lock candidate", "lock candidate", "lock candidate", "discard-changes");
    }

    @Test
    void lockThatIsNotGivenBackInTimeIsNamed() throws Exception {
        deadline = Duration.ofMillis(600);
        ocs.answering("lock", "<rpc-error><error-tag>lock-denied</error-tag><error-severity>error</error-severity>"
                + "<error-info><session-id>12</session-id></error-info></rpc-error>");
        assertRefused(CANDIDATE, adding(), Reason.NOT_MASTER, "locked by session 12");
    }

    @Test
    void otherRevisionIsNoticedUnderTheLock() throws Exception {
        ocs.showing("3>4");
        assertRefused(CANDIDATE, adding().expectedRevision(CrossConnectsTest.pairs("3>5").revision()), Reason.STALE,
                CrossConnectsTest.pairs("3>4").revision());
        assertThat(writes()).containsExactly("lock candidate", "discard-changes", "unlock candidate");
        assertThat(server.asked().get(0)).isEqualTo("lock candidate");
    }

    @Test
    void nothingToChangeIsNotSent() throws Exception {
        ocs.showing("9>1");
        assertThat(apply(CANDIDATE, adding()).circuits()).containsOnlyKeys(CIRCUIT);
        assertThat(writes()).containsExactly("lock candidate", "discard-changes", "unlock candidate");
    }

    @Test
    void answerWithoutTheDeedIsARefusal() throws Exception {
        ocs.showing("");
        assertRefused(CANDIDATE, adding(), Reason.REJECTED, "did nothing");
    }

    @Test
    void answerToADeedThatIsAnotherMayHaveDoneAnything() throws Exception {
        ocs.showing("", "1>8");
        assertRefused(CANDIDATE, adding(), Reason.LOST, "{1=8} instead of {1=9}");
    }

    @Test
    void confirmationIsAskedForInWholeSecondsUnderTheNameThatWasGiven() throws Exception {
        TransactionResult result = apply(CANDIDATE, adding().confirmWithin(Duration.ofMillis(1200)).confirmation("a<b"));
        assertThat(result.confirmation()).contains("a<b");
        assertThat(writes()).contains("commit a<b");
        assertThat(new Datastore.Confirmation("a<b", Duration.ofMillis(1200)).commit())
                .contains("<confirm-timeout>2</confirm-timeout>").contains("<persist>a&lt;b</persist>");
        assertThat(apply(CANDIDATE, adding().confirmWithin(Duration.ofSeconds(1))).confirmation())
                .contains("cloister-7-1");
    }

    @Test
    void unlockThatIsRefusedEndsTheSession() throws Exception {
        ocs.answering("unlock", ScriptedSwitch.refusal("operation-failed"));
        assertThatThrownBy(() -> apply(CANDIDATE, adding())).isInstanceOf(OcsException.class);
        assertThat(server.isClosed()).isTrue();
    }

    @Test
    void lightThatComesLaterIsWaitedFor() throws Exception {
        ocs.powers.clear();
        for (double power : new double[] {-70, -70, -70, -70, -3.5}) {
            ocs.powers.add(Map.of(1, -2.0, 9, power));
        }
        assertThat(apply(CANDIDATE, adding()).circuits().get(CIRCUIT).status()).isEqualTo(CircuitStatus.CONNECTED);
    }

    @Test
    void lightThatDoesNotComeIsAFailure() throws Exception {
        deadline = Duration.ofMillis(600);
        ocs.powers.clear();
        ocs.powers.add(Map.of(1, -2.0, 9, -70.0));
        assertThat(apply(CANDIDATE, adding()).circuits().get(CIRCUIT)).satisfies(circuit -> {
            assertThat(circuit.status()).isEqualTo(CircuitStatus.FAILED);
            assertThat(circuit.reason()).contains("light enters at port 1 and does not leave at port 9");
        });
    }

    private TransactionResult apply(List<String> capabilities, ImmutableCircuitTransaction.Builder transaction)
            throws Exception {
        server = new ScriptedServer(capabilities, ocs);
        NetconfChannel channel = server.open();
        return new Transactions(channel, Datastore.of(channel, server.capabilities()), "cloister-7")
                .apply(transaction.build(), Deadline.in(deadline));
    }

    private void assertRefused(List<String> capabilities, ImmutableCircuitTransaction.Builder transaction, Reason reason,
            String named) {
        assertThatThrownBy(() -> apply(capabilities, transaction)).isInstanceOfSatisfying(OcsException.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused).hasMessageContaining(named);
        });
    }

    private List<String> writes() {
        return server.asked().stream().filter(each -> !each.startsWith("get")).collect(Collectors.toList());
    }

    static ImmutableCircuitTransaction.Builder adding() {
        return CircuitTransaction.builder().addCreates(CIRCUIT).deadline(Duration.ofSeconds(1));
    }
}
