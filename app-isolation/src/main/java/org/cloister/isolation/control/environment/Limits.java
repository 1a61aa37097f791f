package org.cloister.isolation.control.environment;

import org.immutables.value.Value;

import java.time.Duration;

/** How long and how often things are tried. */
@Value.Immutable
@Value.Style(jdkOnly = true, get = "*", visibility = Value.Style.ImplementationVisibility.PUBLIC)
public interface Limits {

    /** How long a request may wait for its decision. */
    @Value.Default
    default Duration pending() {
        return Duration.ofSeconds(10);
    }

    /** How long installing may take until it has failed. */
    @Value.Default
    default Duration installing() {
        return Duration.ofSeconds(60);
    }

    /** How long moving light may take until it has failed. */
    @Value.Default
    default Duration switching() {
        return Duration.ofSeconds(60);
    }

    /** How often other light is tried where some could not be moved. */
    @Value.Default
    default int relights() {
        return 2;
    }

    /** How long removing may take until a condition tells of the delay; it goes on after that. */
    @Value.Default
    default Duration removing() {
        return Duration.ofSeconds(60);
    }

    /** How long after an outage, in which nobody decided, leases can be renewed that ran out meanwhile. */
    @Value.Default
    default Duration renewing() {
        return Duration.ofSeconds(30);
    }

    /** How often in a row a switch may refuse a rule until its slice has failed. */
    @Value.Default
    default int attempts() {
        return 3;
    }

    /** How long after the first failure a rule is tried again; twice as long after each further one. */
    @Value.Default
    default Duration firstRetry() {
        return Duration.ofSeconds(1);
    }

    /** The longest time between two attempts. */
    @Value.Default
    default Duration lastRetry() {
        return Duration.ofSeconds(60);
    }

    /** How long a packet may be under way: so long a tag works on after nothing is admitted under it. */
    @Value.Default
    default Duration drain() {
        return Duration.ofSeconds(1);
    }

    /** How many times a pass looks for links, at least 2, so that what else waits for the pass is not held up. */
    @Value.Default
    default int decisions() {
        return 32;
    }

    /** How long a slice whose link failed may take to move to others before it is called degraded. */
    @Value.Default
    default Duration repairing() {
        return Duration.ofSeconds(2);
    }

    /** How long a move that could not be installed is not tried again; twice as long after each further one. */
    @Value.Default
    default Duration firstMoveRetry() {
        return Duration.ofSeconds(30);
    }

    /** The longest time between two attempts at a move. */
    @Value.Default
    default Duration lastMoveRetry() {
        return Duration.ofMinutes(10);
    }

    /** How long a slice that should move does not ask again for a tag or for meters when there are none. */
    @Value.Default
    default Duration exhausted() {
        return Duration.ofSeconds(10);
    }

    /** How long a switch may take to answer a batch. ONOS itself gives up after 10 seconds. */
    @Value.Default
    default Duration answer() {
        return Duration.ofSeconds(12);
    }

    /** How long a meter may be on its way. ONOS itself gives up on one after 30 seconds, but may not tell this node. */
    @Value.Default
    default Duration metering() {
        return Duration.ofSeconds(40);
    }

    /** How long ONOS is not asked again for the rules on a switch after it failed to tell them. */
    @Value.Default
    default Duration untold() {
        return Duration.ofSeconds(10);
    }

    /** How many rules a batch may have; what a slow switch takes in well under ONOS's 10 seconds. */
    @Value.Default
    default int batch() {
        return 1000;
    }

    static Limits defaults() {
        return ImmutableLimits.builder().build();
    }
}
