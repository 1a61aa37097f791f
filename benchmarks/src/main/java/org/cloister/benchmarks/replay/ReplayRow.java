package org.cloister.benchmarks.replay;

import org.immutables.value.Value;

/** What became of a trace under one policy at one offered load, over all seeds. */
@Value.Immutable
public interface ReplayRow {

    /** Who got what. */
    Policy policy();

    /** The offered load that arrivals were scaled to: hosts times ideal duration over the fabric's hosts times span. */
    double load();

    /** How many seeds. */
    int seeds();

    /** Mean completion time (finish less arrival), seconds. */
    Estimate jctMeanSeconds();

    /** 99th percentile of completion times, seconds. */
    Estimate jctP99Seconds();

    /** Mean waiting time (start less arrival), seconds. */
    Estimate jwtMeanSeconds();

    /** Mean running time (finish less start), seconds. */
    Estimate jrtMeanSeconds();

    /** Share of the fabric's host time that jobs held, between the first and the last arrival that is measured. */
    Estimate utilisation();

    /**
     * Hosts used over hosts used and hosts of queued jobs that would fit by their number alone, over the same time;
     * 1 if nothing but a lack of hosts ever kept a job waiting.
     */
    Estimate fragmentation();

    /** How many jobs the means are over, of all seeds: those that every policy of the replay has a place for. */
    int measured();

    /** How many jobs between warm-up and tail never ran, as even the empty fabric cannot place them, of all seeds. */
    int censored();

    /**
     * The load that was offered between the first and the last arrival that is measured: what {@link #load} asks for
     * is over all of the trace, of which long jobs may reach far beyond. The same under all policies.
     */
    @Value.Default
    default Estimate demandInWindow() {
        return Estimate.of(load());
    }

    /** How many searches for a place found nothing as they came to their bound, not as there was nothing, of all seeds. */
    @Value.Default
    default int unprovenRefusals() {
        return 0;
    }

    /** Returns a builder. */
    static ImmutableReplayRow.Builder builder() {
        return ImmutableReplayRow.builder();
    }
}
