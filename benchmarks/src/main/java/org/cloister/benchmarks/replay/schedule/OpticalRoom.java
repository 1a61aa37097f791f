package org.cloister.benchmarks.replay.schedule;

import org.cloister.isolation.allocation.optical.OpticalFootprint;
import org.cloister.isolation.allocation.optical.OpticalOccupancy;
import org.cloister.isolation.allocation.optical.OpticalPlaced;
import org.cloister.isolation.allocation.optical.OpticalPlacer;
import org.cloister.isolation.allocation.placement.LinkNeed;

import java.util.Optional;

/** A fabric whose links are circuits that can be moved; those that nobody has stay where they are until needed. */
final class OpticalRoom implements Room {

    private final OpticalOccupancy occupancy;
    private final OpticalPlacer placer;
    private int unprovenRefusals;

    OpticalRoom(OpticalOccupancy occupancy, OpticalPlacer placer) {
        this.occupancy = occupancy;
        this.placer = placer;
    }

    @Override
    public Optional<Grant> find(int hosts, LinkNeed need) {
        OpticalPlaced placed = placer.place(occupancy, hosts, need);
        unprovenRefusals += placed.footprint().isEmpty() && !placed.proven() ? 1 : 0;
        return placed.footprint().map(OpticalRoom::grant);
    }

    @Override
    public void take(Grant grant) {
        occupancy.take((OpticalFootprint) grant.footprint());
    }

    @Override
    public void release(Grant grant) {
        occupancy.release((OpticalFootprint) grant.footprint());
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
        return new OpticalRoom(occupancy.copy(), placer);
    }

    private static Grant grant(OpticalFootprint footprint) {
        return Grant.of(footprint.size(), footprint::leaf, footprint::hosts, footprint.moves() > 0, footprint);
    }
}
