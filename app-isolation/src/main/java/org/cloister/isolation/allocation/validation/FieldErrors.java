package org.cloister.isolation.allocation.validation;

import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.Problem.FieldError;
import org.cloister.isolation.api.ProblemType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Collects what is wrong with a request, so that a scheduler hears of everything at once. A problem has one type: that
 * of the errors to be put right first, in the order {@link #PRECEDENCE}; the fields come in that order too.
 */
public final class FieldErrors {

    private static final List<ProblemType> PRECEDENCE = List.of(ProblemType.INVALID_REQUEST,
            ProblemType.UNKNOWN_PATTERN, ProblemType.NOT_SUPPORTED, ProblemType.UNKNOWN_HOST,
            ProblemType.DUPLICATE_MEMBER, ProblemType.MISSING_ROLE, ProblemType.RATE_EXCEEDS_PORT,
            ProblemType.NOT_ENFORCEABLE);

    private final Map<Integer, List<FieldError>> byPrecedence = new TreeMap<>();

    /** Adds an error. */
    void add(ProblemType type, String pointer, Object value, String message) {
        byPrecedence.computeIfAbsent(PRECEDENCE.indexOf(type), index -> new ArrayList<>())
                .add(FieldError.of(pointer, value, message));
    }

    /** Returns whether there are none. */
    boolean isEmpty() {
        return byPrecedence.isEmpty();
    }

    /** Returns the problem of all errors; empty if there are none. */
    Optional<Problem> problem() {
        List<FieldError> all = new ArrayList<>();
        byPrecedence.values().forEach(all::addAll);
        return byPrecedence.keySet().stream().findFirst().map(first -> Problem.builder()
                .type(PRECEDENCE.get(first)).detail(summary(all)).errors(all).build());
    }

    /** Returns the first error and how many more there are. */
    public static String summary(List<FieldError> errors) {
        String first = errors.get(0).message();
        return errors.size() == 1 ? first : first + " (and " + (errors.size() - 1) + " more)";
    }
}
