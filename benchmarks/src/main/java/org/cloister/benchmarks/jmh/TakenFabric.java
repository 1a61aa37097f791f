package org.cloister.benchmarks.jmh;

import org.cloister.benchmarks.utilisation.TenantRun;
import org.cloister.benchmarks.utilisation.Tenants;
import org.cloister.isolation.allocation.ImmutableLedger;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.TestFabric;
import org.cloister.isolation.allocation.occupancy.Footprint;
import org.cloister.isolation.allocation.occupancy.Occupancy;
import org.cloister.isolation.allocation.placement.CloisterPlacer;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.FabricIndex;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Link;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;

/**
 * LaaS's fabric of 324 leaves, 36 hosts and 36 spines, of which tenants hold 95 % of the hosts and the links that they
 * need: by name, as the application sees it.
 */
final class TakenFabric {

    static final int LEAVES = 324;
    static final int PER_LEAF = 36;
    static final int SPINES = 36;
    private static final double FULL = 0.95;
    private static final int TIMES_FULL = 3;

    private final Fabric fabric = TestFabric.of(LEAVES, SPINES).hostsPerLeaf(PER_LEAF).build();
    private final Ledger ledger;
    private final Occupancy occupancy = Occupancy.empty(LEAVES, PER_LEAF, SPINES);
    private final List<List<Host>> free = new ArrayList<>();

    /**
     * Fills a fabric.
     *
     * @param meanSize how many hosts tenants have in the mean
     */
    TakenFabric(int meanSize, long seed) {
        int all = LEAVES * PER_LEAF;
        for (int leaf = 0; leaf < LEAVES; leaf++) {
            free.add(new ArrayList<>(fabric.index().hosts(leaf)));
        }
        List<Footprint> held = TenantRun.of(new CloisterPlacer(), Tenants.of(TIMES_FULL * all / meanSize, meanSize, seed),
                occupancy, found -> { }).held();
        Iterator<Footprint> first = held.iterator();
        int gone = 0;
        while (all - occupancy.freeHosts() > FULL * all) {
            occupancy.release(first.next());
            gone++;
        }
        ImmutableLedger.Builder builder = ImmutableLedger.builder();
        for (int slice = gone; slice < held.size(); slice++) {
            hold(held.get(slice), slice, builder);
        }
        ledger = builder.build();
    }

    private void hold(Footprint footprint, int slice, ImmutableLedger.Builder builder) {
        FabricIndex index = fabric.index();
        builder.addTags(fabric.firstTag() + slice);
        for (int place = 0; place < footprint.size(); place++) {
            int leaf = footprint.leaf(place);
            for (int host = 0; host < footprint.hosts(place); host++) {
                builder.putHosts(free.get(leaf).remove(0).name(), SliceId.of("slice-" + slice));
            }
            BitSet.valueOf(footprint.up(place)).stream().forEach(spine -> hold(index.up(leaf, spine), builder));
            BitSet.valueOf(footprint.down(place)).stream().forEach(spine -> hold(index.down(leaf, spine), builder));
        }
    }

    private void hold(List<Link> links, ImmutableLedger.Builder builder) {
        links.forEach(link -> {
            builder.putReserved(link, fabric.linkBitsPerSecond());
            builder.addExclusive(link);
        });
    }

    Fabric fabric() {
        return fabric;
    }

    Ledger ledger() {
        return ledger;
    }

    /** Returns what is free, in numbers. */
    Occupancy occupancy() {
        return occupancy;
    }

    /** Returns the hosts of a leaf that are free. */
    List<Host> free(int leaf) {
        return free.get(leaf);
    }
}
