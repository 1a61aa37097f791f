package org.cloister.isolation.allocation.hosts;

import org.cloister.isolation.allocation.Decision;
import org.cloister.isolation.allocation.ImmutableLedger;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.TestFabric;
import org.cloister.isolation.allocation.occupancy.Footprint;
import org.cloister.isolation.allocation.placement.CloisterPlacer;
import org.cloister.isolation.allocation.planning.CommonSpineAllocator;
import org.cloister.isolation.allocation.validation.Requests;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Json;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.api.SliceId;
import org.cloister.isolation.api.SliceSpec;
import org.cloister.isolation.fabric.Fabric;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Which hosts a request gets that leaves them to choose. */
class HostChooserTest {

    private static final SliceId OTHER = SliceId.of("other");
    private static final PreferredShapes NONE = (occupancy, hosts, need) -> Collections.emptyIterator();

    private PreferredShapes shapes = NONE;
    private Fabric fabric = TestFabric.of(3, 4).hostsPerLeaf(4).build();
    private final ImmutableLedger.Builder taken = ImmutableLedger.builder();

    @Test
    void allAreOnOneLeafIfOneHasEnough() {
        take("h-0-0", "h-1-0", "h-1-1");
        assertThat(hosts(2)).as("best fit").containsExactly("h-1-2", "h-1-3");
        assertThat(hosts(3)).containsExactly("h-0-1", "h-0-2", "h-0-3");
        assertThat(hosts(4)).containsExactly("h-2-0", "h-2-1", "h-2-2", "h-2-3");
    }

    @Test
    void elseOnFewLeavesInEqualShares() {
        assertThat(hosts(6)).containsExactly("h-0-0", "h-0-1", "h-0-2", "h-1-0", "h-1-1", "h-1-2");
        assertThat(hosts(12)).hasSize(12);
        take("h-0-0", "h-0-1", "h-0-2");
        assertThat(hosts(5)).as("as few leaves as can be").containsExactly("h-1-0", "h-1-1", "h-1-2", "h-2-0", "h-2-1");
    }

    @Test
    void ranksAreDealtOutLeafByLeaf() {
        List<AllocatedMember> members = granted("{'placement':{'hosts':8},'patterns':[{'type':'ring'}]}").members();
        assertThat(members).extracting(AllocatedMember::leaf).isSorted();
        assertThat(granted("{'placement':{'hosts':8},'patterns':[{'type':'ring'}]}").links()).hasSize(4);
    }

    @Test
    void onlyCandidatesAreChosen() {
        assertThat(names(granted("{'placement':{'hosts':2,'candidates':['n-2-3','n-0-1','n-2-1']}}")))
                .containsExactly("h-2-1", "h-2-3");
        assertThat(names(granted("{'placement':{'hosts':3,'candidates':['n-2-3','n-0-1','n-2-1']}}")))
                .containsExactly("h-0-1", "h-2-1", "h-2-3");
    }

    @Test
    void aNodeGivesItsNicsTogetherAndRailsStayApart() {
        fabric = rails();
        List<AllocatedMember> members = granted("{'placement':{'hosts':8,'nicsPerNode':2},"
                + "'patterns':[{'type':'ring','perRail':true}]}").members();
        assertThat(members).extracting(AllocatedMember::node)
                .containsExactly("a0", "a0", "a1", "a1", "a2", "a2", "a3", "a3");
        assertThat(members).extracting(AllocatedMember::leaf).containsOnly("leaf-000", "leaf-001");
        assertThat(names(granted("{'placement':{'hosts':4,'nicsPerNode':1}}")))
                .as("one NIC each: one rail, hence one leaf").containsExactly("a0-0", "a1-0", "a2-0", "a3-0");
        take("a0-0");
        assertThat(names(granted("{'placement':{'hosts':4,'nicsPerNode':1,'candidates':['a0','a1','a2','a3']}}")))
                .as("the other rail").containsExactly("a0-1", "a1-1", "a2-1", "a3-1");
        take("a1-1");
        assertThat(names(granted("{'placement':{'hosts':4,'nicsPerNode':1,'candidates':['a0','a1','a2','a3']}}")))
                .as("whichever are free").contains("a0-1", "a1-0");
    }

    @Test
    void aNodeWithoutNicsEnoughIsLeftOut() {
        fabric = rails();
        take("a0-0");
        assertThat(granted("{'placement':{'hosts':8,'nicsPerNode':2}}").members())
                .extracting(AllocatedMember::node).containsOnly("b0", "b1", "b2", "b3");
        Problem problem = refused("{'placement':{'hosts':16,'nicsPerNode':2}}");
        assertThat(problem.type()).isEqualTo(ProblemType.INSUFFICIENT_HOSTS);
        assertThat(problem.shortage()).contains(Problem.Shortage.of("fabric", "hosts", 16, 14));
        assertThat(problem.detail()).isEqualTo("14 of 16 hosts are free, 2 NICs of each node: "
                + "3 on leaf-000, 3 on leaf-001, 4 on leaf-002, 4 on leaf-003");
    }

    @Test
    void tooFewHostsAreARefusalThatSaysWhereHowManyAre() {
        take("h-0-0", "h-0-1", "h-0-2", "h-0-3", "h-1-0");
        Problem problem = refused("{'placement':{'hosts':8}}");
        assertThat(problem.type()).isEqualTo(ProblemType.INSUFFICIENT_HOSTS);
        assertThat(problem.detail()).isEqualTo("7 of 8 hosts are free: 3 on leaf-001, 4 on leaf-002");
        assertThat(problem.shortage()).contains(Problem.Shortage.of("fabric", "hosts", 8, 7));
        assertThat(problem.unproven()).isFalse();
    }

    @Test
    void aLeafWhoseLinksAreTakenIsPassedBy() {
        for (int spine = 0; spine < 4; spine++) {
            taken.putReserved(TestFabric.up(0, spine), fabric.linkBitsPerSecond());
        }
        assertThat(granted("{'placement':{'hosts':6}}").members()).extracting(AllocatedMember::leaf)
                .containsOnly("leaf-001", "leaf-002");
        assertThat(hosts(4)).as("on one leaf none are needed").containsExactly("h-0-0", "h-0-1", "h-0-2", "h-0-3");
    }

    @Test
    void aLeafWithFewFreeLinksTakesFewHosts() {
        for (int spine = 0; spine < 3; spine++) {
            taken.putReserved(TestFabric.up(0, spine), fabric.linkBitsPerSecond());
        }
        take("h-1-0", "h-1-1", "h-2-0");
        assertThat(granted("{'placement':{'hosts':6}}").members()).extracting(AllocatedMember::leaf)
                .containsExactly("leaf-000", "leaf-001", "leaf-001", "leaf-002", "leaf-002", "leaf-002");
    }

    @Test
    void aRefusalSaysWhatTheFirstCandidateLacksAndThatTheSearchIsBounded() {
        for (int leaf = 0; leaf < 3; leaf++) {
            for (int spine = 0; spine < 4; spine++) {
                taken.putReserved(TestFabric.up(leaf, spine), fabric.linkBitsPerSecond());
            }
        }
        Problem problem = refused("{'placement':{'hosts':6}}");
        assertThat(problem.type()).isEqualTo(ProblemType.INSUFFICIENT_UPLINKS);
        assertThat(problem.detail()).isEqualTo(
                "for 6 hosts (3 on leaf-000, 3 on leaf-001): leaf-000 has 0 of 3 uplinks free");
        assertThat(problem.shortage().orElseThrow().at()).isEqualTo("leaf-000");
        assertThat(problem.shortage().orElseThrow().links()).as("three links up on each of two leaves").hasSize(6);
        assertThat(problem.unproven()).isTrue();
        assertThat(refused("{'placement':{'hosts':12}}").unproven()).as("there is one choice only").isFalse();
    }

    @Test
    void closedLeavesAreLeftOut() {
        taken.addClosed("leaf-000", "leaf-002");
        assertThat(hosts(2)).containsExactly("h-1-0", "h-1-1");
        assertThat(refused("{'placement':{'hosts':5}}").shortage()).contains(Problem.Shortage.of("fabric", "hosts", 5, 4));
    }

    @Test
    void metersLimitHowManyALeafTakes() {
        taken.putRoom("leaf-000", 1).putRoom("leaf-001", 1).putRoom("leaf-002", 1);
        String shared = ",'bandwidth':{'mode':'shared','guaranteedBitsPerSecond':1000000}}";
        assertThat(granted("{'placement':{'hosts':3}" + shared).members()).extracting(AllocatedMember::leaf)
                .containsExactly("leaf-000", "leaf-001", "leaf-002");
        Problem problem = refused("{'placement':{'hosts':4}" + shared);
        assertThat(problem.type()).isEqualTo(ProblemType.METERS_EXHAUSTED);
        assertThat(problem.shortage()).contains(Problem.Shortage.of("fabric", "meters", 4, 3));
    }

    @Test
    void sharedLinksAreFreeAsFarAsTheRateGoes() {
        long half = fabric.linkBitsPerSecond() / 2;
        for (int spine = 0; spine < 4; spine++) {
            taken.putReserved(TestFabric.up(0, spine), half + 1).putReserved(TestFabric.up(1, spine), half)
                    .putReserved(TestFabric.up(2, spine), half);
        }
        String rate = ",'bandwidth':{'mode':'shared','guaranteedBitsPerSecond':" + half + "}}";
        assertThat(granted("{'placement':{'hosts':5}" + rate).members()).extracting(AllocatedMember::leaf)
                .containsOnly("leaf-001", "leaf-002");
    }

    @Test
    void whatHasPreferenceIsTriedFirst() {
        List<Integer> asked = new ArrayList<>();
        PreferredShapes shapes = (occupancy, hosts, need) -> {
            asked.add(occupancy.freeHosts());
            return List.of(new Footprint(new int[] {0, 2}, new int[] {1, 1}, new long[2][1], new long[2][1])).iterator();
        };
        take("h-0-0");
        assertThat(names(new HostChooser(new CommonSpineAllocator(), shapes).decide(fabric, taken.build(),
                spec("{'placement':{'hosts':2}}"), List.of()).fold(allocation -> allocation, HostChooserTest::never)))
                .containsExactly("h-0-1", "h-2-0");
        assertThat(asked).containsExactly(11);
    }

    @Test
    void aSliceKeepsItsHostsWhenItGrows() {
        Allocation before = granted("{'placement':{'hosts':3}}");
        assertThat(names(granted("{'placement':{'hosts':4}}", before))).containsExactly(
                "h-0-0", "h-0-1", "h-0-2", "h-0-3");
        take("h-0-3");
        assertThat(names(granted("{'placement':{'hosts':5}}", before))).startsWith("h-0-0", "h-0-1", "h-0-2");
        assertThat(names(granted("{'placement':{'hosts':2}}", before))).containsExactly("h-0-0", "h-0-1");
        assertThat(names(granted("{'placement':{'hosts':3},'patterns':[{'type':'ring'}]}", before)))
                .isEqualTo(names(before));
        assertThat(names(granted("{'placement':{'hosts':2,'candidates':['n-1-0','n-0-2']}}", before)))
                .as("the one that still is a candidate").startsWith("h-0-2");
    }

    @Test
    void aSliceGivesItsHostsUpWhereItCannotGrowBesideThem() {
        Allocation before = granted("{'placement':{'hosts':2,'candidates':['n-0-0','n-0-1']}}");
        for (int spine = 0; spine < 4; spine++) {
            taken.putReserved(TestFabric.up(0, spine), fabric.linkBitsPerSecond());
        }
        assertThat(names(granted("{'placement':{'hosts':6}}", before))).doesNotContain("h-0-0", "h-0-1");
    }

    @Test
    void freeLinksAreLookedAtBeforeHostsAreChosen() {
        shapes = CloisterPlacer::candidates;
        fabric = TestFabric.of(40, 4).hostsPerLeaf(4).build();
        for (int leaf = 0; leaf < 38; leaf++) {
            for (int spine = 0; spine < 4; spine++) {
                taken.putReserved(TestFabric.up(leaf, spine), fabric.linkBitsPerSecond());
            }
        }
        assertThat(granted("{'placement':{'hosts':6}}").members()).extracting(AllocatedMember::leaf)
                .containsOnly("leaf-038", "leaf-039");
        shapes = NONE;
        assertThat(refused("{'placement':{'hosts':6}}").unproven()).as("more leaves than candidates").isTrue();
    }

    @Test
    void fewCandidatesAreTriedForManyHosts() {
        Fabric large = TestFabric.of(80, 4).hostsPerLeaf(40).build();
        assertThat(tried(large, 30)).isEqualTo(16);
        assertThat(tried(large, 2_000)).isEqualTo(8);
        assertThat(tried(large, 3_000)).isEqualTo(3);
        assertThat(HostChooser.candidates(11_664)).isEqualTo(2);
    }

    /** How many an allocator is asked about that grants nothing. */
    private static int tried(Fabric fabric, int hosts) {
        AtomicInteger asked = new AtomicInteger();
        Decision decision = new HostChooser((on, ledger, request) -> {
            asked.incrementAndGet();
            return Decision.refused(Problem.of(ProblemType.NO_COMMON_SPINES, "never"));
        }).decide(fabric, Ledger.empty(), spec("{'placement':{'hosts':" + hosts + "}}"), List.of());
        assertThat(decision.<Boolean>fold(granted -> false, Problem::unproven)).isTrue();
        return asked.get();
    }

    @Test
    void theSameIsChosenEveryTime() {
        take("h-1-2");
        assertThat(granted("{'placement':{'hosts':7}}")).isEqualTo(granted("{'placement':{'hosts':7}}"));
    }

    /** Two pods of two rails with four nodes each. */
    private static Fabric rails() {
        TestFabric rails = TestFabric.of(4, 2);
        for (int node = 0; node < 4; node++) {
            for (int nic = 0; nic < 2; nic++) {
                rails.host("a" + node + "-" + nic, "a" + node, nic, nic);
                rails.host("b" + node + "-" + nic, "b" + node, nic, 2 + nic);
            }
        }
        return rails.build();
    }

    private void take(String... hosts) {
        Arrays.stream(hosts).forEach(host -> taken.putHosts(host, OTHER));
    }

    private List<String> hosts(int count) {
        return names(granted("{'placement':{'hosts':" + count + "}}"));
    }

    private static List<String> names(Allocation allocation) {
        return allocation.members().stream().map(AllocatedMember::host).collect(Collectors.toList());
    }

    private Allocation granted(String json, Allocation... previous) {
        return decide(json, previous).fold(allocation -> allocation, HostChooserTest::never);
    }

    private Problem refused(String json) {
        return decide(json).fold(allocation -> {
            throw new AssertionError("granted " + allocation);
        }, problem -> problem);
    }

    private Decision decide(String json, Allocation... previous) {
        Ledger ledger = taken.build();
        return new HostChooser(new CommonSpineAllocator(), shapes).decide(fabric, ledger, spec(json), List.of(previous));
    }

    private static SliceSpec spec(String json) {
        try {
            return Requests.withDefaults(Json.mapper().readValue(json.replace('\'', '"'), SliceSpec.class));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static Allocation never(Problem problem) {
        throw new AssertionError("refused: " + problem);
    }
}
