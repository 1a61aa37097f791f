package org.cloister.isolation.allocation.placement;

import java.util.Arrays;

/**
 * Uneven shares on leaves that have some spines in common, though not as many as they have hosts there: spines are
 * added to the core as long as the leaves that have all of them free have enough hosts, the spine first that leaves
 * most hosts. Finds a shape whenever leaves with one common spine have enough hosts. Of the leaves the emptiest are
 * taken, the last of them the fullest that does.
 */
final class CommonCore implements ShapeSearch {

    private final FreeLeaves free;
    private final int hosts;
    private final int[] capacity;
    private final int[] reach;
    private boolean done;

    CommonCore(FreeLeaves free, int spines, int hosts, LinkNeed need) {
        this.free = free;
        this.hosts = hosts;
        this.reach = new int[spines];
        this.capacity = new int[free.size()];
        for (int at = 0; at < capacity.length; at++) {
            int most = Math.min(free.hosts(at), hosts);
            capacity[at] = need.links(most, hosts) <= free.spines(at) ? most : Math.min(most, free.spines(at));
        }
    }

    @Override
    public Shape next() {
        if (done) {
            return null;
        }
        done = true;
        int size = 0;
        int spine = widest();
        for (; spine >= 0 && reach[spine] >= hosts; spine = widest()) {
            size++;
            reach[spine] = -1;
            for (int at = 0; at < capacity.length; at++) {
                capacity[at] = free.has(at, spine) ? capacity[at] : 0;
            }
        }
        return size == 0 ? null : emptiest();
    }

    /** The spine outside of the core whose leaves can take most hosts; -1 if there is none. */
    private int widest() {
        int best = -1;
        for (int spine = 0; spine < reach.length; spine++) {
            if (reach[spine] >= 0) {
                reach[spine] = 0;
                for (int at = 0; at < capacity.length; at++) {
                    reach[spine] += free.has(at, spine) ? capacity[at] : 0;
                }
                best = best < 0 || reach[spine] > reach[best] ? spine : best;
            }
        }
        return best;
    }

    private Shape emptiest() {
        int[] places = new int[capacity.length];
        int[] shares = new int[capacity.length];
        int[] byCapacity = SpineRanking.descending(capacity);
        int left = hosts;
        int size = 0;
        while (left > 0) {
            int at = byCapacity[size];
            if (capacity[at] >= left) {
                for (int next = size; next < byCapacity.length && capacity[byCapacity[next]] >= left; next++) {
                    at = byCapacity[next];
                }
            }
            places[size] = at;
            shares[size] = Math.min(left, capacity[at]);
            left -= shares[size++];
        }
        return Shape.of(free, Arrays.copyOf(places, size), shares, size);
    }
}
