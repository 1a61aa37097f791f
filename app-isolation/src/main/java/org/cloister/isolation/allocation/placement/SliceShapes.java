package org.cloister.isolation.allocation.placement;

import org.cloister.isolation.allocation.occupancy.Footprint;
import org.cloister.isolation.allocation.occupancy.Occupancy;

import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * What a slice of so many hosts could be, the preferred first, each worked out when it is asked for: one leaf; equal
 * shares on common spines and no more leaves than the hosts need; uneven shares on nested spines; equal shares on more
 * leaves; uneven shares with at least one spine in common; at last whatever links reach hop by hop. None comes twice.
 *
 * <p>Equal shares on many leaves come after uneven ones on few because they leave many leaves with a few hosts each,
 * whose free spines have little in common: with tenants of 256 hosts in the mean that cost 0.4 % of the fabric.
 */
final class SliceShapes implements Iterator<Footprint> {

    /** For all that may not end by itself; some tenths of a millisecond. */
    private static final int STEPS = 60_000;

    private final Occupancy occupancy;
    private final int hosts;
    private final LinkNeed need;
    private final FreeLeaves free;
    private final Budget budget = new Budget(STEPS);
    private final Set<Shape> seen = new HashSet<>();
    private ShapeSearch search;
    private int searches;
    private boolean unproven;
    private Footprint next;

    SliceShapes(Occupancy occupancy, int hosts, LinkNeed need) {
        this.occupancy = occupancy;
        this.hosts = hosts;
        this.need = need;
        this.free = new FreeLeaves(occupancy);
        this.search = new OneLeaf(free, hosts);
    }

    @Override
    public boolean hasNext() {
        while (next == null && search != null) {
            Shape shape = search.next();
            if (shape == null) {
                search = another();
            } else if (seen.add(shape)) {
                Placed placed = LinkFinder.find(occupancy, shape.leaves(), shape.hosts(), need, budget);
                unproven |= !placed.proven();
                next = placed.footprint().orElse(null);
            }
        }
        return next != null;
    }

    @Override
    public Footprint next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more shapes");
        }
        Footprint found = next;
        next = null;
        return found;
    }

    /** Returns whether a footprint has the fewest leaves and, with so many leaves, the fewest links that there can be. */
    boolean isLeast(Footprint footprint) {
        return footprint.size() == free.fewest(hosts) && footprint.links() == 2 * free.leastLinks(hosts, need);
    }

    /** Returns whether, once there are no more, all were looked at that there are. */
    boolean exhausted() {
        return !unproven && !budget.spent();
    }

    private ShapeSearch another() {
        switch (searches++) {
            case 0:
                return new EqualShares(free, hosts, need, free.fewest(hosts));
            case 1:
                return new NestedShares(free, hosts, need);
            case 2:
                return new EqualShares(free, hosts, need, free.size());
            case 3:
                return new CommonCore(free, occupancy.spines(), hosts, need);
            case 4:
                return new HopByHop(occupancy, free, hosts, need, budget);
            default:
                return null;
        }
    }
}
