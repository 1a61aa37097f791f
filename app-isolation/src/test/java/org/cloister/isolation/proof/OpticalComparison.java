package org.cloister.isolation.proof;

import org.cloister.isolation.allocation.circuits.CircuitAllocator;
import org.cloister.isolation.allocation.planning.CommonSpineAllocator;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.fabric.Circuit;
import org.cloister.isolation.fabric.ImmutableFabric;
import org.cloister.isolation.fabric.Link;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares answers to requests that light may be moved for with what {@link OpticalSearch} finds, and counts.
 *
 * <p>A grant has the fewest moves if no whole circuits that guarantee as much, and lead from every leaf to every other,
 * take fewer, over however many spines and links. Only links that are there may do with less, where somebody holds one
 * direction of them: then nothing moves. Every grant's rules are proven over the light that it asks for.
 */
final class OpticalComparison {

    private static final long EFFORT = 5_000_000;

    private final List<String> disagreements = new ArrayList<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final RuleProof rules = new RuleProof();

    /** Compares one answer; those to demands without steps are left out, as nothing is claimed of them. */
    void compare(Case problem) {
        if (!problem.traffic().collectives().stream().allMatch(Traffic.Collective::inSteps)) {
            return;
        }
        Optional<int[]> best;
        OptionalInt inLockStep;
        OptionalInt atAnyTiming;
        try {
            OpticalSearch search = new OpticalSearch(problem, new Effort(EFFORT));
            best = search.best();
            inLockStep = search.fewestMoves(false);
            atAnyTiming = search.fewestMoves(true);
        } catch (Effort.Exceeded exceeded) {
            count("undecided by exact search");
            return;
        }
        count("cases");
        new CircuitAllocator(new CommonSpineAllocator()).allocate(problem.fabric(), problem.ledger(), problem.request())
                .fold(allocation -> {
                    compare(problem, allocation, best);
                    compareMoves(problem, allocation,
                            allocation.guarantee() == Guarantee.ANY_TIMING ? atAnyTiming : inLockStep);
                    rules.check(lit(problem, allocation), allocation);
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
            count("grants whose moves are compared");
            if (moves == 0 || moves == fewest.getAsInt()) {
                count("fewest moves");
            } else {
                disagree(problem, "moves", moves + " moves, the fewest are " + fewest.getAsInt());
            }
            counts.merge("moves", moves, Integer::sum);
            counts.merge("moves of exact search", fewest.getAsInt(), Integer::sum);
        }
    }

    /** Returns the case when all circuits of a grant were made: with their links, and without those that gave way. */
    private static Case lit(Case problem, Allocation allocation) {
        Set<Link> links = new TreeSet<>(problem.fabric().links());
        Set<Circuit> displaced = allocation.displacedCircuits().stream().map(circuit -> Circuit.of(
                circuit.opticalSwitch(), circuit.ports().get(0), circuit.ports().get(1))).collect(Collectors.toSet());
        links.removeIf(link -> problem.fabric().fibreIndex().under(link).filter(displaced::contains).isPresent());
        allocation.links().forEach(link -> links.addAll(
                List.of(Link.of(link.from(), link.to()), Link.of(link.to(), link.from()))));
        return new Case(problem.seed(), ImmutableFabric.copyOf(problem.fabric()).withLinks(links), problem.ledger(),
                problem.spec());
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
        rules.add(other.rules);
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

    /** Returns what rules of grants let through that they should not, or not what they should. */
    List<String> violations() {
        return rules.violations();
    }

    Map<String, Integer> counts() {
        return counts;
    }
}
