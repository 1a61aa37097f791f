package org.cloister.isolation.allocation;

import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.FabricIndex;
import org.cloister.isolation.fabric.Link;

import java.util.Map;

/**
 * The links of a fabric that a ledger holds some part of. Looks at what is held, not at all links of the fabric; still
 * that is some milliseconds where thousands are, so a ledger keeps it ({@link Kept}).
 */
public final class HeldLinks {

    private final FabricIndex index;
    /** By link, bit/s. */
    private final long[] reserved;
    private final int[] untouched;
    private final long[] free;

    HeldLinks(Fabric fabric, Ledger ledger) {
        this.index = fabric.index();
        this.reserved = new long[index.links()];
        this.untouched = new int[index.spines()];
        this.free = new long[index.spines()];
        for (int spine = 0; spine < untouched.length; spine++) {
            untouched[spine] = index.links(spine);
            free[spine] = fabric.linkBitsPerSecond() * index.links(spine);
        }
        for (Map.Entry<Link, Long> entry : ledger.reserved().entrySet()) {
            int number = entry.getValue() == 0 ? -1 : index.number(entry.getKey());
            if (number >= 0) {
                int spine = spine(entry.getKey());
                reserved[number] = entry.getValue();
                untouched[spine]--;
                free[spine] -= Math.min(fabric.linkBitsPerSecond(), entry.getValue());
            }
        }
        for (Link link : ledger.exclusive()) {
            int number = index.number(link);
            if (number >= 0) {
                free[spine(link)] -= Math.max(0, fabric.linkBitsPerSecond() - reserved[number]);
            }
        }
    }

    private int spine(Link link) {
        int up = index.spineNumber(link.to().switchName());
        return up >= 0 ? up : index.spineNumber(link.from().switchName());
    }

    /** Returns whether somebody holds part of a link of the fabric. */
    public boolean contains(Link link) {
        int number = index.number(link);
        return number >= 0 && reserved[number] != 0;
    }

    /** Returns how many links to and from a spine nobody holds any part of. */
    public int untouched(int spine) {
        return untouched[spine];
    }

    /** Returns what is free for rates of all links to and from a spine, bit/s. */
    public long free(int spine) {
        return free[spine];
    }

    /** What a ledger holds, kept for the fabric that was asked about last: of one decision it is always the same. */
    public static final class Kept {

        private final Ledger ledger;
        private Fabric fabric;
        private HeldLinks held;

        Kept(Ledger ledger) {
            this.ledger = ledger;
        }

        /** Returns what the ledger holds of a fabric. */
        public synchronized HeldLinks of(Fabric asked) {
            if (fabric != asked) {
                held = new HeldLinks(asked, ledger);
                fabric = asked;
            }
            return held;
        }
    }
}
