package org.cloister.isolation.allocation.contention;

import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.traffic.Attachments;
import org.cloister.isolation.allocation.traffic.Collective;
import org.cloister.isolation.allocation.traffic.Demand;
import org.cloister.isolation.allocation.traffic.Steps;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.api.Pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an allocation guarantees for patterns, worked out from its uplinks and links alone and not from how they were
 * found; anybody who has both can repeat it.
 */
public final class Certificate {

    private final Guarantee guarantee;
    private final int maxFlowsPerLink;

    private Certificate(Guarantee guarantee, int maxFlowsPerLink) {
        this.guarantee = guarantee;
        this.maxFlowsPerLink = maxFlowsPerLink;
    }

    /**
     * Judges an allocation.
     *
     * @param patterns as planned: {@link Request#patterns()}
     * @throws IllegalArgumentException if a pair of the patterns has no way over links of the allocation
     */
    public static Certificate of(List<Pattern> patterns, Allocation allocation) {
        Demand demand = Demand.of(patterns, Attachments.of(allocation));
        Pinning pinning = new Pinning(allocation, demand.attachments());
        BitSet[] crossings = demand.crossings();
        pinning.requireWays(crossings);
        int flows = mostFlows(crossings, pinning);
        if (flows <= 1) {
            return new Certificate(Guarantee.ANY_TIMING, flows);
        }
        boolean lockStep = Steps.fit(demand, pinning.links(), pinning::up, pinning::down)
                && (!demand.mixes() || collectivesFit(demand, pinning));
        return new Certificate(lockStep ? Guarantee.LOCK_STEP : Guarantee.ISOLATED, flows);
    }

    /** Returns the strongest guarantee that holds. */
    public Guarantee guarantee() {
        return guarantee;
    }

    /**
     * Returns the most flows' worth of load on one link at any timing: the maximum matching of the pairs pinned to it;
     * 0 if no pair crosses the fabric.
     */
    public int maxFlowsPerLink() {
        return maxFlowsPerLink;
    }

    private static int mostFlows(BitSet[] crossings, Pinning pinning) {
        LinkLoads loads = pinning.loads(crossings);
        int[] byMost = loads.byMost();
        int most = Arrays.stream(byMost).filter(loads::isMost).map(loads::most).findFirst().orElse(0);
        for (int link : byMost) {
            if (loads.most(link) <= most) {
                break;
            }
            List<BitSet> rows = new ArrayList<>();
            BitSet sources = pinning.sources(link);
            for (int source = sources.nextSetBit(0); source >= 0; source = sources.nextSetBit(source + 1)) {
                BitSet row = pinning.over(link, source);
                row.and(crossings[source]);
                rows.add(row);
            }
            most = Math.max(most, Matching.size(rows));
        }
        return most;
    }

    /**
     * No two pairs of concurrent collectives on one link, whatever their steps, unless they share an end. Looking at
     * two at a time is enough: pairs of which any two share an end all share the same one, as there are no triangles
     * between sources and destinations, and one NIC's worth is all they load the link with.
     */
    private static boolean collectivesFit(Demand demand, Pinning pinning) {
        List<Collective> collectives = demand.collectives();
        List<Map<Integer, BitSet>> sending = sending(demand);
        for (int link = 0; link < pinning.links(); link++) {
            Map<Integer, Side> sides = new TreeMap<>();
            BitSet sources = pinning.sources(link);
            for (int source = sources.nextSetBit(0); source >= 0; source = sources.nextSetBit(source + 1)) {
                BitSet over = pinning.over(link, source);
                for (Map.Entry<Integer, BitSet> sent : sending.get(source).entrySet()) {
                    sides.computeIfAbsent(sent.getKey(), collective -> new Side())
                            .add(source, sent.getValue(), over);
                }
            }
            ConcurrentSides concurrent = new ConcurrentSides();
            sides.forEach((index, side) -> concurrent.add(collectives.get(index), side));
            if (concurrent.confront(Side::meets)) {
                return false;
            }
        }
        return true;
    }

    /** By rank, what it sends across the fabric in each collective. */
    private static List<Map<Integer, BitSet>> sending(Demand demand) {
        List<Map<Integer, BitSet>> sending = new ArrayList<>();
        for (int rank = 0; rank < demand.attachments().size(); rank++) {
            sending.add(new TreeMap<>());
        }
        for (int index = 0; index < demand.collectives().size(); index++) {
            Collective collective = demand.collectives().get(index);
            BitSet[] rows = collective.crossings(demand.attachments());
            for (int position = 0; position < rows.length; position++) {
                sending.get(collective.rank(position)).put(index, rows[position]);
            }
        }
        return sending;
    }
}
