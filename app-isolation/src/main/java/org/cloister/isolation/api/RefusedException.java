package org.cloister.isolation.api;

import java.util.Objects;

/** A request was refused; nothing was stored and no switch was touched. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /** Creates the refusal for a problem. */
    public RefusedException(Problem problem) {
        super(Objects.requireNonNull(problem, "problem is null").type().code() + ": " + problem.detail());
        this.problem = problem;
    }

    /** Returns why. */
    public Problem problem() {
        return problem;
    }
}
