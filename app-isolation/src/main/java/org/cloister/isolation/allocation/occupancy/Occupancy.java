package org.cloister.isolation.allocation.occupancy;

import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.FabricIndex;
import org.cloister.isolation.fabric.Link;

import java.util.List;

/**
 * Which hosts of each leaf are free, and from and to which spines it has a link of which nobody holds any part.
 *
 * <p>Mutable, for one thread: what is decided is taken, and given back later. Taking and giving back cost the leaves of
 * the footprint, a copy costs the fabric's leaves and spines. A link is known by its leaf and its spine; of several in
 * parallel, one more can be taken until none is left.
 */
public final class Occupancy {

    private final int spines;
    private final int words;
    private final int[] hosts;
    private final long[][] up;
    private final long[][] down;
    /** By leaf and spine, free links beyond the one that the bit stands for; null where no two are parallel. */
    private final short[][] moreUp;
    private final short[][] moreDown;
    private int freeHosts;

    private Occupancy(int[] hosts, int spines, long[][] up, long[][] down, short[][] moreUp, short[][] moreDown) {
        this.hosts = hosts;
        this.spines = spines;
        this.words = Masks.words(spines);
        this.up = up;
        this.down = down;
        this.moreUp = moreUp;
        this.moreDown = moreDown;
        for (int free : hosts) {
            freeHosts += free;
        }
    }

    /** Returns an empty fabric in which each leaf has a link to each spine and one back. */
    public static Occupancy empty(int leaves, int hostsPerLeaf, int spines) {
        int[] hosts = new int[leaves];
        long[][] up = new long[leaves][Masks.words(spines)];
        long[][] down = new long[leaves][Masks.words(spines)];
        for (int leaf = 0; leaf < leaves; leaf++) {
            hosts[leaf] = hostsPerLeaf;
            for (int spine = 0; spine < spines; spine++) {
                Masks.set(up[leaf], spine);
                Masks.set(down[leaf], spine);
            }
        }
        return new Occupancy(hosts, spines, up, down, null, null);
    }

    /** Returns what a ledger leaves free of a fabric, in the numbers of {@link Fabric#index()}. */
    public static Occupancy of(Fabric fabric, Ledger ledger) {
        FabricIndex index = fabric.index();
        int[] hosts = new int[index.leaves()];
        long[][] up = new long[index.leaves()][Masks.words(index.spines())];
        long[][] down = new long[index.leaves()][Masks.words(index.spines())];
        short[][] moreUp = null;
        short[][] moreDown = null;
        for (int leaf = 0; leaf < hosts.length; leaf++) {
            hosts[leaf] = (int) index.hosts(leaf).stream()
                    .filter(host -> !ledger.hosts().containsKey(host.name())).count();
            for (int spine = 0; spine < index.spines(); spine++) {
                int free = free(index.up(leaf, spine), ledger);
                if (free > 0) {
                    Masks.set(up[leaf], spine);
                }
                if (free > 1) {
                    moreUp = moreUp == null ? new short[index.leaves()][index.spines()] : moreUp;
                    moreUp[leaf][spine] = (short) (free - 1);
                }
                free = free(index.down(leaf, spine), ledger);
                if (free > 0) {
                    Masks.set(down[leaf], spine);
                }
                if (free > 1) {
                    moreDown = moreDown == null ? new short[index.leaves()][index.spines()] : moreDown;
                    moreDown[leaf][spine] = (short) (free - 1);
                }
            }
        }
        boolean parallel = moreUp != null || moreDown != null;
        return new Occupancy(hosts, index.spines(), up, down,
                parallel && moreUp == null ? new short[index.leaves()][index.spines()] : moreUp,
                parallel && moreDown == null ? new short[index.leaves()][index.spines()] : moreDown);
    }

    private static int free(List<Link> links, Ledger ledger) {
        int free = 0;
        for (Link link : links) {
            free += ledger.reserved().getOrDefault(link, 0L) == 0 && !ledger.exclusive().contains(link) ? 1 : 0;
        }
        return free;
    }

    /** Returns one that changes independently. */
    public Occupancy copy() {
        return new Occupancy(hosts.clone(), spines, copy(up), copy(down), copy(moreUp), copy(moreDown));
    }

    private static long[][] copy(long[][] rows) {
        long[][] copy = new long[rows.length][];
        for (int row = 0; row < rows.length; row++) {
            copy[row] = rows[row].clone();
        }
        return copy;
    }

    private static short[][] copy(short[][] rows) {
        if (rows == null) {
            return null;
        }
        short[][] copy = new short[rows.length][];
        for (int row = 0; row < rows.length; row++) {
            copy[row] = rows[row].clone();
        }
        return copy;
    }

    /** Returns the number of leaves. */
    public int leaves() {
        return hosts.length;
    }

    /** Returns the number of spines. */
    public int spines() {
        return spines;
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
            take(up[leaf], footprint.up(place), moreUp == null ? null : moreUp[leaf]);
            take(down[leaf], footprint.down(place), moreDown == null ? null : moreDown[leaf]);
        }
    }

    /** Gives back what a slice took. */
    public void release(Footprint footprint) {
        for (int place = 0; place < footprint.size(); place++) {
            int leaf = footprint.leaf(place);
            hosts[leaf] += footprint.hosts(place);
            freeHosts += footprint.hosts(place);
            release(up[leaf], footprint.up(place), moreUp == null ? null : moreUp[leaf]);
            release(down[leaf], footprint.down(place), moreDown == null ? null : moreDown[leaf]);
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

    private static void take(long[] free, long[] taken, short[] more) {
        for (int word = 0; word < taken.length; word++) {
            long bits = taken[word];
            if (more != null) {
                for (long rest = bits; rest != 0; rest &= rest - 1) {
                    int spine = (word << 6) + Long.numberOfTrailingZeros(rest);
                    if (more[spine] > 0) {
                        more[spine]--;
                        bits &= ~Long.lowestOneBit(rest);
                    }
                }
            }
            free[word] &= ~bits;
        }
    }

    private static void release(long[] free, long[] given, short[] more) {
        for (int word = 0; word < given.length; word++) {
            if (more != null) {
                for (long rest = given[word] & free[word]; rest != 0; rest &= rest - 1) {
                    more[(word << 6) + Long.numberOfTrailingZeros(rest)]++;
                }
            }
            free[word] |= given[word];
        }
    }
}
