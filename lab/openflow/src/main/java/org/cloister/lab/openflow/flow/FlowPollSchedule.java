package org.cloister.lab.openflow.flow;

import org.onosproject.openflow.controller.RoleState;

/**
 * Decides, second by second, when one switch is asked for its rules. The rules are those of stock ONOS, because what
 * relies on the polls must live with them:
 * <ul>
 * <li>the first poll comes one second after the switch, then one every period;
 * <li>only the master polls;
 * <li>while a reply is outstanding, up to five polls are skipped;
 * <li>under high load polls are skipped, and polling pauses until the load of the last fifteen seconds falls below that
 *     of the last minute; the next poll then comes a whole period later. High load is a rate over two seconds above
 *     twice the minute's, that limit being at least 50 and at most 500 rules a second.
 * </ul>
 */
final class FlowPollSchedule {

    private static final int SKIPS_WAITING = 5;
    private static final int HIGH_WINDOW_SECONDS = 2;
    private static final int LOW_WINDOW_SECONDS = 15;
    private static final int OVERALL_WINDOW_SECONDS = 60;
    private static final int LOAD_FACTOR = 2;
    private static final int MIN_LOAD = 50;
    private static final int MAX_LOAD = 500;

    private final EventWindow events = new EventWindow();
    private int periodSeconds;
    private boolean pauseUnderLoad;
    private int secondsToPoll = 1;
    private int skipsLeft;
    private boolean paused;

    FlowPollSchedule(int periodSeconds, boolean pauseUnderLoad) {
        this.periodSeconds = periodSeconds;
        this.pauseUnderLoad = pauseUnderLoad;
    }

    /**
     * Lets a second pass.
     *
     * @param role this node's role for the switch
     * @return whether to poll now
     */
    synchronized boolean tick(RoleState role) {
        events.tick();
        updatePause();
        secondsToPoll--;
        if (paused || secondsToPoll > 0) {
            return false;
        }
        secondsToPoll = periodSeconds;
        if (skipsLeft > 0) {
            skipsLeft--;
            return false;
        }
        if (role != RoleState.MASTER || pauseUnderLoad && isHighLoad()) {
            return false;
        }
        skipsLeft = SKIPS_WAITING;
        return true;
    }

    private void updatePause() {
        if (!pauseUnderLoad) {
            return;
        }
        if (isHighLoad()) {
            paused = true;
        } else if (paused && events.rate(LOW_WINDOW_SECONDS) < events.rate(OVERALL_WINDOW_SECONDS)) {
            resume();
        }
    }

    private boolean isHighLoad() {
        double overall = events.rate(OVERALL_WINDOW_SECONDS) * LOAD_FACTOR;
        return events.rate(HIGH_WINDOW_SECONDS) > Math.max(Math.min(overall, MAX_LOAD), MIN_LOAD);
    }

    private void resume() {
        paused = false;
        // one more than the period: the second now passing is counted off at once
        secondsToPoll = periodSeconds + 1;
    }

    /** Counts rules sent to the switch. */
    void record(int rules) {
        events.record(rules);
    }

    /** A reply came. */
    synchronized void replied() {
        skipsLeft = 0;
    }

    /** This node became the master: replies to its former requests may be lost, and past load is not of this term. */
    synchronized void restart() {
        events.clear();
        skipsLeft = 0;
        if (paused) {
            resume();
        }
    }

    /** Changes the settings; the next poll comes one new period from now. */
    synchronized void configure(int newPeriodSeconds, boolean newPauseUnderLoad) {
        pauseUnderLoad = newPauseUnderLoad;
        paused &= newPauseUnderLoad;
        if (newPeriodSeconds != periodSeconds) {
            periodSeconds = newPeriodSeconds;
            secondsToPoll = newPeriodSeconds;
            skipsLeft = 0;
        }
    }
}
