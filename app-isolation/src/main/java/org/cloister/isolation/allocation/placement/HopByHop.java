package org.cloister.isolation.allocation.placement;

import org.cloister.isolation.allocation.occupancy.Masks;
import org.cloister.isolation.allocation.occupancy.Occupancy;

/**
 * Every distribution of the hosts over leaves, the emptiest leaves and the greatest shares first: complete, as far as
 * the budget reaches. Leaves are not put together if no free spine leads from one to the other.
 */
final class HopByHop implements ShapeSearch {

    private final Occupancy occupancy;
    private final FreeLeaves free;
    private final LinkNeed need;
    private final int hosts;
    private final Budget budget;
    private final int[] behind;
    private final int[] links;
    private final int[] places;
    private final int[] shares;
    private int size;
    private int left;
    private int at;
    private int share;

    HopByHop(Occupancy occupancy, FreeLeaves free, int hosts, LinkNeed need, Budget budget) {
        this.occupancy = occupancy;
        this.free = free;
        this.need = need;
        this.hosts = hosts;
        this.budget = budget;
        this.behind = new int[free.size() + 1];
        this.links = new int[free.size()];
        this.places = new int[free.size()];
        this.shares = new int[free.size()];
        this.left = hosts;
        for (int place = 0; place < free.size(); place++) {
            int leaf = free.leaf(place);
            links[place] = Math.min(Masks.count(occupancy.up(leaf)), Masks.count(occupancy.down(leaf)));
            behind[place + 1] = behind[place] + greatest(place, Math.min(free.hosts(place), hosts));
        }
        open(free.size() - 1);
    }

    @Override
    public Shape next() {
        while (budget.take(1 + size)) {
            if (share == 0) {
                at--;
                open(at);
            }
            if (at < 0 || behind[at + 1] < left) {
                if (size == 0) {
                    return null;
                }
                takeBack();
            } else if (share > 0) {
                places[size] = at;
                shares[size++] = share;
                left -= share;
                if (left == 0) {
                    Shape found = Shape.of(free, places, shares, size);
                    takeBack();
                    return found;
                }
                at--;
                open(at);
            }
        }
        return null;
    }

    /** Begins with the greatest share that a leaf can take beside those that are chosen; 0 if none. */
    private void open(int place) {
        at = place;
        share = place < 0 || !reaches(place) ? 0 : greatest(place, Math.min(free.hosts(place), left));
    }

    /** Undoes the last choice and goes on with a lesser share there. */
    private void takeBack() {
        size--;
        at = places[size];
        left += shares[size];
        share = greatest(at, shares[size] - 1);
    }

    /** Returns the greatest share up to one that the leaf's free links allow. */
    private int greatest(int place, int most) {
        int greatest = most;
        while (greatest > 0 && need.links(greatest, hosts) > links[place]) {
            greatest--;
        }
        return greatest;
    }

    private boolean reaches(int place) {
        long[] up = occupancy.up(free.leaf(place));
        long[] down = occupancy.down(free.leaf(place));
        for (int other = 0; other < size; other++) {
            int leaf = free.leaf(places[other]);
            if (!Masks.meet(up, occupancy.down(leaf)) || !Masks.meet(occupancy.up(leaf), down)) {
                return false;
            }
        }
        return true;
    }
}
