package org.cloister.isolation.allocation;

import org.cloister.isolation.fabric.Link;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** A spine for each colour, with the free links that they need. */
final class SpinePlan {

    private final Colouring colouring;
    private final FreeLinks links;
    private final SpineAssignment spines;
    private final Attachments attachments;
    private final int[] arpSpine;

    private SpinePlan(Colouring colouring, FreeLinks links, SpineAssignment spines, Attachments attachments) {
        this.colouring = colouring;
        this.links = links;
        this.spines = spines;
        this.attachments = attachments;
        BitSet[] sentTo = new BitSet[attachments.leaves().size()];
        Arrays.setAll(sentTo, leaf -> new BitSet());
        for (int rank = 0; rank < attachments.size(); rank++) {
            sentTo[attachments.leaf(rank)].set(spines.spine(colouring.of(rank)));
        }
        this.arpSpine = ArpUplinks.choose(sentTo);
    }

    /** Returns a plan over free links; empty if not every colour finds a spine. */
    static Optional<SpinePlan> of(Colouring colouring, FreeLinks links, Attachments attachments) {
        SpineAssignment spines = SpineAssignment.of(colouring, links, attachments.leaves().size());
        return spines.isComplete() ? Optional.of(new SpinePlan(colouring, links, spines, attachments))
                : Optional.empty();
    }

    /** Returns the number of spines. */
    int spines() {
        return colouring.count();
    }

    /** Returns the link that what a rank sends to other leaves goes up. */
    Link uplink(int rank) {
        return links.up(attachments.leaf(rank), spines.spine(colouring.of(rank)));
    }

    /** Returns the link that a rank's ARP goes up: one for all of its leaf. */
    Link arpUplink(int rank) {
        return links.up(attachments.leaf(rank), arpSpine[attachments.leaf(rank)]);
    }

    /** Returns all links of the plan. */
    SortedSet<Link> links() {
        SortedSet<Link> all = new TreeSet<>();
        for (int colour = 0; colour < colouring.count(); colour++) {
            for (int leaf = 0; leaf < attachments.leaves().size(); leaf++) {
                if (colouring.senders(colour).get(leaf)) {
                    all.add(links.up(leaf, spines.spine(colour)));
                }
                if (colouring.receives(colour, leaf)) {
                    all.add(links.down(leaf, spines.spine(colour)));
                }
            }
        }
        return all;
    }
}
