package org.cloister.isolation.allocation.contention;

import org.cloister.isolation.allocation.traffic.Attachments;
import org.cloister.isolation.allocation.traffic.Collective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** The busiest moment of one collective at each leaf: a step, or for {@code any} whatever its NICs allow. */
final class Peaks {

    private static final int OUT = 0;
    private static final int IN = 1;

    private final Collective collective;
    private final Attachments attachments;
    private final int[][] counts;
    private final int[][] steps;
    private final BitSet[] anyTime;

    Peaks(Collective collective, Attachments attachments) {
        this.collective = collective;
        this.attachments = attachments;
        int leaves = attachments.leaves().size();
        this.counts = new int[2][leaves];
        this.steps = new int[2][leaves];
        if (collective.inStep()) {
            this.anyTime = null;
            countSteps(leaves);
        } else {
            this.anyTime = collective.crossings(attachments);
            countAny(leaves);
        }
    }

    /** Returns the collective. */
    Collective collective() {
        return collective;
    }

    /** Returns how many flows' worth leaves (or enters) a leaf at the busiest moment. */
    int count(int leaf, boolean outwards) {
        return counts[outwards ? OUT : IN][leaf];
    }

    /** Adds the pairs of the busiest moment at a leaf to destinations by source. */
    void addPairs(int leaf, boolean outwards, Map<Integer, BitSet> pairs) {
        for (int position = 0; position < collective.size(); position++) {
            BitSet targets = targets(position, leaf, outwards);
            if (!targets.isEmpty()) {
                pairs.computeIfAbsent(collective.rank(position), rank -> new BitSet()).or(targets);
            }
        }
    }

    private BitSet targets(int position, int leaf, boolean outwards) {
        int source = collective.rank(position);
        if (!collective.inStep()) {
            return sideOf(anyTime[position], source, leaf, outwards);
        }
        BitSet targets = new BitSet();
        int target = collective.target(steps[outwards ? OUT : IN][leaf], position);
        if (attachments.crosses(source, target) && attachments.leaf(outwards ? source : target) == leaf) {
            targets.set(target);
        }
        return targets;
    }

    /** Of what a source sends across the fabric, the part that leaves (enters) a leaf. */
    private BitSet sideOf(BitSet crossings, int source, int leaf, boolean outwards) {
        if (outwards) {
            return attachments.leaf(source) == leaf ? crossings : new BitSet();
        }
        BitSet here = (BitSet) crossings.clone();
        here.and(attachments.on(leaf));
        return here;
    }

    private void countSteps(int leaves) {
        int[][] now = new int[2][leaves];
        for (int step = 0; step < collective.steps(); step++) {
            Arrays.fill(now[OUT], 0);
            Arrays.fill(now[IN], 0);
            for (int position = 0; position < collective.size(); position++) {
                int source = collective.rank(position);
                int target = collective.target(step, position);
                if (attachments.crosses(source, target)) {
                    now[OUT][attachments.leaf(source)]++;
                    now[IN][attachments.leaf(target)]++;
                }
            }
            for (int leaf = 0; leaf < leaves; leaf++) {
                keep(OUT, leaf, now[OUT][leaf], step);
                keep(IN, leaf, now[IN][leaf], step);
            }
        }
    }

    private void keep(int direction, int leaf, int count, int step) {
        if (count > counts[direction][leaf]) {
            counts[direction][leaf] = count;
            steps[direction][leaf] = step;
        }
    }

    private void countAny(int leaves) {
        for (int leaf = 0; leaf < leaves; leaf++) {
            List<BitSet> out = new ArrayList<>();
            List<BitSet> in = new ArrayList<>();
            for (int position = 0; position < anyTime.length; position++) {
                out.add(sideOf(anyTime[position], collective.rank(position), leaf, true));
                in.add(sideOf(anyTime[position], collective.rank(position), leaf, false));
            }
            counts[OUT][leaf] = Matching.size(out);
            counts[IN][leaf] = Matching.size(in);
        }
    }
}
