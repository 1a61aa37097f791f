package org.cloister.isolation.allocation.placement;

import java.util.Arrays;

/** So many hosts on each of these leaves: what a placement is before links are chosen. */
final class Shape {

    private final int[] leaves;
    private final int[] hosts;

    /**
     * Creates a shape; the arrays become its own.
     *
     * @param leaves ascending
     * @param hosts at least one on each
     */
    Shape(int[] leaves, int[] hosts) {
        this.leaves = leaves;
        this.hosts = hosts;
    }

    /** Returns the shape of the first so many places of a search. */
    static Shape of(FreeLeaves free, int[] places, int[] shares, int size) {
        long[] sorted = new long[size];
        for (int at = 0; at < size; at++) {
            sorted[at] = (long) free.leaf(places[at]) << Integer.SIZE | shares[at];
        }
        Arrays.sort(sorted);
        int[] leaves = new int[size];
        int[] hosts = new int[size];
        for (int at = 0; at < size; at++) {
            leaves[at] = (int) (sorted[at] >>> Integer.SIZE);
            hosts[at] = (int) sorted[at];
        }
        return new Shape(leaves, hosts);
    }

    int[] leaves() {
        return leaves;
    }

    int[] hosts() {
        return hosts;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape && Arrays.equals(leaves, ((Shape) other).leaves)
                && Arrays.equals(hosts, ((Shape) other).hosts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(leaves) + Arrays.hashCode(hosts);
    }
}
