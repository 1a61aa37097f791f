package org.cloister.isolation.allocation.rerouting;

import org.cloister.isolation.allocation.ImmutableLedger;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.Reservations;
import org.cloister.isolation.allocation.TestFabric;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.fabric.Fabric;
import org.cloister.isolation.fabric.Host;
import org.cloister.isolation.fabric.Link;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.isolation.allocation.Plans.after;
import static org.cloister.isolation.allocation.Plans.allocated;
import static org.cloister.isolation.allocation.Plans.ledger;
import static org.cloister.isolation.allocation.Plans.pattern;
import static org.cloister.isolation.allocation.Plans.refused;
import static org.cloister.isolation.allocation.Plans.request;
import static org.cloister.isolation.allocation.Plans.shared;
import static org.cloister.isolation.allocation.Plans.spines;
import static org.cloister.isolation.allocation.Plans.spinesByRank;

/** A slice that has an allocation gets another one: few routes change. */
class ReallocationTest {

    private static final long GIGABIT = 1_000_000_000L;

    private final TestFabric racks = TestFabric.of(3, 6).hostsPerLeaf(3);
    private final Request allToAll = request(racks.hosts(), pattern("all-to-all"));

    @Test
    void anUplinkThatFailsMovesOnlyTheMembersBehindIt() {
        Allocation now = allocated(racks.build(), allToAll);
        int rank = 4;
        Link failed = uplink(now, rank);
        Allocation next = reallocated(TestFabric.of(3, 6).hostsPerLeaf(3).broken(failed).build(), allToAll, now);
        assertThat(next.tag()).isNotEqualTo(now.tag());
        assertThat(next.guarantee()).isEqualTo(now.guarantee()).isEqualTo(Guarantee.LOCK_STEP);
        assertThat(next.links()).noneMatch(link -> link.from().equals(failed.from()));
        for (int other = 0; other < racks.hosts().size(); other++) {
            boolean moves = now.members().get(other).uplink().equals(now.members().get(rank).uplink());
            assertThat(next.members().get(other).uplink().equals(now.members().get(other).uplink()))
                    .as("rank %d stays", other).isEqualTo(!moves);
        }
    }

    @Test
    void aDownlinkThatFailsChangesTheWayToItsLeafOfThoseThatSendOverIt() {
        Allocation now = allocated(racks.build(), allToAll);
        Link failed = TestFabric.down(0, 0);
        Allocation next = reallocated(TestFabric.of(3, 6).hostsPerLeaf(3).broken(failed).build(), allToAll, now);
        assertThat(next.guarantee()).isEqualTo(Guarantee.LOCK_STEP);
        for (int rank = 0; rank < racks.hosts().size(); rank++) {
            boolean crossed = rank >= 3 && spinesByRank(now).get(rank).equals("spine-000");
            assertThat(spinesByRank(next).get(rank)).isEqualTo(spinesByRank(now).get(rank));
            assertThat(next.members().get(rank).leafDetours()).extracting(Allocation.LeafDetour::toLeaf)
                    .isEqualTo(crossed ? List.of(TestFabric.leaf(0)) : List.of());
        }
    }

    @Test
    void aMemberThatIsReplacedLeavesTheOthersWhereTheyAre() {
        TestFabric fabric = TestFabric.of(3, 6).hostsPerLeaf(3);
        List<Host> members = new ArrayList<>(fabric.hosts());
        Host spare = members.remove(1);
        Allocation now = allocated(fabric.build(), request(members, pattern("all-to-all")));
        members.set(0, spare);
        Allocation next = reallocated(fabric.build(), request(members, pattern("all-to-all")), now);
        assertThat(spinesByRank(next).subList(1, 8)).isEqualTo(spinesByRank(now).subList(1, 8));
        assertThat(next.guarantee()).isEqualTo(now.guarantee());
    }

    @Test
    void anotherPatternGetsTheGuaranteeOfAFreshAllocationAndNoMoreSpines() {
        Allocation ring = allocated(racks.build(), request(racks.hosts(), pattern("ring")));
        Allocation next = reallocated(racks.build(), allToAll, ring);
        assertThat(next.guarantee()).isEqualTo(Guarantee.LOCK_STEP);
        Allocation back = reallocated(racks.build(), request(racks.hosts(), pattern("ring")), next);
        assertThat(spines(back)).isEqualTo(1);
    }

    @Test
    void whereAnyPairsMaySendALostSpineIsReplacedForItsMembersAlone() {
        TestFabric two = TestFabric.of(2, 4).hostsPerLeaf(3);
        Request any = request(two.hosts(), pattern("any"));
        Allocation now = allocated(two.build(), any);
        String lost = spinesByRank(now).get(0);
        TestFabric without = TestFabric.of(2, 4).hostsPerLeaf(3);
        two.build().links().stream().filter(link -> link.from().switchName().equals(lost)
                || link.to().switchName().equals(lost)).forEach(without::broken);
        Allocation next = reallocated(without.build(), any, now);
        assertThat(spines(next)).isEqualTo(spines(now)).isEqualTo(3);
        for (int rank = 0; rank < two.hosts().size(); rank++) {
            assertThat(spinesByRank(next).get(rank).equals(spinesByRank(now).get(rank)))
                    .isEqualTo(!spinesByRank(now).get(rank).equals(lost));
        }
    }

    @Test
    void withoutSpareLinksItIsRefusedRatherThanThrottled() {
        TestFabric two = TestFabric.of(2, 2).hostsPerLeaf(2);
        Request request = request(two.hosts(), pattern("all-to-all"));
        Allocation now = allocated(two.build(), request);
        TestFabric less = TestFabric.of(2, 2).hostsPerLeaf(2);
        Ledger neighbour = ImmutableLedger.builder().putReserved(TestFabric.up(0, 1), 1L).build();
        assertThat(refused(less.build(), neighbour, after(request, now)).type())
                .isEqualTo(ProblemType.INSUFFICIENT_UPLINKS);
    }

    @Test
    void aSharedSliceMayUseTheLinksThatItFillsItself() {
        TestFabric one = TestFabric.of(2, 1).hostsPerLeaf(2);
        Request half = shared(request(one.hosts(), pattern("any")), 50 * GIGABIT);
        Allocation now = allocated(one.build(), half);
        Allocation next = reallocated(one.build(), half, now);
        assertThat(Reservations.of(List.of(now, next))).isEqualTo(Reservations.of(List.of(now)));
        // slower fits; faster does not, and what is free is what it has
        assertThat(reallocated(one.build(), shared(half, 10 * GIGABIT), now).members()).hasSize(4);
        assertThat(refused(one.build(), Ledger.empty(), after(shared(half, 51 * GIGABIT), now)).shortage().orElseThrow()
                .free()).isEqualTo(50 * GIGABIT);
    }

    @Test
    void aSharedSliceThatMovesHasRoomForBothAllocationsAtOnce() {
        // the replacement sends over the uplink that the replaced one may still use: 50 + 50 + 50 is too much
        TestFabric one = TestFabric.of(2, 1).hostsPerLeaf(3);
        List<Host> members = new ArrayList<>(List.of(one.hosts().get(0), one.hosts().get(1), one.hosts().get(3)));
        Allocation now = allocated(one.build(), shared(request(members, pattern("any")), 50 * GIGABIT));
        members.set(1, one.hosts().get(2));
        Request replaced = after(shared(request(members, pattern("any")), 50 * GIGABIT), now);
        assertThat(refused(one.build(), Ledger.empty(), replaced).type())
                .isEqualTo(ProblemType.INSUFFICIENT_BANDWIDTH);
        Allocation slow = allocated(one.build(), shared(request(
                List.of(one.hosts().get(0), one.hosts().get(1), one.hosts().get(3)), pattern("any")), 30 * GIGABIT));
        Allocation next = reallocated(one.build(), shared(request(members, pattern("any")), 30 * GIGABIT), slow);
        assertThat(Reservations.of(List.of(slow, next))).containsEntry(TestFabric.up(0, 0), 90 * GIGABIT);
    }

    @Test
    void ofASharedSliceTooOnlyTheMembersBehindAFailedLinkMove() {
        TestFabric fabric = TestFabric.of(2, 3).hostsPerLeaf(4);
        Request request = shared(request(fabric.hosts(), pattern("any")), 50 * GIGABIT);
        Allocation now = allocated(fabric.build(), request);
        Link failed = uplink(now, 0);
        Allocation next = reallocated(TestFabric.of(2, 3).hostsPerLeaf(4).broken(failed).build(), request, now);
        for (int rank = 0; rank < fabric.hosts().size(); rank++) {
            boolean moves = now.members().get(rank).uplink().equals(now.members().get(0).uplink());
            assertThat(next.members().get(rank).uplink().equals(now.members().get(rank).uplink())).isEqualTo(!moves);
        }
    }

    @Test
    void noSliceStaysOnALinkThatIsOutOfUse() {
        TestFabric fabric = TestFabric.of(2, 2).hostsPerLeaf(1);
        Request request = request(fabric.hosts(), pattern("any"));
        for (Request asked : List.of(request, shared(request, GIGABIT))) {
            Allocation now = allocated(fabric.build(), asked);
            Link drained = uplink(now, 0);
            Ledger ledger = ImmutableLedger.builder().addTags(now.tag()).addExclusive(drained)
                    .putReserved(drained, fabric.build().linkBitsPerSecond()).build();
            assertThat(allocated(fabric.build(), ledger, after(asked, now)).links())
                    .noneMatch(link -> link.from().equals(drained.from()));
        }
    }

    private static Allocation reallocated(Fabric fabric, Request request, Allocation now) {
        Ledger tags = ImmutableLedger.builder().tags(ledger(now).tags()).build();
        return allocated(fabric, tags, after(request, now));
    }

    private static Link uplink(Allocation allocation, int rank) {
        return allocation.links().stream()
                .filter(link -> link.from().equals(allocation.members().get(rank).uplink().orElseThrow()))
                .map(link -> Link.of(link.from(), link.to())).findFirst().orElseThrow();
    }
}
