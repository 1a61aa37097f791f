package org.cloister.benchmarks.replay.job;

import java.util.stream.IntStream;

/** Where the ranks of a job are: leaf by leaf, and on each leaf server by server. */
public final class Layout {

    private final int[] leaves;
    private final int[] leafOf;
    private final int[] nodeOf;

    /**
     * Deals ranks out.
     *
     * @param leaves the job's leaves
     * @param hosts how many hosts on each of them
     * @param hostsPerNode how many hosts make a server
     */
    public Layout(int[] leaves, int[] hosts, int hostsPerNode) {
        this.leaves = leaves.clone();
        int size = IntStream.of(hosts).sum();
        this.leafOf = new int[size];
        this.nodeOf = new int[size];
        int rank = 0;
        int node = 0;
        for (int place = 0; place < leaves.length; place++) {
            for (int host = 0; host < hosts[place]; host++, rank++) {
                leafOf[rank] = leaves[place];
                nodeOf[rank] = node + host / hostsPerNode;
            }
            node += (hosts[place] + hostsPerNode - 1) / hostsPerNode;
        }
    }

    /** Returns the layout of so many ranks on as few servers as can be, which is what ideal times are based on. */
    public static Layout packed(int hosts, int hostsPerNode) {
        return new Layout(new int[]{0}, new int[]{hosts}, hostsPerNode);
    }

    /** Returns the leaves. */
    public int[] leaves() {
        return leaves.clone();
    }

    /** Returns how many ranks there are. */
    public int hosts() {
        return leafOf.length;
    }

    /** Returns the leaf of a rank. */
    public int leaf(int rank) {
        return leafOf[rank];
    }

    /** Returns whether two ranks are on the same server. */
    public boolean sameNode(int rank, int other) {
        return nodeOf[rank] == nodeOf[other];
    }
}
