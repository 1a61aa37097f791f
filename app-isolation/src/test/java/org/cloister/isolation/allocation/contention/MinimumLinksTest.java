package org.cloister.isolation.allocation.contention;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.cloister.isolation.allocation.BruteForce;
import org.cloister.isolation.allocation.Plans;
import org.cloister.isolation.allocation.Request;
import org.cloister.isolation.allocation.Scenario;
import org.cloister.isolation.allocation.TestFabric;
import org.cloister.isolation.allocation.traffic.Attachments;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cloister.isolation.allocation.Plans.pattern;
import static org.cloister.isolation.allocation.Plans.request;

/** The figures are those of the theory, found there by brute force. */
class MinimumLinksTest {

    @Test
    void aRingPackedLeafByLeafNeedsOneLinkWhateverItsSize() {
        for (int hosts : new int[] {2, 3, 16}) {
            assertThat(largest(TestFabric.of(8, 1).hostsPerLeaf(hosts), "ring")).isEqualTo(1);
        }
    }

    @Test
    void allToAllNeedsTheSmallerOfWhatALeafHasAndWhatIsElsewhere() {
        assertThat(largest(TestFabric.of(4, 1).hostsPerLeaf(4), "all-to-all")).isEqualTo(4);
        assertThat(largest(TestFabric.of(2, 1).shape(6, 2), "all-to-all")).isEqualTo(2);
        assertThat(largest(TestFabric.of(2, 1).shape(6, 2), "any")).isEqualTo(2);
        assertThat(largest(TestFabric.of(4, 1).shape(16, 16, 16, 5), "any")).isEqualTo(16);
    }

    @Test
    void aRingPerRailOverTwoPodsNeedsOneLinkAndAFlatOneSixteen() {
        TestFabric pods = Plans.twoPodsOfEightRails();
        assertThat(largest(pods, "ring")).isEqualTo(16);
        assertThat(MinimumLinks.of(Plans.demand(request(pods.hosts(), Plans.perRail("ring")))).largest())
                .isEqualTo(1);
    }

    @Test
    void pairsOfOneNodeNeverEnterTheFabric() {
        TestFabric twoNics = TestFabric.of(2, 1).host("a-0", "a", 0, 0).host("a-1", "a", 1, 1);
        assertThat(largest(twoNics, "all-to-all")).isZero();
        assertThat(largest(twoNics, "any")).isZero();
    }

    @Test
    void concurrentGroupsAddUpAndPatternsThatExcludeEachOtherDoNot() {
        // two hosts on each of two leaves, each paired with one on the other leaf
        TestFabric fabric = TestFabric.of(2, 2).hostsPerLeaf(2);
        List<List<Integer>> pairs = List.of(List.of(0, 2), List.of(1, 3));
        assertThat(MinimumLinks.of(Plans.demand(request(fabric.hosts(),
                pattern("ring").withGroups(pairs)))).largest()).isEqualTo(2);
        assertThat(MinimumLinks.of(Plans.demand(request(fabric.hosts(),
                pattern("ring").withGroups(pairs.subList(0, 1)), pattern("ring").withGroups(pairs.subList(1, 2)))))
                .largest()).isEqualTo(2);
        assertThat(MinimumLinks.of(Plans.demand(request(fabric.hosts(),
                pattern("ring").withGroups(pairs.subList(0, 1)).withExclusiveGroup("x"),
                pattern("ring").withGroups(pairs.subList(1, 2)).withExclusiveGroup("x")))).largest()).isEqualTo(1);
    }

    @Test
    void ofPatternsThatExcludeEachOtherTheBusiestCounts() {
        TestFabric fabric = TestFabric.of(2, 2).hostsPerLeaf(2);
        assertThat(MinimumLinks.of(Plans.demand(request(fabric.hosts(),
                pattern("all-to-all").withExclusiveGroup("x"),
                pattern("ring").withGroups(List.of(List.of(1, 3))).withExclusiveGroup("x")))).largest()).isEqualTo(2);
    }

    /** A moment is found at which as many flows' worth leaves or enters the leaf, so no fewer links can do. */
    @Property(tries = 1000, seed = "7")
    void isTrueOfSomeMomentAndOfTheBusiestWhenThereIsOneGroup(@ForAll long seed) {
        Request request = Scenario.of(seed).request();
        MinimumLinks minimum = MinimumLinks.of(Plans.demand(request));
        BruteForce judge = new BruteForce(Plans.unrouted(request));
        if (judge.combinations(request.patterns()) > 400) {
            return;
        }
        Attachments attachments = Attachments.of(request);
        boolean oneGroup = request.patterns().size() == 1 && request.patterns().get(0).groups().size() == 1
                && !request.patterns().get(0).perRail();
        for (int leaf = 0; leaf < attachments.leaves().size(); leaf++) {
            int out = judge.busiest(request.patterns(), attachments.leaves().get(leaf), true);
            int in = judge.busiest(request.patterns(), attachments.leaves().get(leaf), false);
            assertThat(minimum.out(leaf)).isBetween(oneGroup ? out : 0, out);
            assertThat(minimum.in(leaf)).isBetween(oneGroup ? in : 0, in);
        }
    }

    private static int largest(TestFabric fabric, String type) {
        return MinimumLinks.of(Plans.demand(request(fabric.hosts(), pattern(type)))).largest();
    }
}
