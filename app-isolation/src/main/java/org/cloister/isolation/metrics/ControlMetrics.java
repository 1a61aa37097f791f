package org.cloister.isolation.metrics;

import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.SliceState;

import java.time.Duration;
import java.util.Map;

/** What control tells of what it does; from any thread. */
public interface ControlMetrics {

    /** Says whether this node decides on slices; of one that does not, gauges tell nothing. */
    void leads(boolean leads);

    /** Counts and times a pass. */
    void pass(Duration took, boolean failed);

    /**
     * Tells what a look showed.
     *
     * @param slices the number of slices by state
     * @param rules the number of our rules by the name of the switch
     * @param meters the number of our meters by the name of the switch
     */
    void looked(Map<SliceState, Integer> slices, Map<String, Integer> rules, Map<String, Integer> meters);

    /** Times a request from when it was stored until it was granted. */
    void decided(Duration took);

    /** Times an installation from the grant until every rule was read back. */
    void installed(Duration took);

    /** Counts a refused request. */
    void refused(ProblemType reason);

    /**
     * Counts and times a move of a slice to another allocation, and a change of what it asks.
     *
     * @param reason why: {@code change}, {@code repair}, {@code drain}
     * @param done whether it carries traffic now, or was given up
     */
    void moved(String reason, boolean done, Duration took);

    /** Counts a slice that is DEGRADED from now on, by the reason of the condition. */
    void degraded(String reason);

    /** Counts a slice that is ACTIVE again, by the reason for which it was not. */
    void recovered(String reason);

    /** Counts a slice whose lease ran out. */
    void leaseExpired();

    /** Counts changes of switches that were sent: {@code rules} or {@code meters}. */
    void sent(String kind, int changes);

    /** Counts changes of switches that were refused or not answered in time. */
    void failed(String kind, int changes);

    /** Counts a silence of the store. */
    void storeError();

    /** Returns one that keeps nothing. */
    static ControlMetrics none() {
        return new NoMetrics();
    }
}
