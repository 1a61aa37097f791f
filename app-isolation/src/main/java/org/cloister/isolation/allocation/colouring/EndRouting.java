package org.cloister.isolation.allocation.colouring;

import org.cloister.isolation.allocation.traffic.Attachments;
import org.cloister.isolation.allocation.traffic.Demand;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Routes for parameter servers by one end of each pair: what a worker and a server send each other crosses the spine
 * of the server, or that of the worker, in both directions. Where it is the receiver's, the sender needs a rule for
 * that receiver. With few servers and many workers this takes as many spines as there are servers, and is safe at any
 * timing, as all that crosses a link is to or from one server, whose NIC takes one flow's worth; with a colour for each
 * sender it would take as many spines as a leaf has workers.
 */
public final class EndRouting {

    private static final int DETOURS_MAX = 4_096;
    private static final int RETREATS = 500;

    private final Attachments attachments;
    private final BitSet[] crossings;
    private final BitSet ends;

    private EndRouting(Attachments attachments, BitSet[] crossings, BitSet ends) {
        this.attachments = attachments;
        this.crossings = crossings;
        this.ends = ends;
    }

    /**
     * Returns colours for pairs by either end, whichever takes fewer: by the servers if both take as many.
     *
     * @param most the number of colours not to exceed
     * @return empty if some pairs are not of a server and a worker, or neither end was found to do
     */
    public static Optional<Colouring> of(Demand demand, int most) {
        if (!demand.isBetweenRoles()) {
            return Optional.empty();
        }
        BitSet workers = new BitSet();
        workers.set(0, demand.attachments().size());
        workers.andNot(demand.attachments().servers());
        Optional<Colouring> best = Optional.empty();
        for (BitSet ends : List.of(demand.attachments().servers(), workers)) {
            int limit = best.map(found -> found.count() - 1).orElse(most);
            Optional<Colouring> found = new EndRouting(demand.attachments(), demand.crossings(), ends).colouring(limit);
            best = found.isPresent() ? found : best;
        }
        return best;
    }

    private Optional<Colouring> colouring(int most) {
        long pairs = ends.stream().mapToLong(end -> crossings[end].cardinality()).sum();
        if (pairs > DETOURS_MAX) {
            return Optional.empty();
        }
        ConflictGraph graph = ConflictGraph.of(rivals());
        for (int count = 1; count <= most; count++) {
            Optional<int[]> colours = Saturation.colour(graph, count, RETREATS);
            if (colours.isPresent()) {
                return Optional.of(colouring(colours.get()));
            }
        }
        return Optional.empty();
    }

    /** Two ends are rivals if, at some leaf, a pair of the one and a pair of the other have no rank in common. */
    private BitSet[] rivals() {
        BitSet[] rivals = new BitSet[attachments.size()];
        Arrays.setAll(rivals, rank -> new BitSet());
        int[] senders = ends.stream().filter(end -> !crossings[end].isEmpty()).toArray();
        for (int one : senders) {
            rivals[one].set(one);
            for (int other : senders) {
                if (one < other && meet(one, other)) {
                    rivals[one].set(other);
                    rivals[other].set(one);
                }
            }
        }
        return rivals;
    }

    private boolean meet(int one, int other) {
        for (int leaf = 0; leaf < attachments.leaves().size(); leaf++) {
            BitSet partners = partners(one, leaf);
            BitSet others = partners(other, leaf);
            if (!partners.isEmpty() && !others.isEmpty()) {
                boolean sameSide = (attachments.leaf(one) == leaf) == (attachments.leaf(other) == leaf);
                partners.or(others);
                if (!sameSide || partners.cardinality() > 1) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whom an end communicates with over the links between a leaf and the spines. */
    private BitSet partners(int end, int leaf) {
        BitSet partners = (BitSet) crossings[end].clone();
        if (attachments.leaf(end) != leaf) {
            partners.and(attachments.on(leaf));
        }
        return partners;
    }

    private Colouring colouring(int[] found) {
        int[] colours = new int[attachments.size()];
        Arrays.fill(colours, Colouring.NONE);
        ends.stream().filter(end -> end < found.length).forEach(end -> colours[end] = found[end]);
        List<SortedMap<Integer, Integer>> detours = new ArrayList<>();
        for (int rank = 0; rank < colours.length; rank++) {
            SortedMap<Integer, Integer> other = new TreeMap<>();
            if (!ends.get(rank)) {
                // what it sends to most of its partners needs no rule of its own
                colours[rank] = mostCommon(crossings[rank], found);
                for (int end : crossings[rank].stream().toArray()) {
                    if (found[end] != colours[rank]) {
                        other.put(end, found[end]);
                    }
                }
            }
            detours.add(other);
        }
        return Colouring.withDetours(colours, detours, attachments);
    }

    private static int mostCommon(BitSet partners, int[] found) {
        int[] counts = new int[found.length + 1];
        partners.stream().forEach(end -> counts[found[end]]++);
        int best = Colouring.NONE;
        for (int colour = 0; colour < counts.length; colour++) {
            if (counts[colour] > (best == Colouring.NONE ? 0 : counts[best])) {
                best = colour;
            }
        }
        return best;
    }
}
