package org.cloister.lab.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.cloister.testing.VirtualTime;
import org.junit.jupiter.api.Test;
import org.onosproject.openflow.controller.RoleState;
import org.projectfloodlight.openflow.protocol.OFTableStatsRequest;

class SwitchPollsTest {

    private final VirtualTime time = new VirtualTime();
    private final FakeSwitch sw = new FakeSwitch(1);
    private final SwitchPolls polls = new SwitchPolls(time, 5, s -> s.factory().buildTableStatsRequest().build());

    private int asked() {
        return sw.sent(OFTableStatsRequest.class).size();
    }

    @Test
    void asksAfterOneSecondAndThenOnceAPeriod() {
        polls.add(sw);
        time.pass(Duration.ofMillis(999));
        assertThat(asked()).isZero();
        time.pass(Duration.ofMillis(1));
        assertThat(asked()).isEqualTo(1);
        time.pass(Duration.ofSeconds(4));
        assertThat(asked()).isEqualTo(1);
        time.pass(Duration.ofSeconds(1));
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void asksOnlyAsMaster() {
        sw.role = RoleState.EQUAL;
        polls.add(sw);
        time.pass(Duration.ofSeconds(11));
        assertThat(asked()).isZero();
        sw.role = RoleState.MASTER;
        time.pass(Duration.ofSeconds(5));
        assertThat(asked()).isEqualTo(1);
    }

    @Test
    void aSwitchThatReconnectsIsAskedOncePerPeriod() {
        polls.add(sw);
        polls.add(sw);
        time.pass(Duration.ofSeconds(6));
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void aSwitchThatWentAwayIsNotAsked() {
        polls.add(sw);
        polls.remove(sw.getDpid());
        time.pass(Duration.ofSeconds(20));
        assertThat(asked()).isZero();
    }

    @Test
    void aNewPeriodHoldsForSwitchesThatAreThere() {
        polls.add(sw);
        time.pass(Duration.ofSeconds(1));
        polls.period(2);
        time.pass(Duration.ofSeconds(4));
        assertThat(asked()).isEqualTo(3);
    }

    @Test
    void aFailedRequestDoesNotEndThePolls() {
        int[] calls = {0};
        SwitchPolls failing = new SwitchPolls(time, 5, s -> {
            calls[0]++;
            throw new IllegalStateException("channel closed");
        });
        failing.add(sw);
        time.pass(Duration.ofSeconds(11));
        assertThat(calls[0]).isEqualTo(3);
    }
}
