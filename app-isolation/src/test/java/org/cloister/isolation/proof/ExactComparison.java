package org.cloister.isolation.proof;

import org.cloister.isolation.allocation.Decision;
import org.cloister.isolation.allocation.planning.CommonSpineAllocator;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.Reach;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.proof.ExactSearch.Optimum;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Compares the allocator's answers with what {@link ExactSearch} finds, and counts. */
final class ExactComparison {

    private static final long EFFORT = 200_000;

    private final List<String> disagreements = new ArrayList<>();
    private final List<String> shortfalls = new ArrayList<>();
    private final Map<String, Integer> counts = new TreeMap<>();

    /** Compares one answer. */
    void compare(Case problem) {
        Decision decision = new CommonSpineAllocator().allocate(problem.fabric(), problem.ledger(), problem.request());
        try {
            decision.fold(allocation -> {
                compare(problem, allocation);
                return true;
            }, refusal -> {
                compare(problem, refusal);
                return true;
            });
            count("cases");
        } catch (Effort.Exceeded exceeded) {
            count("undecided by exact search");
        }
    }

    private void compare(Case problem, Allocation allocation) {
        ExactSearch search = new ExactSearch(problem, allocation.guarantee() == Guarantee.ANY_TIMING,
                new Effort(EFFORT));
        if (search.leadsEverywhere() && allocation.reach() != Reach.ALL) {
            disagree(problem, "reach", "free links lead everywhere, the slice reaches " + allocation.reach());
        }
        if (allocation.guarantee() == Guarantee.ISOLATED) {
            isolated(problem, allocation, search);
            return;
        }
        count("guaranteed");
        Optional<Optimum> optimum = search.optimum();
        if (optimum.isEmpty()) {
            disagree(problem, "impossible", "granted " + allocation.guarantee() + ", exact search finds none");
            return;
        }
        int spines = Shapes.spines(allocation);
        int links = allocation.links().size();
        boolean met = spines == optimum.get().spines() && links == optimum.get().links();
        String found = spines + " spines, " + links + " links, the optimum is " + optimum.get();
        if (spines < optimum.get().spines() || spines == optimum.get().spines() && links < optimum.get().links()) {
            disagree(problem, "undercut", found);
        }
        count(met ? "optimum met" : spines == optimum.get().spines() ? "more links than optimum"
                : "more spines than optimum");
        if (allocation.optimal()) {
            count("optimal claimed");
            if (!met) {
                disagree(problem, "claim", "claims to be optimal with " + found);
            }
        }
    }

    /** No guarantee is right only where the fabric could give none with nobody else on it. */
    private void isolated(Case problem, Allocation allocation, ExactSearch search) {
        count("isolated");
        if (allocation.optimal()) {
            count("optimal claimed on isolated");
            checkReserved(problem, allocation);
        }
        boolean stepwise = problem.traffic().collectives().stream().allMatch(Traffic.Collective::inSteps);
        if (stepwise && search.isPossible()) {
            fallShort(problem, "weak", "isolated only, although lock-step is possible on what is free");
        } else if (stepwise && search.isPossibleAlone()) {
            fallShort(problem, "weakened", "isolated only, although lock-step is possible when others have gone");
        }
    }

    private void compare(Case problem, Problem refusal) {
        count("refused");
        if (refusal.unproven()) {
            count("refused unproven");
        }
        ExactSearch search = new ExactSearch(problem, false, new Effort(EFFORT));
        boolean stepwise = problem.traffic().collectives().stream().allMatch(Traffic.Collective::inSteps);
        if (stepwise && search.isPossible()) {
            refuse(problem, refusal, "refused although possible: " + refusal.detail() + ", "
                    + search.optimum().orElseThrow());
        } else if (search.isAlone() && search.leadsEverywhere() && !refusal.unproven()) {
            fallShort(problem, "refused alone", "refused although nobody else is there: " + refusal.detail());
        }
    }

    /** What rests on a bounded search may be wrong if it says so. */
    private void refuse(Case problem, Problem refusal, String text) {
        if (refusal.unproven()) {
            count("refused unproven although possible");
        } else {
            disagree(problem, "refusal", text);
        }
    }

    /**
     * What may be sent at any time is given as many links as its busiest moment fills at each leaf, and as many spines
     * as that takes at the busiest; fewer of either would not be that.
     */
    private void checkReserved(Case problem, Allocation allocation) {
        Traffic traffic = problem.traffic();
        if (traffic.collectives().size() > 1 || traffic.collectives().get(0).inSteps()) {
            return;
        }
        int[] leafOf = traffic.leafNumbers();
        Map<Integer, List<int[]>> sides = new TreeMap<>();
        traffic.collectives().get(0).each((step, from, to) -> {
            if (traffic.crosses(from, to)) {
                sides.computeIfAbsent(2 * leafOf[from], side -> new ArrayList<>()).add(new int[] {from, to});
                sides.computeIfAbsent(2 * leafOf[to] + 1, side -> new ArrayList<>()).add(new int[] {from, to});
            }
        });
        int links = sides.values().stream().mapToInt(AnyTiming::matching).sum();
        int spines = sides.values().stream().mapToInt(AnyTiming::matching).max().orElse(0);
        count("optimal claimed on isolated, compared");
        if (Shapes.spines(allocation) > spines || allocation.links().size() > links) {
            disagree(problem, "claim on isolated", "claims to be optimal with " + Shapes.spines(allocation)
                    + " spines, " + allocation.links().size() + " links; its busiest moments fill " + spines + " and "
                    + links);
        }
    }

    /** Adds what another comparison found. */
    void add(ExactComparison other) {
        disagreements.addAll(other.disagreements);
        shortfalls.addAll(other.shortfalls);
        other.counts.forEach((what, count) -> counts.merge(what, count, Integer::sum));
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    /** No claim is wrong, but more could be had. */
    private void fallShort(Case problem, String kind, String text) {
        count("shortfall: " + kind);
        shortfalls.add(kind + ": " + text + "; " + problem);
    }

    private void disagree(Case problem, String kind, String text) {
        count("disagreement: " + kind);
        disagreements.add(kind + ": " + text + "; " + problem);
    }

    Map<String, Integer> counts() {
        return counts;
    }

    /** Returns claims and refusals that are wrong. */
    List<String> disagreements() {
        return disagreements;
    }

    /** Returns answers without a claim where more could be had: a guarantee, or isolation in place of a refusal. */
    List<String> shortfalls() {
        return shortfalls;
    }
}
