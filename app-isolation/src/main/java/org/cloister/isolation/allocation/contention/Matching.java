package org.cloister.isolation.allocation.contention;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The size of a maximum matching of (source, destination) pairs: how many of them can be sent at full rate at the same
 * time, as each NIC sends and receives one flow's worth at most. Our own, on bit sets: the library's makes an object of
 * each pair, which took a quarter of the time of a decision on 512 members.
 */
public final class Matching {

    private static final int NONE = -1;

    private Matching() {
    }

    /**
     * Returns the size.
     *
     * @param rows the destinations of each source
     */
    public static int size(List<BitSet> rows) {
        BitSet columns = new BitSet();
        int sources = 0;
        long pairs = 0;
        for (BitSet row : rows) {
            columns.or(row);
            sources += row.isEmpty() ? 0 : 1;
            pairs += row.cardinality();
        }
        int most = Math.min(sources, columns.cardinality());
        if (isFull(sources, columns.cardinality(), pairs)) {
            return most;
        }
        int[] rowOf = new int[columns.length()];
        Arrays.fill(rowOf, NONE);
        List<Integer> unmatched = new ArrayList<>();
        BitSet free = (BitSet) columns.clone();
        // dense pairs, as those of an all-to-all, are matched without looking back
        for (int row = 0; row < rows.size(); row++) {
            int column = firstOf(rows.get(row), free);
            if (column == NONE) {
                unmatched.add(row);
            } else {
                rowOf[column] = row;
                free.clear(column);
            }
        }
        int size = rows.size() - unmatched.size();
        for (int row : unmatched) {
            if (size < most && augment(row, rows, (BitSet) columns.clone(), rowOf)) {
                size++;
            }
        }
        return size;
    }

    /**
     * Returns whether so few pairs are missing that the largest matching of s sources with d destinations has
     * min(s, d) pairs, which is the most it can have: fewer than max(s, d) of the s · d pairs.
     *
     * <p>For if it were smaller, a sources and b destinations with a + b &lt; min(s, d) would cover all pairs (König),
     * and all (s − a) · (d − b) pairs of the others would be missing. That product is least for a + b = min(s, d) − 1
     * and where a or b is 0, as its factors have a constant sum then: it is max(s, d), or min(s, d) · (max(s, d) −
     * min(s, d) + 1), which is no less.
     *
     * @param sources those with a pair
     * @param destinations those with a pair
     * @param pairs how many there are, each counted once
     */
    static boolean isFull(int sources, int destinations, long pairs) {
        return (long) sources * destinations - pairs < Math.max(sources, destinations)
                || Math.min(sources, destinations) <= 1;
    }

    private static int firstOf(BitSet row, BitSet among) {
        int column = row.nextSetBit(0);
        while (column >= 0 && !among.get(column)) {
            column = row.nextSetBit(column + 1);
        }
        return column;
    }

    /** Kuhn's augmenting path; a path is at most as long as there are rows. */
    private static boolean augment(int row, List<BitSet> rows, BitSet unseen, int[] rowOf) {
        for (int column = firstOf(rows.get(row), unseen); column >= 0; column = firstOf(rows.get(row), unseen)) {
            unseen.clear(column);
            if (rowOf[column] == NONE || augment(rowOf[column], rows, unseen, rowOf)) {
                rowOf[column] = row;
                return true;
            }
        }
        return false;
    }
}
