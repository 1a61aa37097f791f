package org.cloister.isolation.cli;

import org.cloister.isolation.api.Problem;

import java.util.List;
import java.util.stream.Collectors;

/** Refusals for people: the same that HTTP answers, in a line. */
final class Refusals {

    private Refusals() {
    }

    static String text(Problem problem) {
        List<String> more = problem.errors().stream().map(error -> error.pointer() + ": " + error.message())
                .filter(message -> !problem.detail().equals(message.substring(message.indexOf(": ") + 2)))
                .collect(Collectors.toList());
        problem.shortage().map(Problem.Shortage::links).filter(links -> !links.isEmpty()).ifPresent(links ->
                more.add("it would do if these were free: " + String.join(", ", links)));
        if (problem.unproven()) {
            more.add("the search was bounded");
        }
        more.add(0, problem.type().code());
        return problem.detail() + " (" + String.join("; ", more) + ")";
    }
}
