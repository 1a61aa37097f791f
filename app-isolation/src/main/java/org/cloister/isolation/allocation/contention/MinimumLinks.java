package org.cloister.isolation.allocation.contention;

import org.cloister.isolation.allocation.traffic.Demand;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many links out of and into each leaf a demand cannot do without. Some moment is found at which many pairs leave
 * (enter) the leaf; each link carries one flow's worth of them, so it takes as many links as their maximum matching.
 * With one collective the moment is its busiest step and the figure is the Δ of König's theorem; with several it is
 * the busiest step of each, which is a moment that can happen, and the figure a lower bound.
 */
public final class MinimumLinks {

    private final int[] out;
    private final int[] in;

    private MinimumLinks(int[] out, int[] in) {
        this.out = out;
        this.in = in;
    }

    /** Returns the figures of a demand. */
    public static MinimumLinks of(Demand demand) {
        List<Peaks> peaks = new ArrayList<>();
        demand.collectives().forEach(collective -> peaks.add(new Peaks(collective, demand.attachments())));
        int leaves = demand.attachments().leaves().size();
        int[] out = new int[leaves];
        int[] in = new int[leaves];
        for (int leaf = 0; leaf < leaves; leaf++) {
            out[leaf] = links(peaks, leaf, true);
            in[leaf] = links(peaks, leaf, false);
        }
        return new MinimumLinks(out, in);
    }

    /** Returns the fewest links from a leaf. */
    public int out(int leaf) {
        return out[leaf];
    }

    /** Returns the fewest links to a leaf. */
    public int in(int leaf) {
        return in[leaf];
    }

    /** Returns the largest figure of all leaves and directions. */
    public int largest() {
        int largest = 0;
        for (int leaf = 0; leaf < out.length; leaf++) {
            largest = Math.max(largest, Math.max(out[leaf], in[leaf]));
        }
        return largest;
    }

    private static int links(List<Peaks> peaks, int leaf, boolean outwards) {
        List<Peaks> moment = busiestEntries(peaks, leaf, outwards);
        if (moment.size() == 1) {
            return moment.get(0).count(leaf, outwards);
        }
        Map<Integer, BitSet> pairs = new TreeMap<>();
        moment.forEach(peak -> peak.addPairs(leaf, outwards, pairs));
        return Matching.size(new ArrayList<>(pairs.values()));
    }

    /** Of patterns that exclude each other only one can run: the one with most pairs at this leaf. */
    private static List<Peaks> busiestEntries(List<Peaks> peaks, int leaf, boolean outwards) {
        Map<Integer, Map<Integer, List<Peaks>>> entries = new TreeMap<>();
        for (Peaks peak : peaks) {
            if (peak.count(leaf, outwards) > 0) {
                entries.computeIfAbsent(peak.collective().exclusion(), exclusion -> new TreeMap<>())
                        .computeIfAbsent(peak.collective().entry(), entry -> new ArrayList<>())
                        .add(peak);
            }
        }
        List<Peaks> moment = new ArrayList<>();
        for (Map<Integer, List<Peaks>> rivals : entries.values()) {
            int most = 0;
            List<Peaks> busiest = Collections.emptyList();
            for (List<Peaks> rival : rivals.values()) {
                int pairs = rival.stream().mapToInt(peak -> peak.count(leaf, outwards)).sum();
                if (pairs > most) {
                    most = pairs;
                    busiest = rival;
                }
            }
            moment.addAll(busiest);
        }
        return moment;
    }
}
