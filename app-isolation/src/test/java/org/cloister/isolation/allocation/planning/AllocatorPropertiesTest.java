package org.cloister.isolation.allocation.planning;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.cloister.isolation.allocation.BruteForce;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.Scenario;
import org.cloister.isolation.allocation.contention.MinimumLinks;
import org.cloister.isolation.allocation.traffic.Attachments;
import org.cloister.isolation.allocation.traffic.Demand;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Allocation.Reach;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.fabric.Link;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class AllocatorPropertiesTest {

    private static final String SEED = "20240229";
    private static final int TRIES = 600;
    private static final double COMBINATIONS_MAX = 400;

    private final CommonSpineAllocator allocator = new CommonSpineAllocator();

    @Property(tries = TRIES, seed = SEED)
    void holdsOnlyLinksThatAreThereAndFree(@ForAll long seed) {
        Scenario scenario = Scenario.of(seed);
        allocation(scenario).ifPresent(allocation -> {
            List<Link> links = links(allocation);
            assertThat(links).doesNotHaveDuplicates().isSorted().allSatisfy(link -> {
                assertThat(scenario.fabric().links()).contains(link);
                assertThat(scenario.ledger().reserved()).doesNotContainKey(link);
            });
            assertThat(allocation.links()).allSatisfy(link -> assertThat(link.reservedBitsPerSecond())
                    .isEqualTo(scenario.fabric().linkBitsPerSecond()));
            assertThat(allocation.tag()).isEqualTo(102);
        });
    }

    @Property(tries = TRIES, seed = SEED)
    void everyPairThatHasToReachEachOtherHasExactlyOneWay(@ForAll long seed) {
        Scenario scenario = Scenario.of(seed);
        allocation(scenario).ifPresent(allocation -> {
            BruteForce judge = new BruteForce(allocation);
            List<Pattern> patterns = scenario.request().patterns();
            Statistics.collect(allocation.reach());
            judge.ways().forEach((pair, way) -> {
                boolean needed = allocation.reach() == Reach.ALL || judge.sends(patterns, pair.from, pair.to)
                        || judge.sends(patterns, pair.to, pair.from);
                assertThat(way.size()).as("%s in %s", pair, scenario).isIn(needed ? List.of(2) : List.of(0, 2));
            });
            assertThat(allocation.members()).extracting(AllocatedMember::host)
                    .isEqualTo(scenario.request().members().stream().map(host -> host.name())
                            .collect(Collectors.toList()));
        });
        Statistics.coverage(seen -> {
            seen.check(Reach.ALL).percentage(percent -> percent > 20);
            seen.check(Reach.PATTERNS).count(count -> count > 3);
        });
    }

    /** Where the free links lead from every leaf to every other, nobody is cut off. */
    @Property(tries = TRIES, seed = SEED)
    void onlyWhereTheFreeLinksDoNotLeadEverywhereDoesASliceReachLess(@ForAll long seed) {
        Scenario scenario = Scenario.of(seed);
        allocation(scenario).filter(allocation -> allocation.reach() == Reach.PATTERNS).ifPresent(allocation -> {
            List<String> leaves = allocation.members().stream().map(AllocatedMember::leaf).distinct()
                    .collect(Collectors.toList());
            assertThat(leaves.stream().anyMatch(from -> leaves.stream().anyMatch(to -> !from.equals(to)
                    && free(scenario, from, true).stream().noneMatch(free(scenario, to, false)::contains))))
                    .as("%s", scenario).isTrue();
        });
    }

    private static Set<String> free(Scenario scenario, String leaf, boolean outwards) {
        return scenario.fabric().links().stream()
                .filter(link -> !scenario.ledger().reserved().containsKey(link))
                .filter(link -> (outwards ? link.from() : link.to()).switchName().equals(leaf))
                .map(link -> (outwards ? link.to() : link.from()).switchName()).collect(Collectors.toSet());
    }

    @Property(tries = TRIES, seed = SEED)
    void holdsNoLinkThatNoMemberUses(@ForAll long seed) {
        allocation(Scenario.of(seed)).ifPresent(allocation -> assertThat(new BruteForce(allocation).ways().values()
                .stream().flatMap(List::stream).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(allocation.links()));
    }

    @Property(tries = TRIES, seed = SEED)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void guaranteesExactlyWhatHoldsByDefinition(@ForAll long seed) {
        Scenario scenario = Scenario.of(seed);
        allocation(scenario).ifPresent(allocation -> {
            BruteForce judge = new BruteForce(allocation);
            if (judge.combinations(scenario.request().patterns()) <= COMBINATIONS_MAX) {
                assertThat(allocation.maxFlowsPerLink()).as("flows in %s", scenario)
                        .isEqualTo(judge.maxFlows(scenario.request().patterns()));
                assertThat(allocation.guarantee()).as("guarantee in %s", scenario)
                        .isEqualTo(judge.guarantee(scenario.request().patterns()));
                Statistics.collect(allocation.guarantee());
            }
        });
        Statistics.coverage(seen -> {
            seen.check(Guarantee.ANY_TIMING).percentage(percent -> percent > 5);
            seen.check(Guarantee.LOCK_STEP).percentage(percent -> percent > 1);
            seen.check(Guarantee.ISOLATED).percentage(percent -> percent > 5);
        });
    }

    @Property(tries = TRIES, seed = SEED)
    void arpOfALeafGoesUpOneOfTheSlicesUplinksAndElsewhereOnlyToLeavesThatItDoesNotLeadTo(@ForAll long seed) {
        allocation(Scenario.of(seed)).filter(allocation -> !allocation.links().isEmpty()).ifPresent(allocation -> {
            Set<String> leaves = allocation.members().stream().map(AllocatedMember::leaf).collect(Collectors.toSet());
            Map<String, FabricPort> byLeaf = new HashMap<>();
            for (AllocatedMember member : allocation.members()) {
                assertThat(member.arpUplink().isPresent() || allocation.reach() == Reach.PATTERNS).isTrue();
                member.arpUplink().ifPresent(port -> {
                    assertThat(byLeaf.computeIfAbsent(member.leaf(), leaf -> port)).isEqualTo(port);
                    assertThat(reached(allocation, member.leaf(), port)).isNotEmpty();
                    if (allocation.members().stream().allMatch(other -> other.leafDetours().isEmpty())
                            && allocation.reach() == Reach.ALL) {
                        assertThat(reached(allocation, member.leaf(), port))
                                .containsAll(leaves.stream().filter(leaf -> !leaf.equals(member.leaf()))
                                        .collect(Collectors.toSet()));
                    }
                });
            }
        });
    }

    @Property(tries = TRIES, seed = SEED)
    void theSameQuestionHasTheSameAnswer(@ForAll long seed) {
        Scenario scenario = Scenario.of(seed);
        Scenario again = Scenario.of(seed);
        assertThat(allocator.allocate(scenario.fabric(), scenario.ledger(), scenario.request())
                .<Object>fold(allocation -> allocation, problem -> problem))
                .isEqualTo(allocator.allocate(again.fabric(), again.ledger(), again.request())
                        .<Object>fold(allocation -> allocation, problem -> problem));
    }

    @Property(tries = TRIES, seed = SEED)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void aRefusalIsTrue(@ForAll long seed) {
        Scenario scenario = Scenario.of(seed);
        Optional<Problem> refusal = allocator.allocate(scenario.fabric(), scenario.ledger(), scenario.request())
                .fold(allocation -> Optional.empty(), Optional::of);
        Statistics.collect(refusal.map(Problem::type));
        Statistics.coverage(seen -> {
            seen.check(Optional.empty()).percentage(percent -> percent > 20);
            seen.check(Optional.of(ProblemType.HOST_IN_USE)).percentage(percent -> percent > 1);
            seen.check(Optional.of(ProblemType.INSUFFICIENT_UPLINKS)).percentage(percent -> percent > 1);
            seen.check(Optional.of(ProblemType.NO_COMMON_SPINES)).percentage(percent -> percent > 1);
        });
        refusal.ifPresent(problem -> {
            if (problem.type() == ProblemType.HOST_IN_USE) {
                assertThat(problem.errors()).isNotEmpty().allSatisfy(error ->
                        assertThat(scenario.ledger().hosts()).containsKey(error.value().asText()));
            } else {
                Problem.Shortage shortage = problem.shortage().orElseThrow();
                assertThat(shortage.free()).isLessThan(shortage.needed());
                assertThat(problem.type()).isIn(ProblemType.INSUFFICIENT_UPLINKS, ProblemType.NO_COMMON_SPINES);
                if (shortage.kind().equals("uplinks") || shortage.kind().equals("downlinks")) {
                    assertThat(freeNeighbours(scenario, shortage.at(), shortage.kind().equals("uplinks")))
                            .as("%s in %s", problem, scenario).isEqualTo(shortage.free());
                }
            }
        });
    }

    @Property(tries = TRIES, seed = SEED)
    void neighboursCanDelayASliceButNotWorsenIt(@ForAll long seed) {
        Scenario scenario = Scenario.of(seed);
        Optional<Allocation> crowded = allocation(scenario);
        Optional<Allocation> alone = allocator.allocate(scenario.fabric(), Ledger.empty(), scenario.request())
                .fold(Optional::of, problem -> Optional.empty());
        crowded.ifPresent(allocation -> {
            int needed = MinimumLinks.of(Demand.of(scenario.request().patterns(), Attachments.of(allocation)))
                    .largest();
            assertThat(spines(allocation)).isGreaterThanOrEqualTo(Math.min(needed, spines(alone.orElseThrow())));
        });
    }

    @Property(tries = TRIES, seed = SEED)
    void claimsToBeOptimalOnlyWithAsFewSpinesAsTheBusiestLeafNeeds(@ForAll long seed) {
        Scenario scenario = Scenario.of(seed);
        allocation(scenario).filter(Allocation::optimal).ifPresent(allocation -> {
            if (spines(allocation) > 1) {
                // with one spine fewer, some leaf would be left with fewer links than pairs that leave or enter it
                Demand demand = Demand.of(scenario.request().patterns(), Attachments.of(allocation));
                MinimumLinks minimum = MinimumLinks.of(demand);
                List<String> leaves = demand.attachments().leaves();
                boolean needed = false;
                for (int leaf = 0; leaf < leaves.size(); leaf++) {
                    needed |= most(scenario, leaves.get(leaf), true, spines(allocation) - 1) < minimum.out(leaf);
                    needed |= most(scenario, leaves.get(leaf), false, spines(allocation) - 1) < minimum.in(leaf);
                }
                assertThat(needed).as("%s", scenario).isTrue();
            }
        });
    }

    private static long most(Scenario scenario, String leaf, boolean outwards, int spines) {
        return scenario.fabric().links().stream()
                .filter(link -> (outwards ? link.from() : link.to()).switchName().equals(leaf))
                .collect(Collectors.groupingBy(link -> (outwards ? link.to() : link.from()).switchName(),
                        Collectors.counting()))
                .values().stream().sorted(Comparator.reverseOrder()).limit(spines).mapToLong(Long::longValue).sum();
    }

    private static long freeNeighbours(Scenario scenario, String leaf, boolean outwards) {
        return scenario.fabric().links().stream()
                .filter(link -> !scenario.ledger().reserved().containsKey(link))
                .filter(link -> (outwards ? link.from() : link.to()).switchName().equals(leaf))
                .map(link -> (outwards ? link.to() : link.from()).switchName()).distinct().count();
    }

    private static Set<String> reached(Allocation allocation, String leaf, FabricPort uplink) {
        List<Link> links = links(allocation);
        return links.stream().filter(up -> up.from().equals(uplink) && uplink.switchName().equals(leaf))
                .flatMap(up -> links.stream()
                        .filter(down -> down.from().switchName().equals(up.to().switchName()))
                        .map(down -> down.to().switchName()))
                .collect(Collectors.toSet());
    }

    private static int spines(Allocation allocation) {
        return (int) allocation.links().stream().map(link -> link.from().switchName())
                .filter(name -> name.startsWith("spine")).distinct().count();
    }

    private static List<Link> links(Allocation allocation) {
        List<Link> links = new ArrayList<>();
        allocation.links().forEach(link -> links.add(Link.of(link.from(), link.to())));
        return links;
    }

    private Optional<Allocation> allocation(Scenario scenario) {
        return allocator.allocate(scenario.fabric(), scenario.ledger(), scenario.request())
                .fold(Optional::of, problem -> Optional.empty());
    }
}
