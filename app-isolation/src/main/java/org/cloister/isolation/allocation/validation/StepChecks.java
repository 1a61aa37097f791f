package org.cloister.isolation.allocation.validation;

import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.ProblemType;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks the steps of a {@code steps} pattern: pairs of ranks of the slice, in each step every rank at most once as
 * source and once as destination, as a NIC has one flow's worth each way. Groups are refused: the pairs say it all.
 */
final class StepChecks {

    private static final int ENDS = 2;
    private static final String[] WORDS = {"source", "destination"};

    private final int members;
    private final FieldErrors errors;

    StepChecks(int members, FieldErrors errors) {
        this.members = members;
        this.errors = errors;
    }

    void check(Pattern pattern, String pointer) {
        if (!pattern.groups().isEmpty()) {
            errors.add(ProblemType.INVALID_REQUEST, pointer + "/groups", pattern.groups(),
                    "pattern steps has no groups, its pairs are ranks of the slice");
        }
        if (pattern.perRail()) {
            errors.add(ProblemType.INVALID_REQUEST, pointer + "/perRail", true,
                    "pattern steps has no groups that rails could be made of");
        }
        if (pattern.steps().isEmpty()) {
            errors.add(ProblemType.INVALID_REQUEST, pointer + "/steps", pattern.steps(),
                    "pattern steps has at least one step");
        }
        for (int step = 0; step < pattern.steps().size(); step++) {
            check(pattern.steps().get(step), pointer + "/steps/" + step);
        }
    }

    private void check(List<List<Integer>> step, String pointer) {
        if (step == null || step.isEmpty()) {
            errors.add(ProblemType.INVALID_REQUEST, pointer, step, "a step has at least one pair");
            return;
        }
        List<Set<Integer>> seen = List.of(new HashSet<>(), new HashSet<>());
        for (int index = 0; index < step.size(); index++) {
            List<Integer> pair = step.get(index);
            String at = pointer + "/" + index;
            if (pair == null || pair.size() != ENDS) {
                errors.add(ProblemType.INVALID_REQUEST, at, pair, "a pair is [source rank, destination rank]");
            } else if (pair.get(0) != null && pair.get(0).equals(pair.get(1))) {
                errors.add(ProblemType.INVALID_REQUEST, at, pair, "rank " + pair.get(0) + " does not send to itself");
            } else {
                for (int end = 0; end < ENDS; end++) {
                    check(pair.get(end), WORDS[end], seen.get(end), at + "/" + end);
                }
            }
        }
    }

    private void check(Integer rank, String end, Set<Integer> seen, String pointer) {
        if (rank == null || rank < 0 || members > 0 && rank >= members) {
            errors.add(ProblemType.INVALID_REQUEST, pointer, rank,
                    rank + " is not a rank; there are " + members + " members");
        } else if (!seen.add(rank)) {
            errors.add(ProblemType.INVALID_REQUEST, pointer, rank,
                    "rank " + rank + " is the " + end + " of another pair of the step");
        }
    }
}
