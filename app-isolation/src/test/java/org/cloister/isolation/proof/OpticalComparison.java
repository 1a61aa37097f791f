package org.cloister.isolation.proof;

import org.cloister.isolation.allocation.CircuitAllocator;
import org.cloister.isolation.allocation.CommonSpineAllocator;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.api.Problem;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Compares answers to requests that light may be moved for with what {@link OpticalSearch} finds, and counts. */
final class OpticalComparison {

    private static final long EFFORT = 5_000_000;

    private final List<String> disagreements = new ArrayList<>();
    private final Map<String, Integer> counts = new TreeMap<>();

    /** Compares one answer; those to demands without steps are left out, as nothing is claimed of them. */
    void compare(Case problem) {
        if (!problem.traffic().collectives().stream().allMatch(Traffic.Collective::inSteps)) {
            return;
        }
        Optional<int[]> best;
        OptionalInt moves;
        try {
            OpticalSearch search = new OpticalSearch(problem, new Effort(EFFORT));
            best = search.best();
            moves = search.fewestMoves();
        } catch (Effort.Exceeded exceeded) {
            count("undecided by exact search");
            return;
        }
        count("cases");
        new CircuitAllocator(new CommonSpineAllocator()).allocate(problem.fabric(), problem.ledger(), problem.request())
                .fold(allocation -> {
                    compare(problem, allocation, best);
                    compareMoves(problem, allocation, moves);
                    return true;
                }, refusal -> {
                    compare(problem, refusal, best);
                    return true;
                });
    }

    private void compare(Case problem, Allocation allocation, Optional<int[]> best) {
        if (allocation.guarantee() == Guarantee.ISOLATED) {
            count(best.isPresent() ? "isolated although lock-step is possible" : "isolated");
            if (allocation.optimal()) {
                disagree(problem, "claim", "claims to be optimal without a guarantee");
            }
            return;
        }
        count("guaranteed");
        int[] found = {Shapes.spines(allocation), allocation.links().size(), allocation.circuitsToMove()};
        if (best.isEmpty()) {
            if (allocation.reach() == Allocation.Reach.ALL) {
                disagree(problem, "impossible", "grants spines, links, moves " + Arrays.toString(found)
                        + " that reach everybody, which is impossible");
            } else {
                // links that are there may do where reaching everybody is not possible
                count("guaranteed to some pairs only");
            }
            return;
        }
        int order = Arrays.compare(found, best.get());
        String text = "spines, links, moves " + Arrays.toString(found) + ", the optimum is "
                + Arrays.toString(best.get());
        if (order < 0 && allocation.reach() == Allocation.Reach.ALL) {
            disagree(problem, "undercut", text);
        }
        count(order == 0 ? "optimum met" : "not the optimum");
        if (allocation.optimal()) {
            count("optimal claimed");
            if (order > 0) {
                disagree(problem, "claim", "claims to be optimal with " + text);
            }
        }
    }

    private void compareMoves(Case problem, Allocation allocation, OptionalInt fewest) {
        if (allocation.guarantee() != Guarantee.ISOLATED && allocation.reach() == Allocation.Reach.ALL
                && fewest.isPresent()) {
            int moves = allocation.circuitsToMove();
            count(moves <= fewest.getAsInt() ? "fewest moves" : "more moves than there must be");
            counts.merge("moves", moves, Integer::sum);
            counts.merge("moves of exact search", fewest.getAsInt(), Integer::sum);
        }
    }

    private void compare(Case problem, Problem refusal, Optional<int[]> best) {
        count("refused");
        if (best.isPresent()) {
            if (refusal.unproven()) {
                count("refused unproven although possible");
            } else {
                disagree(problem, "refusal", "refused although possible with " + Arrays.toString(best.get()) + ": "
                        + refusal.detail());
            }
        }
    }

    /** Adds what another comparison found. */
    void add(OpticalComparison other) {
        disagreements.addAll(other.disagreements);
        other.counts.forEach((what, count) -> counts.merge(what, count, Integer::sum));
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    private void disagree(Case problem, String kind, String text) {
        count("disagreement: " + kind);
        disagreements.add(kind + ": " + text + "; " + problem + ", light " + problem.fabric().circuits());
    }

    List<String> disagreements() {
        return disagreements;
    }

    Map<String, Integer> counts() {
        return counts;
    }
}
