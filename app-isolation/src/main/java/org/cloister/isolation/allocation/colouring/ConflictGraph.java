package org.cloister.isolation.allocation.colouring;

import org.cloister.isolation.allocation.contention.ConcurrentSides;
import org.cloister.isolation.allocation.contention.Side;
import org.cloister.isolation.allocation.traffic.Attachments;
import org.cloister.isolation.allocation.traffic.Collective;
import org.cloister.isolation.allocation.traffic.Demand;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Which sources must not have the same colour: those that may, at the same time, load the same side of a leaf with two
 * flows' worth. A colouring in which no two rivals meet keeps every link at one flow's worth.
 */
public final class ConflictGraph {

    private final BitSet[] rivals;
    private final BitSet sources;

    private ConflictGraph(int ranks) {
        this.rivals = new BitSet[ranks];
        for (int rank = 0; rank < ranks; rank++) {
            rivals[rank] = new BitSet(ranks);
        }
        this.sources = new BitSet(ranks);
    }

    /**
     * Returns a graph of given conflicts.
     *
     * @param rivals by source, those that must not have its colour, and itself; nobody for what is no source
     */
    static ConflictGraph of(BitSet[] rivals) {
        ConflictGraph graph = new ConflictGraph(rivals.length);
        for (int rank = 0; rank < rivals.length; rank++) {
            graph.rivals[rank].or(rivals[rank]);
            graph.sources.set(rank, !rivals[rank].isEmpty());
        }
        return graph.finished();
    }

    /** Returns the conflicts as long as the ranks of a collective are in the same step; collectives may drift. */
    public static ConflictGraph lockStep(Demand demand) {
        ConflictGraph graph = new ConflictGraph(demand.attachments().size());
        for (Collective collective : demand.collectives()) {
            if (collective.inStep()) {
                graph.addSteps(collective, demand.attachments());
            }
        }
        if (demand.mixes()) {
            graph.addConcurrent(demand);
        }
        return graph.finished();
    }

    /** Returns the conflicts at any timing: all pairs may be sent at the same time. */
    static ConflictGraph anyTiming(Demand demand) {
        ConflictGraph graph = new ConflictGraph(demand.attachments().size());
        BitSet[] crossings = demand.crossings();
        Attachments attachments = demand.attachments();
        for (int leaf = 0; leaf < attachments.leaves().size(); leaf++) {
            Side outwards = new Side();
            Side inwards = new Side();
            for (int rank = 0; rank < crossings.length; rank++) {
                if (attachments.leaf(rank) == leaf) {
                    outwards.add(rank, crossings[rank], crossings[rank]);
                }
                inwards.add(rank, crossings[rank], attachments.on(leaf));
            }
            graph.join(outwards, outwards);
            graph.join(inwards, inwards);
        }
        return graph.finished();
    }

    /** Returns the sources that cross the fabric; only they need colours. */
    BitSet sources() {
        return sources;
    }

    /** Returns the sources that must not have the colour of the given one; callers must not change the set. */
    public BitSet rivals(int source) {
        return rivals[source];
    }

    /** Returns whether no two rivals have the same colour. */
    boolean isProper(int[] colours) {
        for (int source = sources.nextSetBit(0); source >= 0; source = sources.nextSetBit(source + 1)) {
            BitSet others = rivals[source];
            for (int other = others.nextSetBit(source); other >= 0; other = others.nextSetBit(other + 1)) {
                if (colours[other] == colours[source]) {
                    return false;
                }
            }
        }
        return true;
    }

    private void addSteps(Collective collective, Attachments attachments) {
        int leaves = attachments.leaves().size();
        BitSet[] out = sets(leaves);
        BitSet[] in = sets(leaves);
        for (int step = 0; step < collective.steps(); step++) {
            Arrays.stream(out).forEach(BitSet::clear);
            Arrays.stream(in).forEach(BitSet::clear);
            for (int position = 0; position < collective.size(); position++) {
                int source = collective.rank(position);
                int target = collective.target(step, position);
                if (attachments.crosses(source, target)) {
                    out[attachments.leaf(source)].set(source);
                    in[attachments.leaf(target)].set(source);
                }
            }
            // in one step no two sources have the same destination, so all that meet are rivals
            for (int leaf = 0; leaf < leaves; leaf++) {
                joinAll(out[leaf]);
                joinAll(in[leaf]);
            }
        }
    }

    private static BitSet[] sets(int count) {
        BitSet[] sets = new BitSet[count];
        Arrays.setAll(sets, index -> new BitSet());
        return sets;
    }

    private void joinAll(BitSet together) {
        for (int source = together.nextSetBit(0); source >= 0; source = together.nextSetBit(source + 1)) {
            rivals[source].or(together);
            sources.set(source);
        }
    }

    private void addConcurrent(Demand demand) {
        int leaves = demand.attachments().leaves().size();
        List<ConcurrentSides> out = new ArrayList<>();
        List<ConcurrentSides> in = new ArrayList<>();
        for (int leaf = 0; leaf < leaves; leaf++) {
            out.add(new ConcurrentSides());
            in.add(new ConcurrentSides());
        }
        for (Collective collective : demand.collectives()) {
            BitSet[] crossings = collective.crossings(demand.attachments());
            Map<Integer, Side> outwards = new TreeMap<>();
            Map<Integer, Side> inwards = new TreeMap<>();
            for (int position = 0; position < crossings.length; position++) {
                int source = collective.rank(position);
                outwards.computeIfAbsent(demand.attachments().leaf(source), leaf -> new Side())
                        .add(source, crossings[position], crossings[position]);
                for (int leaf : receiving(crossings[position], demand.attachments())) {
                    inwards.computeIfAbsent(leaf, receiver -> new Side())
                            .add(source, crossings[position], demand.attachments().on(leaf));
                }
            }
            outwards.forEach((leaf, side) -> out.get(leaf).add(collective, side));
            inwards.forEach((leaf, side) -> in.get(leaf).add(collective, side));
        }
        out.forEach(this::joinConcurrent);
        in.forEach(this::joinConcurrent);
    }

    /** The leaves of some destinations, or all leaves where there are more destinations than leaves. */
    private static int[] receiving(BitSet destinations, Attachments attachments) {
        int leaves = attachments.leaves().size();
        return destinations.cardinality() < leaves
                ? destinations.stream().map(attachments::leaf).sorted().distinct().toArray()
                : IntStream.range(0, leaves).toArray();
    }

    private void joinConcurrent(ConcurrentSides sides) {
        sides.confront((one, others) -> {
            join(one, others);
            return false;
        });
    }

    private void join(Side one, Side other) {
        BitSet from = one.sources();
        for (int source = from.nextSetBit(0); source >= 0; source = from.nextSetBit(source + 1)) {
            rivals[source].or(one.rivals(source, other));
            sources.set(source);
        }
    }

    /** No source is its own rival: its NIC sends one flow's worth. */
    private ConflictGraph finished() {
        for (int rank = 0; rank < rivals.length; rank++) {
            rivals[rank].clear(rank);
        }
        return this;
    }
}
