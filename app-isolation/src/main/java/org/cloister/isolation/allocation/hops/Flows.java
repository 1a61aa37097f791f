package org.cloister.isolation.allocation.hops;

import org.cloister.isolation.allocation.traffic.Attachments;
import org.cloister.isolation.allocation.traffic.Collective;
import org.cloister.isolation.allocation.traffic.Demand;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * What a demand sends across the fabric, in the pieces that can be given a spine each: all that one source sends to
 * one other leaf, or to one other rank. Two pieces are rivals if sending both over the same spine could load one link
 * with two flows' worth: they share the leaf that they leave, or the leaf that they go to, and pairs of them that have
 * no end in common may be sent at the same time.
 */
final class Flows {

    private final Demand demand;
    private final Attachments attachments;
    private final boolean byRank;
    private final int[][] numbers;
    private final List<BitSet> destinations = new ArrayList<>();
    private final int[] ends;
    private int[] sources = new int[64];
    private int[] targets = new int[64];
    private int size;
    private long looks;

    private Flows(Demand demand, boolean byRank) {
        this.demand = demand;
        this.attachments = demand.attachments();
        this.byRank = byRank;
        int columns = byRank ? attachments.size() : attachments.leaves().size();
        this.numbers = new int[attachments.size()][columns];
        this.ends = new int[numbers.length];
        BitSet[] crossings = demand.crossings();
        for (int source = 0; source < numbers.length; source++) {
            Arrays.fill(numbers[source], -1);
            for (int to = crossings[source].nextSetBit(0); to >= 0; to = crossings[source].nextSetBit(to + 1)) {
                int column = byRank ? to : attachments.leaf(to);
                if (numbers[source][column] < 0) {
                    numbers[source][column] = add(source, to);
                }
                if (!byRank) {
                    destinations.get(numbers[source][column]).set(to);
                }
            }
            ends[source] = size;
        }
    }

    private int add(int source, int to) {
        if (size == sources.length) {
            sources = Arrays.copyOf(sources, 2 * size);
            targets = Arrays.copyOf(targets, 2 * size);
        }
        sources[size] = source;
        targets[size] = to;
        if (!byRank) {
            destinations.add(new BitSet(attachments.size()));
        }
        return size++;
    }

    /** Returns a piece for each source and leaf that it sends to. */
    static Flows toLeaves(Demand demand) {
        return new Flows(demand, false);
    }

    /** Returns a piece for each source and rank that it sends to. */
    static Flows toRanks(Demand demand) {
        return new Flows(demand, true);
    }

    /** Returns how many pieces {@link #toLeaves} has, without making them. */
    static long countToLeaves(Demand demand) {
        Attachments attachments = demand.attachments();
        BitSet[] crossings = demand.crossings();
        long count = 0;
        for (BitSet row : crossings) {
            for (int leaf = 0; leaf < attachments.leaves().size(); leaf++) {
                count += row.intersects(attachments.on(leaf)) ? 1 : 0;
            }
        }
        return count;
    }

    /** Returns the number of pieces. */
    int size() {
        return size;
    }

    /** Returns a piece's source. */
    int source(int flow) {
        return sources[flow];
    }

    /** Returns one more than the last piece of a source; its first one follows the last of the source before. */
    int end(int source) {
        return ends[source];
    }

    /** Returns the leaf that a piece leaves. */
    int fromLeaf(int flow) {
        return attachments.leaf(sources[flow]);
    }

    /** Returns the leaf that a piece goes to. */
    int toLeaf(int flow) {
        return attachments.leaf(targets[flow]);
    }

    /** Returns the ranks that a piece goes to; callers must not change the set. */
    BitSet destinations(int flow) {
        if (!byRank) {
            return destinations.get(flow);
        }
        BitSet only = new BitSet();
        only.set(targets[flow]);
        return only;
    }

    /** Returns how many ranks a piece goes to. */
    int count(int flow) {
        return byRank ? 1 : destinations.get(flow).cardinality();
    }

    /** Returns the piece that what a source sends to another leaf's rank belongs to; -1 if it sends nothing there. */
    int number(int source, int to) {
        return numbers[source][byRank ? to : attachments.leaf(to)];
    }

    /** Returns the rivals of each piece if all pairs may be sent at the same time. */
    BitSet[] rivalsAtAnyTime() {
        BitSet[] rivals = none();
        int[] only = new int[size()];
        for (int flow = 0; flow < only.length; flow++) {
            only[flow] = only(destinations(flow));
        }
        for (int one = 0; one < only.length; one++) {
            for (int other = 0; other < one; other++) {
                if (meet(one, only[one], other, only[other])) {
                    rivals[one].set(other);
                    rivals[other].set(one);
                }
            }
        }
        return rivals;
    }

    /** Returns the rivals of each piece as long as the ranks of a collective keep step; collectives may drift. */
    BitSet[] rivalsInStep() {
        BitSet[] rivals = none();
        for (Collective collective : demand.collectives()) {
            if (collective.inStep()) {
                addSteps(collective, rivals);
            }
        }
        if (demand.mixes()) {
            addConcurrent(rivals);
        }
        for (int flow = 0; flow < rivals.length; flow++) {
            rivals[flow].clear(flow);
        }
        return rivals;
    }

    private BitSet[] none() {
        BitSet[] rivals = new BitSet[size()];
        Arrays.setAll(rivals, flow -> new BitSet(rivals.length));
        return rivals;
    }

    private static int only(BitSet ranks) {
        int first = ranks.nextSetBit(0);
        return ranks.nextSetBit(first + 1) < 0 ? first : -1;
    }

    private boolean meet(int one, int onlyOfOne, int other, int onlyOfOther) {
        return source(one) != source(other)
                && (fromLeaf(one) == fromLeaf(other) || toLeaf(one) == toLeaf(other))
                && (onlyOfOne < 0 || onlyOfOne != onlyOfOther);
    }

    private void addSteps(Collective collective, BitSet[] rivals) {
        int leaves = attachments.leaves().size();
        BitSet[] sides = new BitSet[2 * leaves];
        Arrays.setAll(sides, side -> new BitSet());
        for (int step = 0; step < collective.steps(); step++) {
            Arrays.stream(sides).forEach(BitSet::clear);
            for (int position = 0; position < collective.size(); position++) {
                int source = collective.rank(position);
                int target = collective.target(step, position);
                if (attachments.crosses(source, target)) {
                    sides[attachments.leaf(source)].set(number(source, target));
                    sides[leaves + attachments.leaf(target)].set(number(source, target));
                }
            }
            for (BitSet side : sides) {
                for (int flow = side.nextSetBit(0); flow >= 0; flow = side.nextSetBit(flow + 1)) {
                    rivals[flow].or(side);
                }
            }
        }
    }

    /** Pieces as far as one collective sends them, set against those of others, or of the same if it has no steps. */
    private void addConcurrent(BitSet[] rivals) {
        ConcurrentFlows concurrent = concurrent();
        for (int one = 0; one < rivals.length; one++) {
            for (int other = 0; other < one; other++) {
                if (meet(one, -1, other, -1) && !rivals[one].get(other) && concurrent.areSentTogether(one, other)) {
                    rivals[one].set(other);
                    rivals[other].set(one);
                }
            }
        }
        looks += concurrent.looks();
    }

    private ConcurrentFlows concurrent() {
        ConcurrentFlows concurrent = new ConcurrentFlows(size);
        for (Collective collective : demand.collectives()) {
            BitSet[] crossings = collective.crossings(attachments);
            for (int position = 0; position < crossings.length; position++) {
                addParts(collective, collective.rank(position), crossings[position], concurrent);
            }
        }
        return concurrent;
    }

    /** Returns how many parts of pieces were looked at to find what collectives send at the same time. */
    long looks() {
        return looks;
    }

    private void addParts(Collective collective, int source, BitSet targets, ConcurrentFlows concurrent) {
        BitSet seen = new BitSet();
        for (int to = targets.nextSetBit(0); to >= 0; to = targets.nextSetBit(to + 1)) {
            int flow = number(source, to);
            if (!seen.get(flow)) {
                seen.set(flow);
                BitSet here = (BitSet) targets.clone();
                here.and(destinations(flow));
                concurrent.add(collective, flow, only(here));
            }
        }
    }
}
