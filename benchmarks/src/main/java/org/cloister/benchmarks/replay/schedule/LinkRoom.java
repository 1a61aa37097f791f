package org.cloister.benchmarks.replay.schedule;

import org.cloister.isolation.allocation.occupancy.Footprint;
import org.cloister.isolation.allocation.occupancy.Occupancy;
import org.cloister.isolation.allocation.placement.LinkNeed;
import org.cloister.isolation.allocation.placement.Placed;
import org.cloister.isolation.allocation.placement.Placer;

import java.util.Optional;

/** A fabric of fixed links, given out by a placer. */
final class LinkRoom implements Room {

    private final Occupancy occupancy;
    private final Placer placer;
    private int unprovenRefusals;

    LinkRoom(Occupancy occupancy, Placer placer) {
        this.occupancy = occupancy;
        this.placer = placer;
    }

    @Override
    public Optional<Grant> find(int hosts, LinkNeed need) {
        Placed placed = placer.place(occupancy, hosts, need);
        unprovenRefusals += placed.footprint().isEmpty() && !placed.proven() ? 1 : 0;
        return placed.footprint().map(LinkRoom::grant);
    }

    @Override
    public void take(Grant grant) {
        occupancy.take((Footprint) grant.footprint());
    }

    @Override
    public void release(Grant grant) {
        occupancy.release((Footprint) grant.footprint());
    }

    @Override
    public int freeHosts() {
        return occupancy.freeHosts();
    }

    @Override
    public int unprovenRefusals() {
        return unprovenRefusals;
    }

    @Override
    public Room copy() {
        return new LinkRoom(occupancy.copy(), placer);
    }

    private static Grant grant(Footprint footprint) {
        return Grant.of(footprint.size(), footprint::leaf, footprint::hosts, false, footprint);
    }
}
