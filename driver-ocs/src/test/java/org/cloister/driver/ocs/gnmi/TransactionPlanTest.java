package org.cloister.driver.ocs.gnmi;

import org.cloister.driver.ocs.session.CircuitNames;
import org.cloister.driver.ocs.session.CircuitPorts;
import org.cloister.driver.ocs.session.CircuitState;
import org.cloister.driver.ocs.session.CircuitStatus;
import org.cloister.driver.ocs.session.CircuitTransaction;
import org.cloister.driver.ocs.session.CircuitTransaction.Mode;
import org.cloister.driver.ocs.session.ImmutableCircuitTransaction;
import org.cloister.driver.ocs.session.OcsException;
import org.cloister.driver.ocs.session.OcsException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TransactionPlanTest {

    private static final Set<String> PORTS = Set.of("1", "2", "3", "4", "5", "6", "7", "8");

    private final List<CircuitState> connections = new ArrayList<>();

    @Test
    void circuitsThatAreThereAreLeftAlone() {
        ours("1", "5", CircuitStatus.CONNECTED);
        ours("2", "6", CircuitStatus.FAILED);
        TransactionPlan plan = plan(create("1", "5").addCreates(ports("2", "6")));
        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.wanted()).containsOnlyKeys(ports("1", "5"), ports("2", "6"));
    }

    @Test
    void foreignCircuitThatJoinsTheRightPortsWillDo() {
        foreign("theirs", "5", "1", CircuitStatus.CONNECTED);
        TransactionPlan plan = plan(create("1", "5"));
        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.wanted()).containsEntry(ports("1", "5"), "theirs");
    }

    @Test
    void deletedAndCreatedMeansMadeAnew() {
        ours("1", "5", CircuitStatus.FAILED);
        TransactionPlan plan = plan(create("1", "5").addDeletes(ports("1", "5")));
        assertThat(plan.deletes()).containsExactly("cloister:1:5");
        assertThat(plan.creates()).containsOnlyKeys("cloister:1:5");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void invalidEntryOfOursGivesWayToWhoNeedsItsPorts(Mode mode) {
        ours("1", "5", CircuitStatus.INVALID);
        assertThat(plan(create("1", "6").mode(mode)).deletes()).containsExactly("cloister:1:5");
        TransactionPlan again = plan(create("1", "5").mode(mode));
        assertThat(again.deletes()).containsExactly("cloister:1:5");
        assertThat(again.creates()).containsOnlyKeys("cloister:1:5");
    }

    @Test
    void invalidEntryThatNobodyNeedsStays() {
        ours("1", "5", CircuitStatus.INVALID);
        assertThat(plan(create("2", "6")).deletes()).isEmpty();
    }

    @Test
    void onlyOverwriteRemovesWhatIsNotInTheWay() {
        ours("1", "5", CircuitStatus.CONNECTED);
        ours("2", "6", CircuitStatus.CONNECTED);
        foreign("theirs", "3", "7", CircuitStatus.CONNECTED);
        assertThat(plan(create("1", "6").mode(Mode.UPDATE)).deletes()).containsExactly("cloister:1:5", "cloister:2:6");
        assertThat(plan(create("1", "8").mode(Mode.UPDATE)).deletes()).containsExactly("cloister:1:5");
        assertThat(plan(create("1", "8").mode(Mode.OVERWRITE)).deletes()).containsExactly("cloister:1:5", "cloister:2:6");
        assertThat(plan(create("1", "5").mode(Mode.OVERWRITE)).deletes()).containsExactly("cloister:2:6");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void foreignCircuitsAreInTheWayOfEveryMode(Mode mode) {
        foreign("theirs", "1", "5", CircuitStatus.FAILED);
        assertRefused(create("1", "6").mode(mode), Reason.CONFLICT, "port 1 ", "theirs");
        assertRefused(create("2", "6").addDeletes(ports("1", "5")).mode(mode), Reason.CONFLICT, "theirs");
    }

    @Test
    void whatIsBeingDeletedIsInNobodysWay() {
        ours("1", "5", CircuitStatus.PENDING_DELETION);
        TransactionPlan plan = plan(create("1", "6"));
        assertThat(plan.deletes()).isEmpty();
        assertThat(plan.creates()).containsOnlyKeys("cloister:1:6");
    }

    @Test
    void refusalsNameThePort() {
        ours("1", "5", CircuitStatus.CONNECTED);
        assertRefused(create("1", "6"), Reason.CONFLICT, "port 1 ", "cloister:1:5");
        assertRefused(create("2", "9"), Reason.UNKNOWN_PORT, "port 9");
        assertRefused(create("2", "6").addCreates(ports("6", "7")), Reason.CONFLICT, "port 6 ");
    }

    @Test
    void nameThatOtherPortsBearIsNotTakenFromThem() {
        foreign(CircuitNames.of(ports("1", "5")), "2", "6", CircuitStatus.CONNECTED);
        assertRefused(create("1", "5"), Reason.CONFLICT, "cloister:1:5", "2 to 6");
    }

    private void ours(String one, String other, CircuitStatus status) {
        foreign(CircuitNames.of(ports(one, other)), one, other, status);
    }

    private void foreign(String name, String one, String other, CircuitStatus status) {
        connections.add(CircuitState.builder().name(name).ports(ports(one, other)).status(status).build());
    }

    private static ImmutableCircuitTransaction.Builder create(String one, String other) {
        return CircuitTransaction.builder().addCreates(ports(one, other)).deadline(Duration.ofSeconds(1));
    }

    private static CircuitPorts ports(String one, String other) {
        return CircuitPorts.of(one, other);
    }

    private TransactionPlan plan(ImmutableCircuitTransaction.Builder transaction) {
        return TransactionPlan.of(transaction.build(), connections, PORTS);
    }

    private void assertRefused(ImmutableCircuitTransaction.Builder transaction, Reason reason, String... words) {
        assertThatThrownBy(() -> plan(transaction)).isInstanceOfSatisfying(OcsException.class,
                refusal -> assertThat(refusal.reason()).isEqualTo(reason)).hasMessageContainingAll(words);
    }
}
