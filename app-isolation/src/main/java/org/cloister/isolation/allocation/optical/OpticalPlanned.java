package org.cloister.isolation.allocation.optical;

import java.util.Objects;
import java.util.Optional;

/** Circuits that {@link OpticalPlanner} found, or that it found none. */
public final class OpticalPlanned {

    private final OpticalPlan plan;
    private final boolean proven;

    private OpticalPlanned(OpticalPlan plan, boolean proven) {
        this.plan = plan;
        this.proven = proven;
    }

    static OpticalPlanned found(OpticalPlan plan) {
        return new OpticalPlanned(Objects.requireNonNull(plan, "plan is null"), plan.proven());
    }

    static OpticalPlanned nothing(boolean proven) {
        return new OpticalPlanned(null, proven);
    }

    /** Returns the circuits; empty if none were found. */
    public Optional<OpticalPlan> plan() {
        return Optional.ofNullable(plan);
    }

    /** Returns whether fewer moves, or any circuits at all where none were found, are known not to do. */
    public boolean proven() {
        return proven;
    }
}
