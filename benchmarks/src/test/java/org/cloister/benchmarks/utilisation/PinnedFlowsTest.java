package org.cloister.benchmarks.utilisation;

import org.cloister.isolation.allocation.occupancy.Footprint;
import org.cloister.isolation.allocation.occupancy.Masks;
import org.cloister.isolation.allocation.occupancy.Occupancy;
import org.cloister.isolation.allocation.placement.CloisterPlacer;
import org.cloister.isolation.allocation.placement.LinkNeed;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PinnedFlowsTest {

    @Test
    void whatIsKnownOfSourceRoutedAllToAll() {
        assertThat(PinnedFlows.most(equal(4, 4))).isEqualTo(3);
        assertThat(PinnedFlows.most(equal(8, 8))).isEqualTo(7);
        assertThat(PinnedFlows.most(equal(2, 8))).isEqualTo(1);
    }

    @Test
    void noneOnOneLeaf() {
        assertThat(PinnedFlows.most(equal(1, 8))).isZero();
    }

    @Test
    void allFlowsBetweenLeavesWithASingleSpineInCommonShareIt() {
        long[][] masks = {{0b0111}, {0b1100}};
        assertThat(PinnedFlows.most(new Footprint(new int[] {0, 1}, new int[] {3, 2}, masks, masks))).isEqualTo(2);
    }

    @Test
    void membersBeyondTheLinksOfTheirLeafDouble() {
        Footprint found = new CloisterPlacer().place(Occupancy.empty(2, 8, 8), 10, LinkNeed.hose()).footprint()
                .orElseThrow();
        assertThat(PinnedFlows.most(found)).as("8 hosts over 2 links, 2 destinations").isEqualTo(2);
    }

    private static Footprint equal(int leaves, int each) {
        int[] numbers = new int[leaves];
        int[] hosts = new int[leaves];
        long[][] masks = new long[leaves][];
        for (int leaf = 0; leaf < leaves; leaf++) {
            numbers[leaf] = leaf;
            hosts[leaf] = each;
            masks[leaf] = Masks.first(each);
        }
        return new Footprint(numbers, hosts, masks, masks);
    }
}
