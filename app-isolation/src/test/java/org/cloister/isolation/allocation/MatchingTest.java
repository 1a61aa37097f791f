package org.cloister.isolation.allocation;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class MatchingTest {

    /** Rows are sets of up to seven destinations, as bits. */
    @Property(tries = 2000, seed = "11")
    void isTheLargestByTryingEverything(@ForAll @Size(max = 7) List<@IntRange(max = 127) Integer> rows) {
        List<BitSet> sets = new ArrayList<>();
        List<BruteForce.Pair> pairs = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            BitSet set = BitSet.valueOf(new long[] {rows.get(row)});
            sets.add(set);
            int source = row;
            set.stream().forEach(column -> pairs.add(new BruteForce.Pair(source, column)));
        }
        assertThat(Matching.size(sets)).isEqualTo(BruteForce.matching(pairs));
    }

    @Test
    void pairsThatShareOneEndAreOneFlowsWorth() {
        assertThat(Matching.size(List.of(set(1, 2, 3)))).isEqualTo(1);
        assertThat(Matching.size(List.of(set(4), set(4), set(4)))).isEqualTo(1);
    }

    @Test
    void lookingAheadIsNotEnough() {
        // taking the first free destination in turn finds two
        assertThat(Matching.size(List.of(set(0, 1), set(0), set(1, 2)))).isEqualTo(3);
    }

    private static BitSet set(int... members) {
        BitSet set = new BitSet();
        for (int member : members) {
            set.set(member);
        }
        return set;
    }
}
