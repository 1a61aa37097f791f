package org.cloister.benchmarks.replay.schedule;

import org.cloister.isolation.allocation.placement.LinkNeed;

import java.util.Optional;

/** What is free of a fabric, and the rule by which it is given out. Mutable, for one thread. */
interface Room {

    /** Returns what a job would get now; takes nothing. Empty if it has to wait. */
    Optional<Grant> find(int hosts, LinkNeed need);

    /** Takes what was found. */
    void take(Grant grant);

    /** Gives back what was taken. */
    void release(Grant grant);

    /** Returns how many hosts are free. */
    int freeHosts();

    /** Returns how many searches found nothing as they came to their bound, not as there was nothing. */
    int unprovenRefusals();

    /** Returns a room of its own with the same free, which counts for itself. */
    Room copy();
}
