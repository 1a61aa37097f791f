package org.cloister.isolation.allocation.contention;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.cloister.isolation.allocation.BruteForce;
import org.cloister.isolation.allocation.Plans;
import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.Scenario;
import org.cloister.isolation.allocation.TestFabric;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.AllocatedMember;
import org.cloister.isolation.api.Allocation.ReservedLink;
import org.cloister.isolation.api.FabricPort;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.api.ImmutableAllocatedMember;
import org.cloister.isolation.api.ImmutableAllocation;
import org.cloister.isolation.api.Pattern;
import org.cloister.isolation.fabric.Link;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cloister.isolation.allocation.Plans.pattern;
import static org.cloister.isolation.allocation.Plans.request;

/** Allocations that no allocator would make: whoever made them, the certificate tells. */
class CertificateTest {

    @Property(tries = 600, seed = "17")
    void agreesWithTheDefinitionHoweverBadTheUplinks(@ForAll long seed) {
        Request request = Scenario.of(seed).request();
        Allocation allocation = pinned(request, new Random(seed), 1 + (int) Math.floorMod(seed, 3L));
        BruteForce judge = new BruteForce(allocation);
        if (judge.combinations(request.patterns()) <= 400) {
            Certificate certificate = Certificate.of(request.patterns(), allocation);
            assertThat(certificate.maxFlowsPerLink()).isEqualTo(judge.maxFlows(request.patterns()));
            assertThat(certificate.guarantee()).isEqualTo(judge.guarantee(request.patterns()));
        }
    }

    @Test
    void twoRanksThatSendInTheSameStepOverOneUplinkAreNotInLockStep() {
        List<Pattern> hd = patterns(4, pattern("halving-doubling"));
        // ranks 0 and 1 on one leaf, 2 and 3 on the other: step 1 crosses
        assertThat(Certificate.of(hd, uplinks(0, 1, 0, 1)).guarantee()).isEqualTo(Guarantee.ANY_TIMING);
        Certificate shared = Certificate.of(hd, uplinks(0, 0, 0, 1));
        assertThat(shared.guarantee()).isEqualTo(Guarantee.ISOLATED);
        assertThat(shared.maxFlowsPerLink()).isEqualTo(2);
    }

    @Test
    void twoSendersToOneReceiverAreOneFlowsWorth() {
        List<Pattern> patterns = patterns(4, pattern("ring").withGroups(List.of(List.of(0, 2), List.of(1, 2))));
        assertThat(Certificate.of(patterns, uplinks(0, 0, 0, 1)).maxFlowsPerLink()).isEqualTo(1);
    }

    @Test
    void aPairWithoutAWayIsSaid() {
        Allocation allocation = ImmutableAllocation.copyOf(uplinks(0, 1, 0, 1)).withLinks();
        assertThatThrownBy(() -> Certificate.of(patterns(4, pattern("ring")), allocation))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("rank 1 has no way to rank 2");
    }

    private static List<Pattern> patterns(int ranks, Pattern... patterns) {
        return request(TestFabric.of(2, 2).shape(ranks / 2, ranks - ranks / 2).hosts(), patterns).patterns();
    }

    /** Four ranks on two leaves, each sending to the given spine. */
    private static Allocation uplinks(int... spines) {
        ImmutableAllocation allocation = (ImmutableAllocation) Plans.unrouted(
                request(TestFabric.of(2, 2).hostsPerLeaf(2).hosts(), pattern("any")));
        return withUplinks(allocation, spines, 2);
    }

    private static Allocation pinned(Request request, Random random, int spines) {
        int[] chosen = random.ints(request.members().size(), 0, spines).toArray();
        return withUplinks((ImmutableAllocation) Plans.unrouted(request), chosen, spines);
    }

    private static Allocation withUplinks(ImmutableAllocation allocation, int[] spines, int count) {
        ImmutableAllocation.Builder pinned = Allocation.builder().from(allocation);
        for (int leaf = 0; leaf < 5; leaf++) {
            for (int spine = 0; spine < count; spine++) {
                for (Link link : List.of(TestFabric.up(leaf, spine), TestFabric.down(leaf, spine))) {
                    pinned.addLinks(ReservedLink.of(link.from(), link.to(), 1));
                }
            }
        }
        return pinned.members(allocation.members().stream().map(member ->
                (AllocatedMember) ImmutableAllocatedMember.copyOf(member).withUplink(Optional.of(
                        FabricPort.of(member.leaf(), TestFabric.up(0, spines[member.rank()]).from().number()))))
                .collect(Collectors.toList())).build();
    }
}
