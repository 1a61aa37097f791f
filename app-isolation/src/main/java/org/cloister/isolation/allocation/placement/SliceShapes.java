package org.cloister.isolation.allocation.placement;

import org.cloister.isolation.allocation.occupancy.Footprint;
import org.cloister.isolation.allocation.occupancy.Occupancy;

import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * What a slice of so many hosts could be, the preferred first, each worked out when it is asked for: one leaf; equal
 * shares on common spines; uneven shares on nested ones; uneven shares with at least one spine in common. None comes twice.
 */
final class SliceShapes implements Iterator<Footprint> {

    private final Occupancy occupancy;
    private final int hosts;
    private final LinkNeed need;
    private final FreeLeaves free;
    private final Set<Shape> seen = new HashSet<>();
    private ShapeSearch search;
    private int searches;
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
                next = LinkFinder.find(occupancy, shape.leaves(), shape.hosts(), need).footprint().orElse(null);
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

    /** Returns whether, at the end, all shapes were looked at that there are. */
    boolean exhausted() {
        return false;
    }

    private ShapeSearch another() {
        switch (searches++) {
            case 0:
                return new EqualShares(free, hosts, need);
            case 1:
                return new NestedShares(free, hosts, need);
            case 2:
                return new CommonCore(free, occupancy.spines(), hosts, need);
            default:
                return null;
        }
    }
}
