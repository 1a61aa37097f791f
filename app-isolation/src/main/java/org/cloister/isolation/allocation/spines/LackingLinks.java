package org.cloister.isolation.allocation.spines;

import org.cloister.isolation.allocation.colouring.Colouring;
import org.cloister.isolation.fabric.Link;

import java.util.BitSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Says which links, if nobody held anything of them, would serve a colouring that the free ones do not. */
final class LackingLinks {

    private final Colouring colouring;
    private final SpineLinks free;
    private final SpineLinks all;
    private final int leaves;

    private LackingLinks(Colouring colouring, SpineLinks free, SpineLinks all, int leaves) {
        this.colouring = colouring;
        this.free = free;
        this.all = all;
        this.leaves = leaves;
    }

    /**
     * Returns links that would do; none if the fabric itself has too few. Colours that the free links serve keep their
     * spines, the others in turn get the spine that lacks fewest links, of several the one that comes first: few links,
     * not always the fewest.
     *
     * @param all the links of the fabric, free or not; its spines may be numbered otherwise
     */
    static SortedSet<Link> of(Colouring colouring, FreeLinks free, FreeLinks all, int leaves) {
        return new LackingLinks(colouring, free, all, leaves).find(SpineAssignment.of(colouring, free, leaves));
    }

    private SortedSet<Link> find(SpineAssignment served) {
        SortedSet<Link> lacking = new TreeSet<>();
        BitSet taken = new BitSet();
        for (int colour = 0; colour < colouring.count(); colour++) {
            if (served.spine(colour) >= 0) {
                taken.set(served.spine(colour));
            }
        }
        for (int colour = 0; colour < colouring.count(); colour++) {
            if (served.spine(colour) < 0) {
                int best = -1;
                SortedSet<Link> fewest = new TreeSet<>();
                for (int spine = taken.nextClearBit(0); spine < free.spines().size();
                        spine = taken.nextClearBit(spine + 1)) {
                    Optional<SortedSet<Link>> each = lacking(colour, spine);
                    if (each.isPresent() && (best < 0 || each.get().size() < fewest.size())) {
                        best = spine;
                        fewest = each.get();
                    }
                }
                if (best < 0) {
                    return new TreeSet<>();
                }
                taken.set(best);
                lacking.addAll(fewest);
            }
        }
        return lacking;
    }

    /** Returns what a colour lacks at a spine; empty if the fabric has no such links. */
    private Optional<SortedSet<Link>> lacking(int colour, int spine) {
        int place = all.spines().indexOf(free.spines().get(spine));
        SortedSet<Link> lacking = new TreeSet<>();
        for (int leaf = 0; leaf < leaves; leaf++) {
            if (colouring.senders(colour).get(leaf) && free.up(leaf, spine) == null) {
                if (all.up(leaf, place) == null) {
                    return Optional.empty();
                }
                lacking.add(all.up(leaf, place));
            }
            if (colouring.receives(colour, leaf) && free.down(leaf, spine) == null) {
                if (all.down(leaf, place) == null) {
                    return Optional.empty();
                }
                lacking.add(all.down(leaf, place));
            }
        }
        return Optional.of(lacking);
    }
}
