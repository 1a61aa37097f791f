package org.cloister.isolation.allocation.validation;

import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.api.Problem;

import java.util.Objects;
import java.util.function.Function;

/** A request that makes sense in the fabric, or all that is wrong with it. */
public final class Validation {

    private final Request request;
    private final Problem problem;

    private Validation(Request request, Problem problem) {
        this.request = request;
        this.problem = problem;
    }

    static Validation valid(Request request) {
        return new Validation(Objects.requireNonNull(request, "request is null"), null);
    }

    static Validation refused(Problem problem) {
        return new Validation(null, Objects.requireNonNull(problem, "problem is null"));
    }

    /** Returns what the matching function makes of the outcome. */
    public <T> T fold(Function<Request, T> ifValid, Function<Problem, T> ifRefused) {
        return request != null ? ifValid.apply(request) : ifRefused.apply(problem);
    }
}
