package org.cloister.ocs.metrics;

import org.cloister.ocs.api.DemandPhase;

import java.time.Duration;
import java.util.Map;

/** What control tells of what it does; from any thread. */
public interface CircuitMetrics {

    /** Says whether this node decides on circuits; of one that does not, gauges tell nothing. */
    void leads(boolean leads);

    /** Counts and times a pass. */
    void pass(Duration took, boolean failed);

    /** Tells the number of demands by phase. */
    void demands(Map<DemandPhase, Integer> demands);

    /** Tells the number of ports that are quarantined. */
    void quarantined(int ports);

    /** Counts a demand that was established by moving light, with the milliseconds of each phase. */
    void established(Map<String, Long> phaseMillis);

    /** Counts a demand that failed. */
    void failed();

    /** Counts a second attempt. */
    void retried();

    /** Counts a move that is undone. */
    void rolledBack();

    /** Counts a demand that was established and is not any more. */
    void broke();

    /** Counts a silence of the store. */
    void storeError();
}
