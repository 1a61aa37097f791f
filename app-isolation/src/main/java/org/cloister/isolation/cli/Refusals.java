package org.cloister.isolation.cli;

import org.cloister.isolation.api.Problem;

import java.util.stream.Collectors;

/** Refusals for people: the same that HTTP answers, in a line. */
final class Refusals {

    private Refusals() {
    }

    static String text(Problem problem) {
        String fields = problem.errors().stream().map(error -> error.pointer() + ": " + error.message())
                .filter(message -> !problem.detail().equals(message.substring(message.indexOf(": ") + 2)))
                .collect(Collectors.joining("; "));
        return problem.detail() + " (" + problem.type().code() + (fields.isEmpty() ? "" : "; " + fields) + ")";
    }
}
