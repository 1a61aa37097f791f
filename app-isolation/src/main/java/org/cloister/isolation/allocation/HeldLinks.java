package org.cloister.isolation.allocation;

import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.FabricIndex;
import org.cloister.isolation.fabric.Link;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The links of a fabric that a ledger holds some part of. Looks at what is held, not at all links of the fabric. */
final class HeldLinks {

    private final FabricIndex index;
    private final Set<Link> held = new HashSet<>();
    private final int[] untouched;
    private final long[] free;

    HeldLinks(Fabric fabric, Ledger ledger) {
        this.index = fabric.index();
        this.untouched = new int[index.spines()];
        this.free = new long[index.spines()];
        for (int spine = 0; spine < untouched.length; spine++) {
            untouched[spine] = index.links(spine);
            free[spine] = fabric.linkBitsPerSecond() * index.links(spine);
        }
        for (Map.Entry<Link, Long> entry : ledger.reserved().entrySet()) {
            int spine = entry.getValue() == 0 ? -1 : spine(entry.getKey());
            if (spine >= 0) {
                held.add(entry.getKey());
                untouched[spine]--;
                free[spine] -= Math.min(fabric.linkBitsPerSecond(), entry.getValue());
            }
        }
        for (Link link : ledger.exclusive()) {
            int spine = spine(link);
            if (spine >= 0) {
                free[spine] -= Math.max(0, fabric.linkBitsPerSecond() - ledger.reserved().getOrDefault(link, 0L));
            }
        }
    }

    private int spine(Link link) {
        int up = index.spineNumber(link.to().switchName());
        int spine = up >= 0 ? up : index.spineNumber(link.from().switchName());
        int leaf = index.leafNumber((up >= 0 ? link.from() : link.to()).switchName());
        if (spine < 0 || leaf < 0) {
            return -1;
        }
        List<Link> there = up >= 0 ? index.up(leaf, spine) : index.down(leaf, spine);
        return there.contains(link) ? spine : -1;
    }

    /** Returns whether somebody holds part of a link of the fabric. */
    boolean contains(Link link) {
        return held.contains(link);
    }

    /** Returns how many links to and from a spine nobody holds any part of. */
    int untouched(int spine) {
        return untouched[spine];
    }

    /** Returns what is free for rates of all links to and from a spine, bit/s. */
    long free(int spine) {
        return free[spine];
    }
}
