package org.cloister.benchmarks.utilisation;

import org.cloister.isolation.allocation.occupancy.Footprint;
import org.cloister.isolation.allocation.occupancy.Occupancy;
import org.cloister.isolation.allocation.placement.LinkNeed;
import org.cloister.isolation.allocation.placement.Placer;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Places tenants in order, each as soon as it fits and its predecessors are placed, and measures from the first that
 * waits to the last that is placed.
 */
public final class TenantRun {

    private final Occupancy occupancy;
    private final int allHosts;
    private final PriorityQueue<Stay> stays = new PriorityQueue<>(
            Comparator.comparingDouble((Stay stay) -> stay.end).thenComparingInt(stay -> stay.tenant));
    private double now;
    private double windowSeconds;
    private double usedHostSeconds;
    private double idleThoughFittingHostSeconds;

    private TenantRun(Occupancy occupancy) {
        this.occupancy = occupancy;
        this.allHosts = occupancy.freeHosts();
    }

    /**
     * Runs.
     *
     * @param occupancy an empty fabric; left as the last tenant that is placed finds it, that tenant in place
     * @param placed told of every footprint
     * @throws IllegalArgumentException if a tenant is not placed on the empty fabric
     */
    public static TenantRun of(Placer placer, Tenants tenants, Occupancy occupancy, Consumer<Footprint> placed) {
        TenantRun run = new TenantRun(occupancy);
        for (int tenant = 0; tenant < tenants.count(); tenant++) {
            int size = tenants.size(tenant);
            Optional<Footprint> footprint = placer.place(occupancy, size, LinkNeed.hose()).footprint();
            while (footprint.isEmpty()) {
                if (run.stays.isEmpty()) {
                    throw new IllegalArgumentException("tenant " + tenant + " of " + size
                            + " hosts is not placed on an empty fabric");
                }
                run.advance(size);
                footprint = placer.place(occupancy, size, LinkNeed.hose()).footprint();
            }
            occupancy.take(footprint.get());
            placed.accept(footprint.get());
            run.stays.add(new Stay(tenant, run.now + tenants.seconds(tenant), footprint.get()));
        }
        return run;
    }

    /** To the next end of a stay. All tenants come at time 0, so whenever time passes, one is waiting. */
    private void advance(int waiting) {
        Stay next = stays.remove();
        double seconds = next.end - now;
        int free = occupancy.freeHosts();
        windowSeconds += seconds;
        usedHostSeconds += seconds * (allHosts - free);
        idleThoughFittingHostSeconds += free >= waiting ? seconds * free : 0;
        now = next.end;
        occupancy.release(next.footprint);
    }

    /** Returns the share of the host time in the window that was used. */
    public double utilisation() {
        return usedHostSeconds / (windowSeconds * allHosts);
    }

    /** Returns the share of the host time that was idle while the next tenant waited although so many hosts were free. */
    public double headOfLineLoss() {
        return idleThoughFittingHostSeconds / (windowSeconds * allHosts);
    }

    /** Returns what is held at the end, by when it ends. */
    public List<Footprint> held() {
        return stays.stream().sorted(stays.comparator()).map(stay -> stay.footprint).collect(Collectors.toList());
    }

    private static final class Stay {

        private final int tenant;
        private final double end;
        private final Footprint footprint;

        private Stay(int tenant, double end, Footprint footprint) {
            this.tenant = tenant;
            this.end = end;
            this.footprint = footprint;
        }
    }
}
