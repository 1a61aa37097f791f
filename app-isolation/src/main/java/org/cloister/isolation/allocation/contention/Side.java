package org.cloister.isolation.allocation.contention;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * What sources send across one side of a leaf, or across one link, at any time. Two of them load it with two flows'
 * worth unless each has one destination there and it is the same, whose NIC then takes one flow's worth in all.
 */
public final class Side {

    private final BitSet sources = new BitSet();
    private final Map<Integer, BitSet> byOnlyDestination = new HashMap<>();
    private final Map<Integer, Integer> onlyDestination = new HashMap<>();

    /**
     * Adds destinations of a source.
     *
     * @param destinations what it sends to
     * @param within those that are reached across this side
     */
    public void add(int source, BitSet destinations, BitSet within) {
        int first = next(destinations, within, 0);
        if (first >= 0) {
            add(source, first, next(destinations, within, first + 1) >= 0);
        }
    }

    /** Adds all sources of another side with their destinations. */
    void addAll(Side other) {
        BitSet added = other.sources;
        for (int source = added.nextSetBit(0); source >= 0; source = added.nextSetBit(source + 1)) {
            Integer only = other.onlyDestination.get(source);
            add(source, only == null ? -1 : only, only == null);
        }
    }

    private void add(int source, int destination, boolean more) {
        boolean known = sources.get(source);
        Integer only = onlyDestination.get(source);
        sources.set(source);
        if (!known && !more) {
            onlyDestination.put(source, destination);
            byOnlyDestination.computeIfAbsent(destination, first -> new BitSet()).set(source);
        } else if (only != null && (more || only != destination)) {
            onlyDestination.remove(source);
            byOnlyDestination.get(only).clear(source);
        }
    }

    private static int next(BitSet destinations, BitSet within, int from) {
        int next = within.nextSetBit(from);
        while (next >= 0 && !destinations.get(next)) {
            next = within.nextSetBit(next + 1);
        }
        return next;
    }

    /** Returns the sources that send something here; callers must not change the set. */
    public BitSet sources() {
        return sources;
    }

    /** Returns those sources of another side that one of this side's must not share a link with. */
    public BitSet rivals(int source, Side other) {
        Integer only = onlyDestination.get(source);
        BitSet harmless = only == null ? null : other.byOnlyDestination.get(only);
        if (harmless == null) {
            return other.sources;
        }
        BitSet rivals = (BitSet) other.sources.clone();
        rivals.andNot(harmless);
        return rivals;
    }

    /** Returns whether a source of this side and another source of the other load a shared link with two flows. */
    boolean meets(Side other) {
        for (int source = sources.nextSetBit(0); source >= 0; source = sources.nextSetBit(source + 1)) {
            BitSet rivals = rivals(source, other);
            int own = rivals.get(source) ? 1 : 0;
            if (rivals.cardinality() > own) {
                return true;
            }
        }
        return false;
    }
}
