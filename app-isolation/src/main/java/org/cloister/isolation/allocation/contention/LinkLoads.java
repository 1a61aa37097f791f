package org.cloister.isolation.allocation.contention;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * How many pairs, of how many sources and destinations, are pinned to each link: enough to know, for most links, how
 * many flows' worth of load they can get without a matching.
 */
final class LinkLoads {

    private final int[] sources;
    private final BitSet[] destinations;
    private final long[] pairs;
    private final int[] last;

    /** Creates empty loads of links. */
    LinkLoads(int links) {
        this.sources = new int[links];
        this.destinations = new BitSet[links];
        this.pairs = new long[links];
        this.last = new int[links];
        Arrays.setAll(destinations, link -> new BitSet());
        Arrays.fill(last, -1);
    }

    /** Adds what a source sends over a link, at least to one; all of one source before the next, no pair twice. */
    void add(int link, int source, BitSet to) {
        destinations[link].or(to);
        sources[link] += last[link] == source ? 0 : 1;
        last[link] = source;
        pairs[link] += to.cardinality();
    }

    /** Returns a number that no matching of a link's pairs exceeds. */
    int most(int link) {
        return Math.min(sources[link], destinations[link].cardinality());
    }

    /** Returns whether the largest matching of a link's pairs is known to have {@link #most} pairs. */
    boolean isMost(int link) {
        return Matching.isFull(sources[link], destinations[link].cardinality(), pairs[link]);
    }

    /** Returns the links, those first that may have most load. */
    int[] byMost() {
        int[] most = IntStream.range(0, sources.length).map(this::most).toArray();
        return IntStream.range(0, sources.length).boxed().sorted((one, other) -> most[other] - most[one])
                .mapToInt(Integer::intValue).toArray();
    }
}
