package org.cloister.isolation.allocation.spines;

import org.junit.jupiter.api.Test;

import java.util.BitSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class ArpUplinksTest {

    @Test
    void oneSpineThatAllLeavesSendToServesAll() {
        assertThat(ArpUplinks.choose(sentTo(new int[] {0, 1}, new int[] {1, 2}, new int[] {1}))).containsExactly(1, 1, 1);
    }

    @Test
    void theFirstOfEquallyGoodSpinesIsTaken() {
        assertThat(ArpUplinks.choose(sentTo(new int[] {3, 5}, new int[] {5, 3}))).containsExactly(3, 3);
    }

    @Test
    void withoutACommonSpineTheOneForMostLeavesGoesFirst() {
        assertThat(ArpUplinks.choose(sentTo(new int[] {0}, new int[] {0, 2}, new int[] {1, 2}, new int[] {2})))
                .containsExactly(0, 2, 2, 2);
    }

    private static BitSet[] sentTo(int[]... spinesByLeaf) {
        return Stream.of(spinesByLeaf).map(spines -> {
            BitSet set = new BitSet();
            IntStream.of(spines).forEach(set::set);
            return set;
        }).toArray(BitSet[]::new);
    }
}
