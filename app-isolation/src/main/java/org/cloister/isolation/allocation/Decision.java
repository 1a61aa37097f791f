package org.cloister.isolation.allocation;

import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Problem;

import java.util.Objects;
import java.util.function.Function;

/** An allocation or a refusal. */
public final class Decision {

    private final Allocation allocation;
    private final Problem refusal;

    private Decision(Allocation allocation, Problem refusal) {
        this.allocation = allocation;
        this.refusal = refusal;
    }

    /** Returns the decision for an allocation. */
    public static Decision allocated(Allocation allocation) {
        return new Decision(Objects.requireNonNull(allocation, "allocation is null"), null);
    }

    /** Returns the decision against a request. */
    public static Decision refused(Problem refusal) {
        return new Decision(null, Objects.requireNonNull(refusal, "refusal is null"));
    }

    /** Returns what the matching function makes of the decision. */
    public <T> T fold(Function<Allocation, T> ifAllocated, Function<Problem, T> ifRefused) {
        return allocation != null ? ifAllocated.apply(allocation) : ifRefused.apply(refusal);
    }
}
