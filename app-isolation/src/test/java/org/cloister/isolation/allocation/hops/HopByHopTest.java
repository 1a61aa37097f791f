package org.cloister.isolation.allocation.hops;

import org.cloister.isolation.allocation.ImmutableLedger;
import org.cloister.isolation.allocation.Ledger;
import org.cloister.isolation.allocation.Plans;
import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.TestFabric;
import org.cloister.isolation.allocation.planning.CommonSpineAllocator;
import org.cloister.isolation.api.Allocation;
import org.cloister.isolation.api.Allocation.Reach;
import org.cloister.isolation.api.Guarantee;
import org.cloister.isolation.api.Problem;
import org.cloister.isolation.api.ProblemType;
import org.cloister.isolation.fabric.Fabric;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.isolation.allocation.Plans.allocated;
import static org.cloister.isolation.allocation.Plans.pattern;
import static org.cloister.isolation.allocation.Plans.refused;
import static org.cloister.isolation.allocation.Plans.request;

/** Where leaves have no spines in common. */
class HopByHopTest {

    private static final int SAMPLES = 300;

    /** The theory says 92 %: seven in eight pairs of neighbours of the ring have a spine, each with 99 %. */
    @Test
    void aRingOverEightLeavesFindsAWayThroughAHalfTakenFabric() {
        TestFabric fabric = TestFabric.of(8, 16).hostsPerLeaf(1);
        Fabric whole = fabric.build();
        Request ring = request(fabric.hosts(), pattern("ring"));
        int found = 0;
        int common = 0;
        int everybody = 0;
        for (int sample = 0; sample < SAMPLES; sample++) {
            Optional<Allocation> allocation = new CommonSpineAllocator()
                    .allocate(whole, halfTaken(8, 16, sample), ring).fold(Optional::of, problem -> Optional.empty());
            found += allocation.isPresent() ? 1 : 0;
            common += allocation.filter(each -> Plans.spines(each) == 1).isPresent() ? 1 : 0;
            everybody += allocation.filter(each -> each.reach() == Reach.ALL).isPresent() ? 1 : 0;
            allocation.ifPresent(each -> assertThat(each.guarantee()).isEqualTo(Guarantee.ANY_TIMING));
        }
        System.out.println("ring over 8 leaves, 16 spines, half taken: found " + found + ", of them over one spine "
                + common + ", with a way for every pair " + everybody + ", of " + SAMPLES);
        assertThat(found).isGreaterThanOrEqualTo(SAMPLES * 9 / 10);
        assertThat(common).isLessThan(SAMPLES / 5);
        assertThat(everybody).isGreaterThan(SAMPLES / 2);
    }

    /** Both directions of a link together are taken or free. */
    private static Ledger halfTaken(int leaves, int spines, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ImmutableLedger.Builder ledger = ImmutableLedger.builder();
        for (int leaf = 0; leaf < leaves; leaf++) {
            for (int spine = 0; spine < spines; spine++) {
                if (random.nextBoolean()) {
                    ledger.putReserved(TestFabric.up(leaf, spine), 1L).putReserved(TestFabric.down(leaf, spine), 1L);
                }
            }
        }
        return ledger.build();
    }

    @Test
    void whereSomeLeavesHaveNoWayPairsOfThePatternsReachEachOther() {
        // spine 0 joins leaves 0 and 1, spine 1 leaves 1 and 2: nothing leads from leaf 0 to leaf 2
        TestFabric fabric = TestFabric.of(3, 2).shape(1, 1, 1).broken(TestFabric.up(2, 0))
                .broken(TestFabric.down(2, 0)).broken(TestFabric.up(0, 1)).broken(TestFabric.down(0, 1));
        Request chain = request(fabric.hosts(), pattern("ring").withGroups(List.of(List.of(0, 1))),
                pattern("ring").withGroups(List.of(List.of(1, 2))));
        Allocation allocation = allocated(fabric.build(), chain);
        assertThat(allocation.reach()).isEqualTo(Reach.PATTERNS);
        assertThat(allocation.links()).hasSize(8);
        assertThat(allocation.optimal()).isFalse();
        Problem problem = refused(fabric.build(), Ledger.empty(), request(fabric.hosts(), pattern("ring")));
        assertThat(problem.type()).isEqualTo(ProblemType.NO_COMMON_SPINES);
        assertThat(problem.unproven()).isFalse();
    }

    @Test
    void whereNothingCrossesAndNothingLeadsNoLinkIsNeeded() {
        TestFabric fabric = TestFabric.of(2, 1).host("a-0", "a", 0, 0).host("a-1", "a", 1, 1)
                .broken(TestFabric.up(0, 0));
        Allocation allocation = allocated(fabric.build(), request(fabric.hosts(), pattern("all-to-all")));
        assertThat(allocation.links()).isEmpty();
        assertThat(allocation.reach()).isEqualTo(Reach.PATTERNS);
        assertThat(allocation.optimal()).isTrue();
    }

    /** With a colour for each source the two leaves of one host would be reached from both spines. */
    @Test
    void linksThatNoStepNeedsAreDropped() {
        TestFabric fabric = TestFabric.of(3, 2).shape(2, 1, 1);
        Allocation allocation = allocated(fabric.build(), request(fabric.hosts(), pattern("all-to-all")));
        assertThat(allocation.guarantee()).isNotEqualTo(Guarantee.ISOLATED);
        assertThat(allocation.links()).hasSize(8);
        assertThat(allocation.optimal()).isTrue();
        assertThat(allocation.members()).anySatisfy(member -> assertThat(member.leafDetours()).isNotEmpty());
    }
}
