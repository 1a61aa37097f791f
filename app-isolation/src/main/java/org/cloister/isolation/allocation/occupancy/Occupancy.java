package org.cloister.isolation.allocation.occupancy;

import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.FabricIndex;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which hosts of each leaf are free, and from and to which spines it has a link of which nobody holds any part.
 *
 * <p>Mutable, for one thread: what is decided is taken, and given back later. Taking and giving back cost the leaves of
 * the footprint, a copy costs the fabric's leaves and spines. A link is known by its leaf and its spine. A spine that
 * has several links in parallel to some leaf stands here for as many spines, one link each to the leaves that have so
 * many: {@link #spine} tells which spine of the fabric each of them is.
 */
public final class Occupancy {

    private final int[] spineNumbers;
    private final int words;
    private final int[] hosts;
    private final long[][] up;
    private final long[][] down;
    private int freeHosts;

    private Occupancy(int[] hosts, int[] spineNumbers, long[][] up, long[][] down) {
        this.hosts = hosts;
        this.spineNumbers = spineNumbers;
        this.words = Masks.words(spineNumbers.length);
        this.up = up;
        this.down = down;
        for (int free : hosts) {
            freeHosts += free;
        }
    }

    /** Returns an empty fabric in which each leaf has a link to each spine and one back. */
    public static Occupancy empty(int leaves, int hostsPerLeaf, int spines) {
        int[] hosts = new int[leaves];
        Arrays.fill(hosts, hostsPerLeaf);
        long[] all = Masks.first(spines);
        long[][] up = new long[leaves][];
        Arrays.setAll(up, leaf -> all.clone());
        return new Occupancy(hosts, IntStream.range(0, spines).toArray(), up, copy(up));
    }

    /** Returns what a ledger leaves free of a fabric, in the numbers of {@link Fabric#index()}. */
    public static Occupancy of(Fabric fabric, Ledger ledger) {
        FabricIndex index = fabric.index();
        int[] first = firstOfParallel(index);
        int[] spineNumbers = new int[first[index.spines()]];
        for (int spine = 0; spine < index.spines(); spine++) {
            Arrays.fill(spineNumbers, first[spine], first[spine + 1], spine);
        }
        boolean[] held = held(index, ledger);
        long[][] up = new long[index.leaves()][Masks.words(spineNumbers.length)];
        long[][] down = new long[index.leaves()][Masks.words(spineNumbers.length)];
        for (int leaf = 0; leaf < index.leaves(); leaf++) {
            for (int spine = 0; spine < index.spines(); spine++) {
                Masks.set(up[leaf], first[spine],
                        free(held, index.firstUp(leaf, spine), index.up(leaf, spine).size()));
                Masks.set(down[leaf], first[spine],
                        free(held, index.firstDown(leaf, spine), index.down(leaf, spine).size()));
            }
        }
        return new Occupancy(freeHosts(index, ledger), spineNumbers, up, down);
    }

    private static int[] firstOfParallel(FabricIndex index) {
        int[] first = new int[index.spines() + 1];
        for (int spine = 0; spine < index.spines(); spine++) {
            int parallel = 1;
            for (int leaf = 0; leaf < index.leaves(); leaf++) {
                parallel = Math.max(parallel, Math.max(index.up(leaf, spine).size(), index.down(leaf, spine).size()));
            }
            first[spine + 1] = first[spine] + parallel;
        }
        return first;
    }

    /** Goes by what is held: to look each link up in the ledger would cost ten times as much. */
    private static boolean[] held(FabricIndex index, Ledger ledger) {
        boolean[] held = new boolean[index.links()];
        ledger.reserved().forEach((link, rate) -> hold(index.number(link), rate != 0, held));
        ledger.exclusive().forEach(link -> hold(index.number(link), true, held));
        return held;
    }

    private static void hold(int link, boolean some, boolean[] held) {
        if (link >= 0) {
            held[link] |= some;
        }
    }

    private static int free(boolean[] held, int first, int count) {
        int free = 0;
        for (int link = first; link < first + count; link++) {
            free += held[link] ? 0 : 1;
        }
        return free;
    }

    private static int[] freeHosts(FabricIndex index, Ledger ledger) {
        int[] hosts = new int[index.leaves()];
        Arrays.setAll(hosts, leaf -> index.hosts(leaf).size());
        for (String host : ledger.hosts().keySet()) {
            int leaf = index.leafOfHost(host);
            if (leaf >= 0) {
                hosts[leaf]--;
            }
        }
        return hosts;
    }

    /** Returns one that changes independently. */
    public Occupancy copy() {
        return new Occupancy(hosts.clone(), spineNumbers, copy(up), copy(down));
    }

    private static long[][] copy(long[][] rows) {
        long[][] copy = new long[rows.length][];
        for (int row = 0; row < rows.length; row++) {
            copy[row] = rows[row].clone();
        }
        return copy;
    }

    /** Returns the number of leaves. */
    public int leaves() {
        return hosts.length;
    }

    /** Returns the number of spines, one with parallel links counted as often as it has links to a leaf. */
    public int spines() {
        return spineNumbers.length;
    }

    /** Returns which spine of the fabric, by {@link Fabric#index()}, one is: several are one if links are parallel. */
    public int spine(int spine) {
        return spineNumbers[spine];
    }

    /** Returns how many words a mask of spines has. */
    public int words() {
        return words;
    }

    /** Returns how many hosts are free. */
    public int freeHosts() {
        return freeHosts;
    }

    /** Returns how many hosts of a leaf are free. */
    public int freeHosts(int leaf) {
        return hosts[leaf];
    }

    /** Returns the leaves with free hosts, those with the fewest first, else by number. */
    public int[] leavesByFreeHosts() {
        int most = Arrays.stream(hosts).max().orElse(0);
        int[] start = new int[most + 2];
        for (int free : hosts) {
            start[free + 1]++;
        }
        int full = start[1];
        start[1] = 0;
        for (int free = 1; free <= most; free++) {
            start[free + 1] += start[free];
        }
        int[] byFree = new int[hosts.length - full];
        for (int leaf = 0; leaf < hosts.length; leaf++) {
            if (hosts[leaf] > 0) {
                byFree[start[hosts[leaf]]++] = leaf;
            }
        }
        return byFree;
    }

    /** Returns the spines that a free link goes up to; callers must not change it, and see later changes. */
    public long[] up(int leaf) {
        return up[leaf];
    }

    /** Returns the spines that a free link comes down from; callers must not change it, and see later changes. */
    public long[] down(int leaf) {
        return down[leaf];
    }

    /**
     * Takes hosts of a leaf out of account without a slice, as when only some are candidates.
     *
     * @throws IllegalArgumentException if fewer are free
     */
    public void withhold(int leaf, int count) {
        if (count > hosts[leaf]) {
            throw new IllegalArgumentException(count + " hosts of leaf " + leaf + ", of which " + hosts[leaf]
                    + " are free");
        }
        hosts[leaf] -= count;
        freeHosts -= count;
    }

    /**
     * Takes what a slice takes.
     *
     * @throws IllegalArgumentException if some of it is not free; then nothing is taken
     */
    public void take(Footprint footprint) {
        for (int place = 0; place < footprint.size(); place++) {
            int leaf = footprint.leaf(place);
            if (footprint.hosts(place) > hosts[leaf] || !contains(up[leaf], footprint.up(place))
                    || !contains(down[leaf], footprint.down(place))) {
                throw new IllegalArgumentException("not free: " + footprint);
            }
        }
        for (int place = 0; place < footprint.size(); place++) {
            int leaf = footprint.leaf(place);
            hosts[leaf] -= footprint.hosts(place);
            freeHosts -= footprint.hosts(place);
            for (int word = 0; word < words; word++) {
                up[leaf][word] &= ~footprint.up(place)[word];
                down[leaf][word] &= ~footprint.down(place)[word];
            }
        }
    }

    /**
     * Gives back what a slice took.
     *
     * @throws IllegalArgumentException if some link of it is free already; then nothing is given back
     */
    public void release(Footprint footprint) {
        for (int place = 0; place < footprint.size(); place++) {
            if (Masks.meet(up[footprint.leaf(place)], footprint.up(place))
                    || Masks.meet(down[footprint.leaf(place)], footprint.down(place))) {
                throw new IllegalArgumentException("not taken: " + footprint);
            }
        }
        for (int place = 0; place < footprint.size(); place++) {
            int leaf = footprint.leaf(place);
            hosts[leaf] += footprint.hosts(place);
            freeHosts += footprint.hosts(place);
            for (int word = 0; word < words; word++) {
                up[leaf][word] |= footprint.up(place)[word];
                down[leaf][word] |= footprint.down(place)[word];
            }
        }
    }

    private static boolean contains(long[] all, long[] some) {
        for (int word = 0; word < some.length; word++) {
            if ((some[word] & ~all[word]) != 0) {
                return false;
            }
        }
        return true;
    }
}
