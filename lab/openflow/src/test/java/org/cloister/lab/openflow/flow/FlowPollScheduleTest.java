package org.cloister.lab.openflow.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.onosproject.openflow.controller.RoleState;

/** When a switch is asked for its rules, in seconds after it connected. */
class FlowPollScheduleTest {

    private final FlowPollSchedule schedule = new FlowPollSchedule(5, true);
    private int now;

    /** Returns the seconds at which polls went out; each is answered at once. */
    private List<Integer> polls(int seconds) {
        List<Integer> polls = new ArrayList<>();
        for (int i = 0; i < seconds; i++) {
            now++;
            if (schedule.tick(RoleState.MASTER)) {
                polls.add(now);
                schedule.replied();
            }
        }
        return polls;
    }

    @Test
    void firstAfterOneSecondThenEveryFive() {
        assertThat(polls(17)).containsExactly(1, 6, 11, 16);
    }

    @Test
    void onlyTheMasterPolls() {
        assertThat(schedule.tick(RoleState.EQUAL)).isFalse();
        now++;
        assertThat(polls(6)).containsExactly(6);
    }

    @Test
    void fivePollsAreSkippedForAReplyThatDoesNotCome() {
        assertThat(schedule.tick(RoleState.MASTER)).isTrue();
        now++;
        assertThat(polls(34)).containsExactly(31);
    }

    @Test
    void aReplyOrMastershipEndsTheWait() {
        schedule.tick(RoleState.MASTER);
        now++;
        schedule.restart();
        assertThat(polls(6)).containsExactly(6);
    }

    @Test
    void manyRulesAtOncePausePollingUntilTheLoadFell() {
        assertThat(polls(70)).hasSize(14);
        schedule.record(1_000);
        // the burst leaves the window of fifteen seconds, then a whole period passes
        assertThat(polls(30)).containsExactly(90, 95, 100);
    }

    @Test
    void aBurstRightAtTheConnectionPausesTheFirstPoll() {
        schedule.record(2_000);
        assertThat(polls(40)).first().isEqualTo(20);
    }

    @Test
    void aSmallerBurstAtTheConnectionDoesNotStandOutYet() {
        schedule.record(1_000);
        assertThat(polls(2)).containsExactly(1);
    }

    @Test
    void fewRulesPauseNothing() {
        polls(70);
        schedule.record(100);
        assertThat(polls(10)).containsExactly(71, 76);
    }

    @Test
    void withoutThePauseLoadDoesNotMatter() {
        schedule.configure(5, false);
        schedule.record(100_000);
        assertThat(polls(11)).containsExactly(1, 6, 11);
    }

    @Test
    void aNewTermAsMasterForgetsTheLoad() {
        polls(10);
        schedule.record(1_000);
        assertThat(polls(5)).isEmpty();
        schedule.restart();
        assertThat(polls(6)).containsExactly(21);
    }

    @Test
    void aNewPeriodStartsNow() {
        polls(2);
        schedule.configure(2, true);
        assertThat(polls(4)).containsExactly(4, 6);
    }
}
