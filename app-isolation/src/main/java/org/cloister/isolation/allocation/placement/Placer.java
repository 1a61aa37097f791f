package org.cloister.isolation.allocation.placement;

import org.cloister.isolation.allocation.occupancy.Occupancy;

/** A rule by which hosts and links are chosen. Implementations are pure and deterministic; they take nothing. */
public interface Placer {

    /**
     * Chooses hosts and links.
     *
     * @param occupancy what is free; left as it is
     * @param hosts how many hosts, at least one
     * @param need how many links at each leaf
     */
    Placed place(Occupancy occupancy, int hosts, LinkNeed need);
}
