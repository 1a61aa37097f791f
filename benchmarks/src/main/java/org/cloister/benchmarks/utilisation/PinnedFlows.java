package org.cloister.benchmarks.utilisation;

import org.cloister.isolation.allocation.occupancy.Footprint;
import org.cloister.isolation.allocation.occupancy.Masks;

/**
 * How many flows can meet on one link at any timing if any member may send to any other and routes are static: each
 * member sends by its own spine, that of its index among its leaf's, and to a leaf that this spine does not reach by
 * one that does, again by index. A link's bound is the lesser of the sources and the destinations pinned to it, as a
 * member sends to one and receives from one at a time.
 */
public final class PinnedFlows {

    private final Footprint footprint;
    private final int spines;

    private PinnedFlows(Footprint footprint) {
        this.footprint = footprint;
        this.spines = footprint.up(0).length << 6;
    }

    /** Returns the greatest bound of a link; 0 on a single leaf. */
    public static int most(Footprint footprint) {
        return footprint.size() == 1 ? 0 : new PinnedFlows(footprint).most();
    }

    private int most() {
        int most = 0;
        int[][] downSources = new int[footprint.size()][spines];
        for (int from = 0; from < footprint.size(); from++) {
            int[] own = spines(footprint.up(from), footprint.up(from));
            boolean[][] uses = new boolean[spines][footprint.hosts(from)];
            int[] destinations = new int[spines];
            for (int to = 0; to < footprint.size(); to++) {
                if (to != from) {
                    int[] common = spines(footprint.up(from), footprint.down(to));
                    boolean[] reached = new boolean[spines];
                    for (int member = 0; member < footprint.hosts(from); member++) {
                        int spine = own[member % own.length];
                        spine = Masks.has(footprint.down(to), spine) ? spine : common[member % common.length];
                        uses[spine][member] = true;
                        reached[spine] = true;
                        downSources[to][spine]++;
                    }
                    for (int spine = 0; spine < spines; spine++) {
                        destinations[spine] += reached[spine] ? footprint.hosts(to) : 0;
                    }
                }
            }
            for (int spine = 0; spine < spines; spine++) {
                int sources = 0;
                for (boolean used : uses[spine]) {
                    sources += used ? 1 : 0;
                }
                most = Math.max(most, Math.min(sources, destinations[spine]));
            }
        }
        for (int to = 0; to < footprint.size(); to++) {
            for (int sources : downSources[to]) {
                most = Math.max(most, Math.min(sources, footprint.hosts(to)));
            }
        }
        return most;
    }

    private int[] spines(long[] one, long[] other) {
        int[] both = new int[Masks.common(one, other)];
        for (int spine = 0, found = 0; spine < spines; spine++) {
            if (Masks.has(one, spine) && Masks.has(other, spine)) {
                both[found++] = spine;
            }
        }
        return both;
    }
}
