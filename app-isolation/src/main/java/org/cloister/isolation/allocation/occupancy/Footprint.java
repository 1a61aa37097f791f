package org.cloister.isolation.allocation.occupancy;

import java.util.Arrays;

/**
 * What a slice takes of a fabric, in numbers: on each of its leaves so many hosts, and one link to and from each spine
 * of a set. Arrays are shared with the caller and must not be changed.
 */
public final class Footprint {

    private final int[] leaves;
    private final int[] hosts;
    private final long[][] up;
    private final long[][] down;

    /**
     * Creates a footprint.
     *
     * @param leaves the leaves' numbers, ascending
     * @param hosts how many hosts on each of them, at least one
     * @param up by place in {@code leaves}, the spines that a link goes up to: 64 to a word, lowest bit first
     * @param down likewise, the spines that a link comes down from
     */
    public Footprint(int[] leaves, int[] hosts, long[][] up, long[][] down) {
        this.leaves = leaves;
        this.hosts = hosts;
        this.up = up;
        this.down = down;
    }

    /** Returns how many leaves there are. */
    public int size() {
        return leaves.length;
    }

    /** Returns the number of the leaf at a place. */
    public int leaf(int place) {
        return leaves[place];
    }

    /** Returns how many hosts are taken on the leaf at a place. */
    public int hosts(int place) {
        return hosts[place];
    }

    /** Returns how many hosts are taken. */
    public int hosts() {
        return Arrays.stream(hosts).sum();
    }

    /** Returns the spines that a link goes up to from the leaf at a place. */
    public long[] up(int place) {
        return up[place];
    }

    /** Returns the spines that a link comes down from to the leaf at a place. */
    public long[] down(int place) {
        return down[place];
    }

    /** Returns how many directed links are taken. */
    public int links() {
        int links = 0;
        for (int place = 0; place < leaves.length; place++) {
            links += Masks.count(up[place]) + Masks.count(down[place]);
        }
        return links;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int place = 0; place < leaves.length; place++) {
            text.append(place == 0 ? "" : ", ").append(leaves[place]).append(": ").append(hosts[place])
                    .append(" hosts, up ").append(Masks.text(up[place])).append(", down ")
                    .append(Masks.text(down[place]));
        }
        return text.toString();
    }
}
