package org.cloister.isolation.allocation.contention;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.cloister.isolation.allocation.BruteForce;
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

    /** All of 4,096 sets of pairs of four sources with three destinations, or of three with four. */
    @Test
    void withFewPairsMissingTheSmallerSideIsMatched() {
        int full = 0;
        for (int bits = 1; bits < 1 << 12; bits++) {
            for (int width : new int[] {3, 4}) {
                List<BruteForce.Pair> pairs = new ArrayList<>();
                BitSet sources = new BitSet();
                BitSet destinations = new BitSet();
                for (int pair = 0; pair < 12; pair++) {
                    if ((bits >> pair & 1) != 0) {
                        pairs.add(new BruteForce.Pair(pair / width, pair % width));
                        sources.set(pair / width);
                        destinations.set(pair % width);
                    }
                }
                if (Matching.isFull(sources.cardinality(), destinations.cardinality(), pairs.size())) {
                    full++;
                    assertThat(BruteForce.matching(pairs))
                            .isEqualTo(Math.min(sources.cardinality(), destinations.cardinality()));
                }
            }
        }
        assertThat(full).isGreaterThan(500);
        assertThat(Matching.isFull(36, 476, 36 * 476 - 475)).isTrue();
        // a source with no pair but for one destination that all others have too
        assertThat(Matching.isFull(2, 3, 3)).isFalse();
    }

    private static BitSet set(int... members) {
        BitSet set = new BitSet();
        for (int member : members) {
            set.set(member);
        }
        return set;
    }
}
