package org.cloister.lab.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.onosproject.openflow.controller.RoleState;
import org.projectfloodlight.openflow.protocol.OFTableStatsRequest;

class SwitchPollsTest {

    private final ManualTimer timer = new ManualTimer();
    private final FakeSwitch sw = new FakeSwitch(1);
    private final SwitchPolls polls = new SwitchPolls(timer, 5, s -> s.factory().buildTableStatsRequest().build());

    private int asked() {
        return sw.sent(OFTableStatsRequest.class).size();
    }

    @Test
    void asksAfterOneSecondAndThenOnceAPeriod() {
        polls.add(sw);
        timer.advance(999);
        assertThat(asked()).isZero();
        timer.advance(1);
        assertThat(asked()).isEqualTo(1);
        timer.advanceSeconds(4);
        assertThat(asked()).isEqualTo(1);
        timer.advanceSeconds(1);
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void asksOnlyAsMaster() {
        sw.role = RoleState.EQUAL;
        polls.add(sw);
        timer.advanceSeconds(11);
        assertThat(asked()).isZero();
        sw.role = RoleState.MASTER;
        timer.advanceSeconds(5);
        assertThat(asked()).isEqualTo(1);
    }

    @Test
    void aSwitchThatReconnectsIsAskedOncePerPeriod() {
        polls.add(sw);
        polls.add(sw);
        timer.advanceSeconds(6);
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void aSwitchThatWentAwayIsNotAsked() {
        polls.add(sw);
        polls.remove(sw.getDpid());
        timer.advanceSeconds(20);
        assertThat(asked()).isZero();
    }

    @Test
    void aNewPeriodHoldsForSwitchesThatAreThere() {
        polls.add(sw);
        timer.advanceSeconds(1);
        polls.period(2);
        timer.advanceSeconds(4);
        assertThat(asked()).isEqualTo(3);
    }

    @Test
    void aFailedRequestDoesNotEndThePolls() {
        int[] calls = {0};
        SwitchPolls failing = new SwitchPolls(timer, 5, s -> {
            calls[0]++;
            throw new IllegalStateException("channel closed");
        });
        failing.add(sw);
        timer.advanceSeconds(11);
        assertThat(calls[0]).isEqualTo(3);
    }
}
