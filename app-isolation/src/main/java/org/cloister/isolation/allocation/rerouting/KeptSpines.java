package org.cloister.isolation.allocation.rerouting;

import org.cloister.isolation.allocation.colouring.Colouring;
import org.cloister.isolation.allocation.colouring.ConflictGraph;
import org.cloister.isolation.allocation.spines.SpineLinks;
import org.cloister.isolation.allocation.spines.SpinePlan;
import org.cloister.isolation.allocation.traffic.Attachments;
import org.cloister.isolation.allocation.traffic.Demand;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Changes as few of a slice's routes as a simple first attempt can: every member stays with the spine that it sends to
 * if all of its way there is still to be had, and only the others are given new ones, in rank order. Where ranks keep
 * step, a member goes to a spine of the slice that none of its rivals sends to, else to one that is new to the slice;
 * where any pairs may send, to a new one as long as the slice has fewer than its busiest moment fills, else to the one
 * with fewest senders of its leaf.
 */
public final class KeptSpines {

    private final SpineLinks links;
    private final Demand demand;
    private final Attachments attachments;
    private final int fewest;
    private final int[] spineOf;
    private final BitSet lost = new BitSet();

    private KeptSpines(SpineLinks links, Demand demand, int fewest, int[] spineOf) {
        this.links = links;
        this.demand = demand;
        this.attachments = demand.attachments();
        this.fewest = fewest;
        this.spineOf = spineOf;
    }

    /**
     * Returns spines most of which are those that the members have.
     *
     * @param spineOf the spine of each rank now, as {@link PreviousSpines} tells; changed to the new ones
     * @param fewest how many spines the busiest moment fills
     * @return empty if nobody can stay, or somebody finds no place beside those who do
     */
    public static Optional<KeptSpines> of(SpineLinks links, Demand demand, int[] spineOf, int fewest) {
        KeptSpines kept = new KeptSpines(links, demand, fewest, spineOf);
        kept.release();
        boolean someStay = Arrays.stream(spineOf).anyMatch(spine -> spine != Colouring.NONE);
        return someStay && kept.placeOthers() ? Optional.of(kept) : Optional.empty();
    }

    /** Returns the spines that were found. */
    public SpinePlan plan() {
        return SpinePlan.withOneArpUplinkPerLeaf(spineOf, links, attachments);
    }

    /** Returns how many spines some member cannot stay with. */
    public int lost() {
        return lost.cardinality();
    }

    private void release() {
        for (int rank = 0; rank < spineOf.length; rank++) {
            if (spineOf[rank] != Colouring.NONE && !serves(spineOf[rank], attachments.leaf(rank))) {
                lost.set(spineOf[rank]);
                spineOf[rank] = Colouring.NONE;
            }
        }
    }

    /** Whether what members of a leaf send to all others can go by a spine. */
    private boolean serves(int spine, int leaf) {
        for (int other = 0; other < attachments.leaves().size(); other++) {
            if (other == leaf ? links.up(leaf, spine) == null : links.down(other, spine) == null) {
                return false;
            }
        }
        return true;
    }

    private boolean placeOthers() {
        int[] open = IntStream.range(0, spineOf.length).filter(rank -> spineOf[rank] == Colouring.NONE).toArray();
        if (open.length == 0) {
            return true;
        }
        Optional<ConflictGraph> rivals = demand.isUnordered()
                ? Optional.empty() : Optional.of(ConflictGraph.lockStep(demand));
        for (int rank : open) {
            int spine = rivals.map(graph -> besideRivals(rank, graph.rivals(rank))).orElseGet(() -> evenly(rank));
            if (spine == Colouring.NONE) {
                return false;
            }
            spineOf[rank] = spine;
        }
        return true;
    }

    private int besideRivals(int rank, BitSet rivals) {
        BitSet taken = new BitSet();
        rivals.stream().map(rival -> spineOf[rival]).filter(spine -> spine != Colouring.NONE).forEach(taken::set);
        return used().stream().filter(spine -> !taken.get(spine) && serves(spine, attachments.leaf(rank)))
                .findFirst().orElseGet(() -> fresh(rank));
    }

    private int evenly(int rank) {
        int spine = used().cardinality() < fewest ? fresh(rank) : Colouring.NONE;
        if (spine != Colouring.NONE) {
            return spine;
        }
        long least = Long.MAX_VALUE;
        for (int candidate : used().stream().filter(each -> serves(each, attachments.leaf(rank))).toArray()) {
            long senders = attachments.on(attachments.leaf(rank)).stream()
                    .filter(other -> spineOf[other] == candidate).count();
            if (senders < least) {
                least = senders;
                spine = candidate;
            }
        }
        return spine != Colouring.NONE ? spine : fresh(rank);
    }

    private BitSet used() {
        BitSet used = new BitSet();
        Arrays.stream(spineOf).filter(spine -> spine != Colouring.NONE).forEach(used::set);
        return used;
    }

    private int fresh(int rank) {
        BitSet used = used();
        return IntStream.range(0, links.spines().size()).filter(spine -> !used.get(spine) && serves(spine, attachments.leaf(rank)))
                .findFirst().orElse(Colouring.NONE);
    }
}
