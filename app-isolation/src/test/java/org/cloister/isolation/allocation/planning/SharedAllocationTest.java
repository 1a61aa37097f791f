package org.cloister.isolation.allocation.planning;

import org.cloister.isolation.allocation.ImmutableLedger;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.MeterBurst;
import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.Reservations;
import org.cloister.isolation.allocation.Scenario;
import org.cloister.isolation.allocation.TestFabric;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.Problem.Shortage;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.isolation.allocation.Plans.allocated;
import static org.cloister.isolation.allocation.Plans.ledger;
import static org.cloister.isolation.allocation.Plans.pattern;
import static org.cloister.isolation.allocation.Plans.refused;
import static org.cloister.isolation.allocation.Plans.request;
import static org.cloister.isolation.allocation.Plans.shared;
import static org.cloister.isolation.allocation.Plans.spines;
import static org.cloister.isolation.allocation.Plans.spinesByRank;

/** Slices that share links, each within its rate. */
class SharedAllocationTest {

    private static final long GIGABIT = 1_000_000_000L;

    /** Four hosts on each of two leaves under one spine; 100 Gbit/s links. */
    private final TestFabric oneSpine = TestFabric.of(2, 1).hostsPerLeaf(4);

    @Test
    void membersAreLimitedAndLinksHoldWhatAllThatCanSendOverThemMaySend() {
        Allocation allocation = allocated(oneSpine.build(), pairs(oneSpine, 0, 3, 10 * GIGABIT));
        assertThat(allocation.guarantee()).isEqualTo(Guarantee.RATE);
        assertThat(allocation.members()).allSatisfy(member -> {
            assertThat(member.limitBitsPerSecond()).hasValue(10 * GIGABIT);
            assertThat(member.burstBits()).hasValue(MeterBurst.bits(10 * GIGABIT));
            assertThat(member.arpUplink()).isEqualTo(member.uplink());
        });
        assertThat(allocation.links()).hasSize(4).allSatisfy(link ->
                assertThat(link.reservedBitsPerSecond()).isEqualTo(30 * GIGABIT));
    }

    @Test
    void severalThatSendToOneHostFillALinkSoItIsHeldForAllOfThem() {
        // three senders, one receiver: no meter keeps the three from sending to the one at once
        Request request = shared(request(List.of(oneSpine.hosts().get(0), oneSpine.hosts().get(1),
                oneSpine.hosts().get(2), oneSpine.hosts().get(4)), pattern("ring")), 10 * GIGABIT);
        Allocation allocation = allocated(oneSpine.build(), request);
        assertThat(Reservations.of(List.of(allocation)))
                .containsEntry(TestFabric.up(0, 0), 30 * GIGABIT).containsEntry(TestFabric.down(1, 0), 30 * GIGABIT)
                .containsEntry(TestFabric.up(1, 0), 10 * GIGABIT).containsEntry(TestFabric.down(0, 0), 10 * GIGABIT);
    }

    @Test
    void twoSlicesFillALinkAndOneMoreIsRefusedWithWhatIsFree() {
        Fabric fabric = oneSpine.build();
        Allocation one = allocated(fabric, pairs(oneSpine, 0, 1, 50 * GIGABIT));
        Allocation two = allocated(fabric, ledger(one), pairs(oneSpine, 1, 2, 50 * GIGABIT));
        Problem full = refused(fabric, ledger(one, two), pairs(oneSpine, 2, 3, 1000));
        assertThat(full.type()).isEqualTo(ProblemType.INSUFFICIENT_BANDWIDTH);
        assertThat(full.type().retryable()).isTrue();
        assertThat(full.shortage().map(Scenario::withoutLinks)).contains(Shortage.of("leaf-000/100->spine-000/1", "bandwidth", 1000, 0));

        Problem much = refused(fabric, ledger(one), pairs(oneSpine, 1, 2, 60 * GIGABIT));
        assertThat(much.shortage().map(Scenario::withoutLinks)).contains(
                Shortage.of("leaf-000/100->spine-000/1", "bandwidth", 60 * GIGABIT, 50 * GIGABIT));
        assertThat(much.detail()).startsWith("leaf-000/100->spine-000/1 has 50000000000 bit/s free, 1 member can");
    }

    @Test
    void whatIsFreeIsSharedByTheMembersThatCanSendOverTheLink() {
        Fabric fabric = oneSpine.build();
        Allocation one = allocated(fabric, pairs(oneSpine, 0, 1, 40 * GIGABIT));
        Request two = pairs(oneSpine, 1, 3, 31 * GIGABIT);
        Problem problem = refused(fabric, ledger(one), two);
        assertThat(problem.shortage().orElseThrow().free()).isEqualTo(30 * GIGABIT);
        assertThat(allocated(fabric, ledger(one), shared(two, 30 * GIGABIT)).links()).hasSize(4);
    }

    @Test
    void aRateThatNeverFitsIsSaidToFitNowhereEvenWithoutNeighbours() {
        Problem problem = refused(oneSpine.build(), Ledger.empty(), pairs(oneSpine, 0, 4, 26 * GIGABIT));
        assertThat(problem.detail()).contains("without neighbours it would be 25000000000 bit/s");
    }

    @Test
    void exclusiveLinksAreNotSharedAndSharedOnesNotExclusive() {
        Fabric fabric = oneSpine.build();
        Allocation exclusive = allocated(fabric, request(List.of(oneSpine.hosts().get(0), oneSpine.hosts().get(4)),
                pattern("ring")));
        assertThat(refused(fabric, ledger(exclusive), pairs(oneSpine, 1, 2, 1000)).shortage().orElseThrow().free())
                .isZero();
        Allocation rated = allocated(fabric, pairs(oneSpine, 0, 1, 1000));
        assertThat(refused(fabric, ledger(rated), request(List.of(oneSpine.hosts().get(1), oneSpine.hosts().get(5)),
                pattern("ring"))).type()).isEqualTo(ProblemType.INSUFFICIENT_UPLINKS);
        // the links have become faster since: what is exclusive stays so
        Fabric faster = oneSpine.linkBitsPerSecond(200 * GIGABIT).build();
        assertThat(refused(faster, ledger(exclusive), pairs(oneSpine, 1, 2, 1000)).type())
                .isEqualTo(ProblemType.INSUFFICIENT_BANDWIDTH);
    }

    @Test
    void spinesInUseAreFilledBeforeOthersAreTouched() {
        TestFabric fabric = TestFabric.of(2, 3).hostsPerLeaf(4);
        Ledger ledger = ImmutableLedger.builder().putReserved(TestFabric.up(0, 1), 90 * GIGABIT)
                .putReserved(TestFabric.up(0, 2), 50 * GIGABIT).build();
        assertThat(spinesByRank(allocated(fabric.build(), ledger, pairs(fabric, 0, 1, 10 * GIGABIT))))
                .containsOnly("spine-001");
        assertThat(spinesByRank(allocated(fabric.build(), ledger, pairs(fabric, 0, 2, 10 * GIGABIT))))
                .containsOnly("spine-002");
    }

    @Test
    void membersSpreadOverSpinesWhereOneHasNoRoomForAll() {
        TestFabric fabric = TestFabric.of(2, 2).hostsPerLeaf(4);
        Allocation allocation = allocated(fabric.build(), pairs(fabric, 0, 4, 50 * GIGABIT));
        assertThat(spines(allocation)).isEqualTo(2);
        assertThat(allocation.links()).hasSize(8).allSatisfy(link ->
                assertThat(link.reservedBitsPerSecond()).isEqualTo(100 * GIGABIT));
    }

    @Test
    void aLeafThatOnlyOneSpineHasRoomForGoesThereAndLeavesTheOtherToOthers() {
        TestFabric fabric = TestFabric.of(3, 2).hostsPerLeaf(1);
        Ledger ledger = ImmutableLedger.builder().putReserved(TestFabric.up(2, 1), 100 * GIGABIT).build();
        Allocation allocation = allocated(fabric.build(), ledger,
                shared(request(fabric.hosts(), pattern("any")), 50 * GIGABIT));
        assertThat(spinesByRank(allocation).get(2)).isEqualTo("spine-000");
        assertThat(Reservations.of(List.of(allocation)).values()).allMatch(rate -> rate <= 100 * GIGABIT);
    }

    @Test
    void ofParallelLinksTheFullestWithRoomIsTaken() {
        TestFabric fabric = TestFabric.withParallelLinks(2, 1, 2).hostsPerLeaf(2);
        Ledger ledger = ImmutableLedger.builder().putReserved(TestFabric.up(0, 0), 40 * GIGABIT).build();
        assertThat(allocated(fabric.build(), ledger, pairs(fabric, 0, 1, 60 * GIGABIT)).members().get(0).uplink())
                .hasToString("Optional[leaf-000/100]");
        assertThat(allocated(fabric.build(), ledger, pairs(fabric, 0, 1, 61 * GIGABIT)).members().get(0).uplink())
                .hasToString("Optional[leaf-000/101]");
    }

    @Test
    void oneLeafTakesNoLinksAndItsMembersAreLimitedAllTheSame() {
        Allocation allocation = allocated(oneSpine.build(),
                shared(request(oneSpine.hosts().subList(0, 4), pattern("ring")), 100 * GIGABIT));
        assertThat(allocation.links()).isEmpty();
        assertThat(allocation.guarantee()).isEqualTo(Guarantee.RATE);
        assertThat(allocation.members()).allSatisfy(member -> assertThat(member.limitBitsPerSecond()).isPresent());
    }

    @Test
    void leavesWithoutACommonSpineAreToldSo() {
        TestFabric fabric = TestFabric.of(2, 2).hostsPerLeaf(1)
                .broken(TestFabric.up(0, 0)).broken(TestFabric.down(1, 1)).broken(TestFabric.up(1, 1));
        assertThat(refused(fabric.build(), Ledger.empty(), pairs(fabric, 0, 1, 1000)).type())
                .isIn(ProblemType.NO_COMMON_SPINES, ProblemType.INSUFFICIENT_UPLINKS);
    }

    /** Far above what it takes. */
    @Test
    @Timeout(20)
    void aThousandMembersAreDecidedOnAndRefused() {
        TestFabric racks = TestFabric.of(64, 16).hostsPerLeaf(16);
        Request request = request(racks.hosts(), pattern("any"));
        Fabric fabric = racks.build();
        Problem problem = refused(fabric, Ledger.empty(), shared(request, 100 * GIGABIT));
        long free = problem.shortage().orElseThrow().free();
        assertThat(allocated(fabric, shared(request, free)).members()).hasSize(1024);
        // 1,008 of 1,024 members can send to each leaf, over 16 spines
        assertThat(free).isEqualTo(100 * GIGABIT / 63 / 1000 * 1000);
    }

    /** The first members of both leaves, as many from each. */
    private static Request pairs(TestFabric fabric, int first, int end, long rate) {
        int perLeaf = fabric.hosts().size() / 2;
        List<Host> hosts = new ArrayList<>(fabric.hosts().subList(first, end));
        hosts.addAll(fabric.hosts().subList(perLeaf + first, perLeaf + end));
        return shared(request(hosts, pattern("any")), rate);
    }
}
