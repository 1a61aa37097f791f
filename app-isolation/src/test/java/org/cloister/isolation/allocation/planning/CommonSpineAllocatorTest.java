package org.cloister.isolation.allocation.planning;

import com.google.common.collect.Lists;
import org.cloister.isolation.allocation.ImmutableLedger;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.Plans;
import org.cloister.isolation.allocation.Preference;
import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.Scenario;
import org.cloister.isolation.allocation.TestFabric;
import org.cloister.isolation.allocation.contention.MinimumLinks;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.Problem.FieldError;
import org.cloister.isolation.api.Problem.Shortage;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.isolation.allocation.Plans.allocated;
import static org.cloister.isolation.allocation.Plans.pattern;
import static org.cloister.isolation.allocation.Plans.perRail;
import static org.cloister.isolation.allocation.Plans.refused;
import static org.cloister.isolation.allocation.Plans.request;
import static org.cloister.isolation.allocation.Plans.shuffled;
import static org.cloister.isolation.allocation.Plans.spines;

class CommonSpineAllocatorTest {

    private static final long GIGABIT_100 = 100_000_000_000L;

    @Test
    void aRingPackedLeafByLeafTakesOneSpineAndIsSafeAtAnyTiming() {
        TestFabric fabric = TestFabric.of(4, 4).hostsPerLeaf(4);
        Allocation ring = allocated(fabric.build(), request(fabric.hosts(), pattern("ring")));
        assertThat(ring.guarantee()).isEqualTo(Guarantee.ANY_TIMING);
        assertThat(ring.maxFlowsPerLink()).isEqualTo(1);
        assertThat(ring.optimal()).isTrue();
        assertThat(ring.suggestedRanks()).isEmpty();
        assertThat(ring.links()).hasSize(8).allSatisfy(link ->
                assertThat(link.reservedBitsPerSecond()).isEqualTo(GIGABIT_100));
        assertThat(spines(ring)).isEqualTo(1);
    }

    @Test
    void allToAllIsSafeInLockStepWithTheBoundsOfTheTheory() {
        TestFabric four = TestFabric.of(4, 4).hostsPerLeaf(4);
        Allocation small = allocated(four.build(), request(four.hosts(), pattern("all-to-all")));
        assertThat(small.guarantee()).isEqualTo(Guarantee.LOCK_STEP);
        assertThat(small.maxFlowsPerLink()).isEqualTo(3);
        assertThat(small.optimal()).isTrue();
        TestFabric eight = TestFabric.of(8, 8).hostsPerLeaf(8);
        assertThat(allocated(eight.build(), request(eight.hosts(), pattern("all-to-all"))).maxFlowsPerLink())
                .isEqualTo(7);
    }

    @Test
    void halvingDoublingWithEqualSharesIsSafeAtAnyTiming() {
        TestFabric fabric = TestFabric.of(8, 8).hostsPerLeaf(8);
        Allocation allocation = allocated(fabric.build(), request(fabric.hosts(), pattern("halving-doubling")));
        assertThat(allocation.guarantee()).isEqualTo(Guarantee.ANY_TIMING);
        assertThat(spines(allocation)).isEqualTo(8);
    }

    @Test
    void ringsPerRailTakeOneSpineAndAFlatRingSixteen() {
        TestFabric pods = Plans.twoPodsOfEightRails();
        Allocation rails = allocated(pods.build(), request(pods.hosts(), perRail("ring")));
        assertThat(spines(rails)).isEqualTo(1);
        assertThat(rails.guarantee()).isEqualTo(Guarantee.ANY_TIMING);
        Allocation flat = allocated(pods.build(), request(pods.hosts(), pattern("ring")));
        assertThat(spines(flat)).isEqualTo(16);
        assertThat(crossing(pods.hosts())).isEqualTo(256);
        assertThat(flat.suggestedRanks()).isPresent();
        assertThat(spines(allocated(pods.build(), request(flat.suggestedRanks().get().stream()
                .map(pods.hosts()::get).collect(Collectors.toList()), pattern("ring"))))).isEqualTo(1);
    }

    @Test
    void aRingOfNodesInRandomOrderIsToldTheOrderThatTakesOneSpine() {
        TestFabric fabric = TestFabric.of(4, 16).hostsPerLeaf(8);
        for (long seed = 1; seed <= 5; seed++) {
            List<Host> given = shuffled(fabric.hosts(), seed);
            Allocation ring = allocated(fabric.build(), request(given, pattern("ring")));
            assertThat(spines(ring)).isGreaterThan(1);
            List<Integer> ranks = ring.suggestedRanks().orElseThrow();
            assertThat(ranks).containsExactlyInAnyOrderElementsOf(
                    IntStream.range(0, 32).boxed().collect(Collectors.toList()));
            Allocation better = allocated(fabric.build(), request(ranks.stream().map(given::get)
                    .collect(Collectors.toList()), pattern("ring")));
            assertThat(spines(better)).isEqualTo(1);
            assertThat(better.guarantee()).isEqualTo(Guarantee.ANY_TIMING);
            assertThat(better.suggestedRanks()).isEmpty();
        }
    }

    /** In the given order, NIC by NIC, 16 of a leaf's NICs send to another leaf at once: less is no guarantee. */
    @Test
    void aFlatRingOfSeveralNicsIsRefusedWithLessThanItsOrderTakesAndItsRailsAreNot() {
        TestFabric pods = Plans.twoPodsOfEightRails();
        ImmutableLedger.Builder taken = ImmutableLedger.builder();
        for (int leaf = 0; leaf < 16; leaf++) {
            taken.putReserved(TestFabric.up(leaf, leaf), 1L);
        }
        Ledger ledger = taken.build();
        Request flat = request(pods.hosts(), pattern("ring"));
        assertThat(MinimumLinks.of(Plans.demand(flat)).largest()).isEqualTo(16);
        assertThat(refused(pods.build(), ledger, flat).shortage().orElseThrow().needed()).isEqualTo(16);
        Allocation rails = allocated(pods.build(), ledger, request(pods.hosts(), perRail("ring")));
        assertThat(rails.guarantee()).isEqualTo(Guarantee.ANY_TIMING);
        assertThat(rails.suggestedRanks()).isEmpty();
    }

    private static long crossing(List<Host> ring) {
        long crossing = 0;
        for (int rank = 0; rank < ring.size(); rank++) {
            Host next = ring.get((rank + 1) % ring.size());
            crossing += ring.get(rank).port().switchName().equals(next.port().switchName()) ? 0 : 1;
        }
        return crossing;
    }

    @Test
    void anyReservesWhatTheBusiestLeafCanSendAndPromisesIsolationOnly() {
        TestFabric fabric = TestFabric.of(2, 8).shape(6, 2);
        Allocation allocation = allocated(fabric.build(), request(fabric.hosts(), pattern("any")));
        assertThat(spines(allocation)).isEqualTo(2);
        assertThat(allocation.guarantee()).isEqualTo(Guarantee.ISOLATED);
        assertThat(allocation.maxFlowsPerLink()).isEqualTo(2);
        assertThat(allocation.optimal()).isTrue();
    }

    @Test
    void anyOfTwoHostsIsSafeAtAnyTiming() {
        TestFabric fabric = TestFabric.of(2, 1).shape(1, 1);
        assertThat(allocated(fabric.build(), request(fabric.hosts(), pattern("any"))).guarantee())
                .isEqualTo(Guarantee.ANY_TIMING);
    }

    @Test
    void concurrentPatternsAreJudgedTogether() {
        // each ring alone is safe on one spine, but both cross from the same leaves
        TestFabric fabric = TestFabric.of(2, 2).hostsPerLeaf(2);
        Request both = request(fabric.hosts(), pattern("ring").withGroups(List.of(List.of(0, 2))),
                pattern("ring").withGroups(List.of(List.of(1, 3))));
        assertThat(spines(allocated(fabric.build(), both))).isEqualTo(2);
        Request inTurn = request(fabric.hosts(),
                pattern("ring").withGroups(List.of(List.of(0, 2))).withExclusiveGroup("phase"),
                pattern("ring").withGroups(List.of(List.of(1, 3))).withExclusiveGroup("phase"));
        Allocation one = allocated(fabric.build(), inTurn);
        assertThat(spines(one)).isEqualTo(1);
        assertThat(one.guarantee()).isEqualTo(Guarantee.LOCK_STEP);
        assertThat(one.maxFlowsPerLink()).isEqualTo(2);
    }

    @Test
    void oneLeafTakesNoLinks() {
        TestFabric fabric = TestFabric.of(2, 2).hostsPerLeaf(4);
        Allocation allocation = allocated(fabric.build(), request(fabric.hosts().subList(0, 4), pattern("any")));
        assertThat(allocation.links()).isEmpty();
        assertThat(allocation.guarantee()).isEqualTo(Guarantee.ANY_TIMING);
        assertThat(allocation.maxFlowsPerLink()).isZero();
        assertThat(allocation.optimal()).isTrue();
        assertThat(allocation.members()).allSatisfy(member -> {
            assertThat(member.uplink()).isEmpty();
            assertThat(member.arpUplink()).isEmpty();
        });
    }

    @Test
    void nicsOfOneNodeReachEachOtherThoughNoPatternSendsThere() {
        TestFabric fabric = TestFabric.of(2, 1).host("a-0", "a", 0, 0).host("a-1", "a", 1, 1);
        Allocation allocation = allocated(fabric.build(), request(fabric.hosts(), pattern("all-to-all")));
        assertThat(allocation.links()).hasSize(4);
        assertThat(allocation.maxFlowsPerLink()).isZero();
    }

    @Test
    void aMemberIsShownWithAllThatItsRulesNeed() {
        TestFabric fabric = TestFabric.of(2, 1).shape(1, 1);
        AllocatedMember member = allocated(fabric.build(), request(fabric.hosts(), pattern("ring"))).members().get(1);
        assertThat(member).isEqualTo(AllocatedMember.builder().rank(1).host("h-1-0").node("n-1-0").nic(0)
                .addIpv4("10.0.0.2").mac("02:00:00:00:00:02").leaf("leaf-001").port(FabricPort.of("leaf-001/1"))
                .uplink(FabricPort.of("leaf-001/100")).arpUplink(FabricPort.of("leaf-001/100")).build());
    }

    @Test
    void spinesThatAreInUseGoFirstSoThatWholeOnesStayFree() {
        TestFabric fabric = TestFabric.of(4, 3).hostsPerLeaf(1);
        Ledger ledger = ImmutableLedger.builder().putReserved(TestFabric.up(3, 1), GIGABIT_100).build();
        Allocation allocation = allocated(fabric.build(), ledger,
                request(fabric.hosts().subList(0, 2), pattern("ring")));
        assertThat(allocation.links()).extracting(link -> link.from().switchName())
                .contains("spine-001").doesNotContain("spine-000", "spine-002");
    }

    @Test
    void aColourMovesToAnotherSpineToMakeRoom() {
        // leaf 0 reaches both spines, leaf 1 only the first, and only one of them has to
        TestFabric fabric = TestFabric.of(3, 2).shape(2, 1, 1)
                .broken(TestFabric.up(1, 1)).broken(TestFabric.up(2, 0));
        Allocation allocation = allocated(fabric.build(), request(fabric.hosts(), pattern("all-to-all")));
        assertThat(allocation.members().subList(2, 4)).extracting(member -> member.uplink().get().toString())
                .containsExactly("leaf-001/100", "leaf-002/110");
        assertThat(spines(allocation)).isEqualTo(2);
    }

    @Test
    void ofParallelLinksTheFirstFreeOneIsTaken() {
        TestFabric fabric = TestFabric.withParallelLinks(2, 1, 2).shape(1, 1);
        Ledger ledger = ImmutableLedger.builder().putReserved(TestFabric.up(0, 0), 1L).build();
        assertThat(allocated(fabric.build(), ledger, request(fabric.hosts(), pattern("ring"))).members())
                .extracting(member -> member.uplink().get().toString())
                .containsExactly("leaf-000/101", "leaf-001/100");
    }

    @Test
    void aSliceDoesNotShareALinkOfWhichAnythingIsReserved() {
        TestFabric fabric = TestFabric.of(2, 1).shape(1, 1);
        Ledger ledger = ImmutableLedger.builder().putReserved(TestFabric.down(1, 0), 1L).build();
        Problem problem = refused(fabric.build(), ledger, request(fabric.hosts(), pattern("ring")));
        assertThat(problem.type()).isEqualTo(ProblemType.INSUFFICIENT_UPLINKS);
        assertThat(problem.detail()).isEqualTo("leaf-001 has 0 of 1 downlinks free");
        assertThat(problem.shortage().map(Scenario::withoutLinks)).contains(Shortage.of("leaf-001", "downlinks", 1, 0));
    }

    @Test
    void neighboursDelayASliceAndDoNotWorsenIt() {
        TestFabric fabric = TestFabric.of(2, 4).hostsPerLeaf(2);
        Ledger ledger = ImmutableLedger.builder().putReserved(TestFabric.up(1, 0), 1L)
                .putReserved(TestFabric.up(1, 2), 1L).putReserved(TestFabric.up(1, 3), 1L).build();
        Problem problem = refused(fabric.build(), ledger, request(fabric.hosts(), pattern("all-to-all")));
        assertThat(problem.type()).isEqualTo(ProblemType.INSUFFICIENT_UPLINKS);
        assertThat(problem.detail()).isEqualTo("leaf-001 has 1 of 2 uplinks free");
        assertThat(problem.shortage().map(Scenario::withoutLinks)).contains(Shortage.of("leaf-001", "uplinks", 2, 1));
        assertThat(problem.type().retryable()).isTrue();
    }

    @Test
    void aFabricThatNeverHasEnoughSpinesGivesWhatItHasAndSaysSo() {
        TestFabric fabric = TestFabric.of(2, 2).hostsPerLeaf(4);
        Allocation allocation = allocated(fabric.build(), request(fabric.hosts(), pattern("all-to-all")));
        assertThat(spines(allocation)).isEqualTo(2);
        assertThat(allocation.guarantee()).isEqualTo(Guarantee.ISOLATED);
        assertThat(allocation.maxFlowsPerLink()).isEqualTo(2);
        assertThat(allocation.optimal()).isFalse();
    }

    @Test
    void fewerSpinesThanAnyPairsFillAreNotCalledOptimal() {
        TestFabric fabric = TestFabric.of(2, 2).hostsPerLeaf(4);
        Allocation allocation = allocated(fabric.build(), request(fabric.hosts(), pattern("any")));
        assertThat(spines(allocation)).isEqualTo(2);
        assertThat(allocation.optimal()).isFalse();
    }

    @Test
    void leavesWithNoSpineInCommonFindAWayHopByHop() {
        TestFabric fabric = TestFabric.of(2, 2).shape(1, 1);
        Ledger ledger = ImmutableLedger.builder().putReserved(TestFabric.up(0, 0), 1L)
                .putReserved(TestFabric.up(1, 1), 1L).build();
        Allocation allocation = allocated(fabric.build(), ledger, request(fabric.hosts(), pattern("ring")));
        assertThat(allocation.guarantee()).isEqualTo(Guarantee.ANY_TIMING);
        assertThat(allocation.links()).hasSize(4);
        assertThat(allocation.suggestedRanks()).isEmpty();
    }

    @Test
    void leavesWithFreeUplinksToSpinesThatDoNotLeadOnAreRefused() {
        TestFabric fabric = TestFabric.of(2, 2).shape(1, 1);
        Ledger ledger = ImmutableLedger.builder().putReserved(TestFabric.up(0, 0), 1L)
                .putReserved(TestFabric.down(1, 1), 1L).build();
        Problem problem = refused(fabric.build(), ledger, request(fabric.hosts(), pattern("ring")));
        assertThat(problem.type()).isEqualTo(ProblemType.NO_COMMON_SPINES);
        assertThat(problem.shortage().map(Scenario::withoutLinks)).contains(Shortage.of("fabric", "spines", 1, 0));
        assertThat(problem.unproven()).isFalse();
    }

    @Test
    void hostsInUseAreAllNamedAndTheirSliceIsNot() {
        TestFabric fabric = TestFabric.of(1, 1).hostsPerLeaf(4);
        Ledger ledger = ImmutableLedger.builder().putHosts("h-0-1", SliceId.of("secret"))
                .putHosts("h-0-3", SliceId.of("secret")).build();
        Problem problem = refused(fabric.build(), ledger, request(fabric.hosts(), pattern("ring")));
        assertThat(problem.type()).isEqualTo(ProblemType.HOST_IN_USE);
        assertThat(problem.errors()).extracting(FieldError::pointer)
                .containsExactly("/members/1/host", "/members/3/host");
        assertThat(problem.toString()).contains("h-0-1", "h-0-3").doesNotContain("secret");
    }

    @Test
    void theLowestFreeTagIsTakenUntilThereIsNone() {
        TestFabric fabric = TestFabric.of(1, 1).hostsPerLeaf(1).tags(100, 102);
        Request request = request(fabric.hosts(), pattern("any"));
        Ledger some = ImmutableLedger.builder().addTags(100, 102).build();
        assertThat(allocated(fabric.build(), some, request).tag()).isEqualTo(101);
        Ledger all = ImmutableLedger.builder().addTags(100, 101, 102).build();
        Problem problem = refused(fabric.build(), all, request);
        assertThat(problem.type()).isEqualTo(ProblemType.TAGS_EXHAUSTED);
        assertThat(problem.detail()).contains("100 to 102");
        assertThat(problem.shortage()).contains(Shortage.of("fabric", "tags", 1, 0));
    }

    @Test
    void aRandomOrderOfARingIsToldABetterOne() {
        TestFabric fabric = TestFabric.of(8, 8).hostsPerLeaf(4);
        List<Host> members = shuffled(fabric.hosts(), 1);
        Allocation random = allocated(fabric.build(), request(members, pattern("ring")));
        assertThat(spines(random)).isGreaterThan(1);
        assertThat(random.suggestedRanks()).isPresent();
        List<Host> better = random.suggestedRanks().get().stream().map(members::get).collect(Collectors.toList());
        assertThat(better).containsExactlyInAnyOrderElementsOf(members);
        assertThat(spines(allocated(fabric.build(), request(better, pattern("ring"))))).isEqualTo(1);
    }

    @Test
    void aBetterOrderKeepsTheNicsOfANodeTogetherWhereThatIsAsGood() {
        TestFabric pods = TestFabric.of(4, 4);
        for (int node = 0; node < 8; node++) {
            // nodes of two pods in turn
            pods.host("g-" + node + "-0", "g-" + node, 0, 2 * (node % 2))
                    .host("g-" + node + "-1", "g-" + node, 1, 2 * (node % 2) + 1);
        }
        Allocation inTurn = allocated(pods.build(), request(pods.hosts(), perRail("ring")));
        assertThat(spines(inTurn)).isEqualTo(4);
        assertThat(inTurn.suggestedRanks()).contains(List.of(0, 1, 4, 5, 8, 9, 12, 13, 2, 3, 6, 7, 10, 11, 14, 15));
    }

    @Test
    void withParallelLinksFewerSpinesCouldDoSoNothingIsClaimed() {
        TestFabric fabric = TestFabric.withParallelLinks(2, 2, 2).hostsPerLeaf(2);
        Allocation allocation = allocated(fabric.build(), request(fabric.hosts(), pattern("all-to-all")));
        assertThat(spines(allocation)).isEqualTo(2);
        assertThat(allocation.optimal()).isFalse();
    }

    /** Two links are free where two are needed, but they are parallel: that there is no way is not proven. */
    @Test
    void aRefusalWhereParallelLinksAreFreeIsUnproven() {
        for (String type : List.of("all-to-all", "any")) {
            TestFabric fabric = TestFabric.withParallelLinks(2, 2, 2).hostsPerLeaf(2);
            ImmutableLedger.Builder ledger = ImmutableLedger.builder();
            fabric.build().links().stream().filter(link -> (link.from() + " " + link.to()).contains("spine-001"))
                    .forEach(link -> ledger.putReserved(link, 1L).addExclusive(link));
            Request request = request(fabric.hosts(), pattern(type));
            assertThat(refused(fabric.build(), ledger.build(), request).unproven()).isTrue();
            TestFabric single = TestFabric.of(2, 2).hostsPerLeaf(2);
            ImmutableLedger.Builder less = ImmutableLedger.builder();
            single.build().links().stream().filter(link -> (link.from() + " " + link.to()).contains("spine-001"))
                    .forEach(link -> less.putReserved(link, 1L).addExclusive(link));
            assertThat(refused(single.build(), less.build(), request(single.hosts(), pattern(type))).unproven())
                    .isFalse();
        }
    }

    @Test
    void anOrderThatWinsBackTheGuaranteeIsSuggestedToo() {
        TestFabric fabric = TestFabric.of(8, 1).hostsPerLeaf(8);
        List<Host> members = shuffled(fabric.hosts(), 1);
        Allocation random = allocated(fabric.build(), request(members, pattern("ring")));
        assertThat(random.guarantee()).isEqualTo(Guarantee.ISOLATED);
        assertThat(random.optimal()).isFalse();
        List<Host> better = random.suggestedRanks().orElseThrow().stream().map(members::get)
                .collect(Collectors.toList());
        assertThat(allocated(fabric.build(), request(better, pattern("ring"))).guarantee())
                .isEqualTo(Guarantee.ANY_TIMING);
    }

    /** König: where no pair is sent in two steps, as many spines do as pairs leave a leaf in one. */
    @Test
    void pairsGetWaysOfTheirOwnWhereAColourForEachSourceTakesMoreSpines() {
        TestFabric uneven = TestFabric.of(4, 24).shape(16, 16, 16, 5);
        Request request = request(uneven.hosts(), pattern("all-to-all"));
        Allocation pairs = allocated(uneven.build(), request);
        assertThat(spines(pairs)).isEqualTo(16);
        assertThat(pairs.guarantee()).isEqualTo(Guarantee.LOCK_STEP);
        assertThat(pairs.members().stream().mapToInt(member -> member.detours().size()).sum()).isBetween(1, 200);
        Allocation plain = new CommonSpineAllocator(Preference.FEWER_RULES)
                .allocate(uneven.build(), Ledger.empty(), request).fold(found -> found, problem -> null);
        assertThat(spines(plain)).isEqualTo(18);
        assertThat(plain.guarantee()).isEqualTo(Guarantee.LOCK_STEP);
        assertThat(plain.members()).allMatch(member -> member.detours().isEmpty() && member.leafDetours().isEmpty());
    }

    @Test
    void ranksInAnyOrderGetTheirGuaranteeByWaysOfTheirOwn() {
        TestFabric fabric = TestFabric.of(8, 8).hostsPerLeaf(8);
        Allocation random = allocated(fabric.build(), request(shuffled(fabric.hosts(), 1), pattern("all-to-all")));
        assertThat(random.guarantee()).isEqualTo(Guarantee.LOCK_STEP);
        assertThat(spines(random)).isEqualTo(8);
    }

    /** As many links at each leaf as its hosts can fill, the fewest there can be; all of them are sent over. */
    @Test
    void anyOfAnUnevenShapeTakesAtEachLeafWhatItsHostsCanFill() {
        TestFabric fabric = TestFabric.of(4, 24).shape(16, 16, 16, 5);
        Allocation allocation = allocated(fabric.build(), request(fabric.hosts(), pattern("any")));
        assertThat(allocation.links()).hasSize(2 * 53);
        assertThat(spines(allocation)).isEqualTo(16);
        assertThat(allocation.maxFlowsPerLink()).isLessThanOrEqualTo(5);
        assertThat(allocation.optimal()).isTrue();
    }

    /** Far above what it takes: a decision must not become one that is waited for. */
    @Test
    @Timeout(20)
    void aThousandMembersInAnyOrderAreDecidedOn() {
        TestFabric racks = TestFabric.of(64, 16).hostsPerLeaf(16);
        Fabric fabric = racks.build();
        Allocation packed = allocated(fabric, request(racks.hosts(), pattern("all-to-all")));
        assertThat(packed.guarantee()).isEqualTo(Guarantee.LOCK_STEP);
        assertThat(spines(packed)).isEqualTo(16);
        for (String type : List.of("ring", "all-to-all", "halving-doubling", "any")) {
            assertThat(allocated(fabric, request(shuffled(racks.hosts(), 2), pattern(type))).members())
                    .hasSize(1024);
        }
    }

    /** As many groups as a request may name, all at once: comparing them two by two would take hours. */
    @Test
    @Timeout(60)
    void thousandsOfConcurrentGroupsAreDecidedOn() {
        TestFabric racks = TestFabric.of(64, 16).hostsPerLeaf(16);
        Pattern[] patterns = new Pattern[32];
        for (int index = 0; index < patterns.length; index++) {
            List<Integer> ranks = IntStream.range(0, 1024).boxed().collect(Collectors.toList());
            Collections.shuffle(ranks, new Random(index));
            patterns[index] = pattern("ring").withGroups(Lists.partition(ranks, 2));
        }
        assertThat(allocated(racks.build(), request(racks.hosts(), patterns)).guarantee())
                .isEqualTo(Guarantee.ISOLATED);
    }
}
