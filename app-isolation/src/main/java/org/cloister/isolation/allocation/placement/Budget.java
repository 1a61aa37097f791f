package org.cloister.isolation.allocation.placement;

/**
 * How many steps the searches of one decision may still take, so that a decision ends and ends alike on every machine.
 * A step is a look at a leaf, at a pair of leaves or at a leaf's link to a spine: about 5 ns.
 */
final class Budget {

    private int left;

    Budget(int steps) {
        this.left = steps;
    }

    /** Takes steps; returns whether there were any left. */
    boolean take(int steps) {
        if (left <= 0) {
            return false;
        }
        left -= steps;
        return true;
    }

    /** Returns whether no steps are left. */
    boolean spent() {
        return left <= 0;
    }
}
