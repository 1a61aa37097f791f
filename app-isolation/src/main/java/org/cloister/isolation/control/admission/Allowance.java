package org.cloister.isolation.control.admission;

import org.cloister.isolation.control.plan.Pass;

/** How many more decisions one pass may make: an allocator may think long, and all else waits for the pass to end. */
final class Allowance {

    private int left;

    Allowance(int left) {
        this.left = left;
    }

    /** Takes one decision; returns false if it has to be left to the next pass, which follows at once. */
    boolean take(Pass pass) {
        if (left == 0) {
            pass.plan().wake(pass.now());
            return false;
        }
        left--;
        return true;
    }

    /** Takes decisions that were made together with one that was taken, as many as are left. */
    void takeMore(int decisions) {
        left -= Math.min(left, decisions);
    }

    /** Adds what somebody else has not used. */
    Allowance and(Allowance other) {
        return new Allowance(left + other.left);
    }
}
