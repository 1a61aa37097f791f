package org.cloister.isolation.allocation.optical;

import org.cloister.isolation.allocation.placement.LinkNeed;

import java.util.Optional;

/**
 * Chooses leaves, hosts and circuits where a scheduler asks for a number of hosts: one leaf; two leaves joined directly;
 * then as few leaves as can be, with equally many hosts on each and a remainder on one (OCS-vClos, Han et al.; LaaS,
 * Zahavi et al.). Takes nothing; the search is bounded by steps.
 */
public final class OpticalPlacer {

    /** Steps that a decision may take: about 4 ms on the processors of 2020. */
    public static final long STEPS = 700_000;

    private final long budget;

    /** Creates a placer with the budget for a decision within milliseconds. */
    public OpticalPlacer() {
        this(STEPS);
    }

    /** Creates a placer with a budget of steps for each decision. */
    public OpticalPlacer(long budget) {
        this.budget = budget;
    }

    /**
     * Chooses leaves, hosts and circuits.
     *
     * @param occupancy what is free; left as it is
     * @param hosts how many hosts, at least one
     * @param need how many links at each leaf
     */
    public OpticalPlaced place(OpticalOccupancy occupancy, int hosts, LinkNeed need) {
        if (hosts < 1) {
            throw new IllegalArgumentException(hosts + " hosts");
        }
        if (hosts > occupancy.freeHosts()) {
            return OpticalPlaced.nothing(true);
        }
        Optional<OpticalFootprint> one = OneLeaf.place(occupancy, hosts);
        if (one.isPresent()) {
            return OpticalPlaced.found(one.get(), true);
        }
        Optional<OpticalFootprint> two = TwoLeaves.place(occupancy, hosts, need);
        if (two.isPresent()) {
            return OpticalPlaced.found(two.get(), two.get().circuits().proven());
        }
        return new ManyLeaves(occupancy, hosts, need, budget).place();
    }
}
