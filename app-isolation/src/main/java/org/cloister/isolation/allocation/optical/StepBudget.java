package org.cloister.isolation.allocation.optical;

/** How much searching a decision may cost, in steps and not in time: the same answer on every machine. */
final class StepBudget {

    private long left;

    StepBudget(long steps) {
        this.left = steps;
    }

    /** Takes steps off the budget; returns whether any are left. */
    boolean spend(long steps) {
        left -= steps;
        return left > 0;
    }

    /** Returns a budget of at most so many steps, which are taken off this one beforehand. */
    StepBudget share(long steps) {
        long shared = Math.max(0, Math.min(left, steps));
        left -= shared;
        return new StepBudget(shared);
    }

    /** Gives back what is left of a share. */
    void giveBack(StepBudget share) {
        left += Math.max(0, share.left);
    }

    /** Returns whether any steps are left. */
    boolean isLeft() {
        return left > 0;
    }
}
