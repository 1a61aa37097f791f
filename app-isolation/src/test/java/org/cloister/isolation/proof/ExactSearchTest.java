package org.cloister.isolation.proof;

import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.api.ImmutablePattern;
import org.cloister.isolation.api.Member;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.PatternType;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Link;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class ExactSearchTest {

    private static final long EFFORT = 10_000_000;
    private static final int MOST_ASSIGNMENTS = 20_000;

    /** Every choice of a spine for every pair, those of patterns and one more for each two leaves. */
    @Test
    void findsWhatTryingEverythingFinds() {
        int compared = 0;
        int possible = 0;
        for (long seed = 1; compared < 200; seed++) {
            Case problem = SmallCases.of(seed);
            Everything everything = new Everything(problem);
            if (everything.assignments() <= MOST_ASSIGNMENTS) {
                Optional<String> found = new ExactSearch(problem, false, new Effort(EFFORT)).optimum()
                        .map(ExactSearch.Optimum::toString);
                assertThat(found).as("%s", problem).isEqualTo(everything.optimum());
                compared++;
                possible += found.isPresent() && !found.get().startsWith("0") ? 1 : 0;
            }
        }
        assertThat(possible).isGreaterThan(50);
    }

    @Test
    void aRingOfLeavesNeedsASpineAndALinkEachWay() {
        assertThat(optimum(Pattern.of(PatternType.RING), 1, 1, 1, 1)).hasToString("1 spines, 8 links");
    }

    @Test
    void anAllToAllNeedsAsManySpinesAsItsBusiestStep() {
        assertThat(optimum(Pattern.of(PatternType.ALL_TO_ALL), 3, 3).spines()).isEqualTo(3);
        assertThat(optimum(Pattern.of(PatternType.ALL_TO_ALL), 2, 2, 2).spines()).isEqualTo(2);
    }

    @Test
    void whatCrossesNothingNeedsWaysBetweenItsLeavesOnly() {
        Pattern apart = ImmutablePattern.copyOf(Pattern.of(PatternType.ALL_TO_ALL))
                .withGroups(List.of(List.of(0, 1), List.of(2, 3)));
        assertThat(optimum(apart, 2, 2)).hasToString("1 spines, 4 links");
    }

    private static ExactSearch.Optimum optimum(Pattern pattern, int... shares) {
        FabricDraft draft = new FabricDraft(shares.length, 4, 1);
        for (int leaf = 0; leaf < shares.length; leaf++) {
            for (int index = 0; index < shares[leaf]; index++) {
                draft.host(leaf, "node-" + leaf + "-" + index, 0, false);
            }
        }
        List<Member> members = draft.hosts().stream().map(host -> Member.of(host.name())).collect(Collectors.toList());
        Case problem = new Case(0, draft.build(), Ledger.empty(),
                SliceSpec.builder().members(members).addPatterns(pattern).build());
        return new ExactSearch(problem, false, new Effort(EFFORT)).optimum().orElseThrow();
    }

    /** All assignments, one by one, without a thought. */
    private static final class Everything {
        private final Case problem;
        private final Traffic traffic;
        private final List<String> spines;
        private final List<int[]> pairs = new ArrayList<>();
        private final List<List<int[]>> moments = new ArrayList<>();
        private final Set<String> free = new HashSet<>();
        private int[] best;

        Everything(Case problem) {
            this.problem = problem;
            this.traffic = problem.traffic();
            this.spines = problem.fabric().switches().keySet().stream().filter(name -> name.startsWith("spine"))
                    .collect(Collectors.toList());
            for (Link link : problem.fabric().links()) {
                if (problem.isFree(link)) {
                    free.add(link.from().switchName() + link.to().switchName());
                }
            }
            for (int index = 0; index < traffic.collectives().size(); index++) {
                int collective = index;
                traffic.collectives().get(index).each((step, from, to) -> {
                    if (traffic.crosses(from, to)) {
                        at(from, to).add(new int[] {collective, step});
                    }
                });
            }
            int sent = pairs.size();
            boolean everywhere = leadsEverywhere();
            List<Host> members = problem.request().members();
            for (int from = 0; from < members.size(); from++) {
                for (int to = 0; to < members.size(); to++) {
                    int source = from;
                    int destination = to;
                    boolean answers = pairs.subList(0, sent).stream().anyMatch(pair ->
                            leaf(pair[0]).equals(leaf(destination)) && leaf(pair[1]).equals(leaf(source)));
                    boolean known = pairs.stream().anyMatch(pair ->
                            leaf(pair[0]).equals(leaf(source)) && leaf(pair[1]).equals(leaf(destination)));
                    if (!leaf(from).equals(leaf(to)) && !known && (everywhere || answers)) {
                        at(from, to); // sent at no moment
                    }
                }
            }
        }

        private List<int[]> at(int from, int to) {
            for (int index = 0; index < pairs.size(); index++) {
                if (Arrays.equals(pairs.get(index), new int[] {from, to})) {
                    return moments.get(index);
                }
            }
            pairs.add(new int[] {from, to});
            moments.add(new ArrayList<>());
            return moments.get(moments.size() - 1);
        }

        private String leaf(int rank) {
            return problem.request().members().get(rank).port().switchName();
        }

        private boolean leadsEverywhere() {
            List<String> leaves = problem.request().members().stream().map(host -> host.port().switchName()).distinct()
                    .collect(Collectors.toList());
            return leaves.stream().allMatch(from -> leaves.stream().allMatch(to -> from.equals(to)
                    || spines.stream().anyMatch(spine -> free.contains(from + spine) && free.contains(spine + to))));
        }

        double assignments() {
            return Math.pow(spines.size(), pairs.size());
        }

        Optional<String> optimum() {
            assign(new int[pairs.size()], 0);
            return best == null ? Optional.empty() : Optional.of(best[0] + " spines, " + best[1] + " links");
        }

        private void assign(int[] spineOf, int index) {
            if (index == spineOf.length) {
                judge(spineOf);
                return;
            }
            for (int spine = 0; spine < spines.size(); spine++) {
                spineOf[index] = spine;
                assign(spineOf, index + 1);
            }
        }

        private void judge(int[] spineOf) {
            Set<String> links = new HashSet<>();
            Set<Integer> used = new HashSet<>();
            for (int one = 0; one < spineOf.length; one++) {
                used.add(spineOf[one]);
                links.add(leaf(pairs.get(one)[0]) + spines.get(spineOf[one]));
                links.add(spines.get(spineOf[one]) + leaf(pairs.get(one)[1]));
                for (int other = 0; other < one; other++) {
                    if (spineOf[one] == spineOf[other] && meet(pairs.get(one), pairs.get(other))
                            && coincide(moments.get(one), moments.get(other))) {
                        return;
                    }
                }
            }
            int[] found = {used.size(), links.size()};
            if (free.containsAll(links) && (best == null || Arrays.compare(found, best) < 0)) {
                best = found;
            }
        }

        private boolean meet(int[] one, int[] other) {
            return one[0] != other[0] && one[1] != other[1]
                    && (leaf(one[0]).equals(leaf(other[0])) || leaf(one[1]).equals(leaf(other[1])));
        }

        private boolean coincide(List<int[]> ones, List<int[]> others) {
            return ones.stream().anyMatch(one -> others.stream().anyMatch(other -> one[0] == other[0]
                    ? one[1] == other[1] || !traffic.collectives().get(one[0]).inSteps()
                    : traffic.coincide(traffic.collectives().get(one[0]), traffic.collectives().get(other[0]))));
        }
    }
}
