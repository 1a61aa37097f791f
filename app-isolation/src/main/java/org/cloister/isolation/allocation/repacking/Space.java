package org.cloister.isolation.allocation.repacking;

import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.fabric.FabricIndex;
import org.cloister.isolation.fabric.Link;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/** Where the slices that may be moved are, and how many links of each end to each spine nobody holds. */
final class Space {

    private final int spines;
    private final List<Pins> slices;
    private final int[][] spinesOf;
    private final int[] free;
    private final BitSet[] holders;
    private final BitSet kept = new BitSet();

    /**
     * Creates the space with all slices where they are.
     *
     * @param fixed what others hold
     * @param own the links that are free to the request alone
     */
    Space(FabricIndex fabric, Ledger fixed, Set<Link> own, List<Pins> slices) {
        this.spines = fabric.spines();
        this.slices = slices;
        this.free = new int[2 * fabric.leaves() * spines];
        this.holders = new BitSet[free.length];
        for (int leaf = 0; leaf < fabric.leaves(); leaf++) {
            for (int spine = 0; spine < spines; spine++) {
                free[at(2 * leaf, spine)] = free(fixed, own, fabric.up(leaf, spine));
                free[at(2 * leaf + 1, spine)] = free(fixed, own, fabric.down(leaf, spine));
                kept.set(at(2 * leaf, spine), fabric.up(leaf, spine).stream().anyMatch(own::contains));
                kept.set(at(2 * leaf + 1, spine), fabric.down(leaf, spine).stream().anyMatch(own::contains));
            }
        }
        this.spinesOf = new int[slices.size()][];
        for (int slice = 0; slice < spinesOf.length; slice++) {
            spinesOf[slice] = slices.get(slice).spines().clone();
            take(slice);
        }
    }

    static boolean isFree(Ledger ledger, Link link) {
        return ledger.reserved().getOrDefault(link, 0L) == 0 && !ledger.exclusive().contains(link);
    }

    private static int free(Ledger ledger, Set<Link> own, List<Link> links) {
        return (int) links.stream().filter(link -> isFree(ledger, link) && !own.contains(link)).count();
    }

    private int at(int end, int spine) {
        return end * spines + spine;
    }

    /** Returns the number of spines. */
    int spines() {
        return spines;
    }

    /** Returns the spine at each place of a slice; callers must not change them. */
    int[] spinesOf(int slice) {
        return spinesOf[slice];
    }

    /** Moves a slice; returns false, and leaves it where it is, if a link that it would need is not free to it. */
    boolean move(int slice, int[] to) {
        int[] from = spinesOf[slice];
        give(slice);
        spinesOf[slice] = to;
        if (fits(slice)) {
            take(slice);
            return true;
        }
        spinesOf[slice] = from;
        take(slice);
        return false;
    }

    /** No end is twice on one spine except over parallel links, which are counted one by one. */
    private boolean fits(int slice) {
        Pins pins = slices.get(slice);
        int taken = 0;
        boolean fits = true;
        for (int place = 0; place < pins.size() && fits; place++) {
            for (int end : pins.ends(place)) {
                fits &= --free[at(end, spinesOf[slice][place])] >= 0;
            }
            taken++;
        }
        for (int place = 0; place < taken; place++) {
            for (int end : pins.ends(place)) {
                free[at(end, spinesOf[slice][place])]++;
            }
        }
        return fits;
    }

    private void take(int slice) {
        Pins pins = slices.get(slice);
        for (int place = 0; place < pins.size(); place++) {
            for (int end : pins.ends(place)) {
                int at = at(end, spinesOf[slice][place]);
                free[at]--;
                if (holders[at] == null) {
                    holders[at] = new BitSet();
                }
                holders[at].set(slice);
            }
        }
    }

    private void give(int slice) {
        Pins pins = slices.get(slice);
        for (int place = 0; place < pins.size(); place++) {
            for (int end : pins.ends(place)) {
                int at = at(end, spinesOf[slice][place]);
                free[at]++;
                holders[at].clear(slice);
            }
        }
    }

    /**
     * Adds the slices that have to leave for a spine to be joined to ends: of several over parallel links the first.
     *
     * @return false if somebody is there who cannot be moved
     */
    boolean blockers(int[] ends, int spine, BitSet blockers) {
        for (int end : ends) {
            int at = at(end, spine);
            if (free[at] <= 0 && !kept.get(at)) {
                if (holders[at] == null || holders[at].isEmpty()) {
                    return false;
                }
                blockers.set(holders[at].nextSetBit(0));
            }
        }
        return true;
    }

    /** Returns where those slices are that are not where they began, in a form that can be compared. */
    List<Integer> key() {
        List<Integer> key = new ArrayList<>();
        for (int slice = 0; slice < spinesOf.length; slice++) {
            if (!Arrays.equals(spinesOf[slice], slices.get(slice).spines())) {
                key.add(slice);
                Arrays.stream(spinesOf[slice]).forEach(key::add);
            }
        }
        return key;
    }
}
