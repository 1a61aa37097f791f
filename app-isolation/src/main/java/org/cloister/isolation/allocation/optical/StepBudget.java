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

    /** Returns whether any steps are left. */
    boolean isLeft() {
        return left > 0;
    }
}
